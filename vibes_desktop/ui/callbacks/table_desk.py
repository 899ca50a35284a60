"""What is done around the table: its menu, copying, choosing columns, and remembering them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.ui.callbacks.cell_menu import CellMenu, TableActs
from vibes_desktop.ui.callbacks.columns_sheet import ColumnsSheet
from vibes_desktop.ui.callbacks.copying_rows import COPIED_AT_MOST, rows_as_text
from vibes_desktop.ui.callbacks.follow_badge import FollowBadge
from vibes_desktop.ui.callbacks.table_columns import layout_from, written
from vibes_desktop.ui.callbacks.table_view import PayloadTable
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.window_state import StateStore
from vibes_desktop.ui.times import Zone

KEY = "callbacks/columns"


class TableDesk(QObject):
    """Connects the table with everything but the viewer."""

    copied = Signal(str)  # what is said of it

    def __init__(
        self, viewer: Viewer, table: PayloadTable, memory: StateStore, more: Callable[[], Sequence[Command]]
    ) -> None:
        super().__init__(table)
        self._viewer = viewer
        self._table = table
        self._memory = memory
        self.acts = TableActs(self.copy_value, self.copy_rows, self.choose_columns, more)
        self.badge = FollowBadge(table)
        table.set_column_layout(layout_from(memory.get(KEY)))
        table.give_room_to_times(in_two_zones=viewer.times.zone is Zone.BOTH)
        table.layout_changed.connect(self._remember)
        table.cell_menu_wanted.connect(self._show_menu)
        table.copy_wanted.connect(self._copy)
        table.horizontalHeader().customContextMenuRequested.connect(self._show_header_menu)

    def menu(self, parent: QWidget) -> CellMenu:
        """Make the menu of the current cell."""
        return CellMenu(self._viewer, self._table, self.acts, parent)

    def copy_value(self) -> None:
        """Copy the current cell."""
        row = self._table.current_row
        if row is not None:
            text = self._table.payloads.cells.copied(row, self._table.current_field)
            self._put(text)

    def copy_rows(self) -> None:
        """Copy the selected rows, as far as that is no export."""
        viewer, rows = self._viewer, self._table.selected_rows
        if len(rows) > COPIED_AT_MOST:
            viewer.failed.emit(_too_many(len(rows)))
            return
        cells, fields = self._table.payloads.cells, self._table.column_layout().visible
        work = asyncio.to_thread(rows_as_text, viewer, cells, rows.tolist(), fields)
        viewer.bridge.start(work, self._put, viewer.failed.emit, title="Copying", owner=self)

    def choose_columns(self) -> None:
        """Open the sheet."""
        ColumnsSheet(self._table.column_layout(), self._table.set_column_layout, self._table.window()).open()

    def _put(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(self._viewer.privacy.copied_words)

    def _copy(self) -> None:
        if len(self._table.selected_rows) > 1:
            self.copy_rows()
        else:
            self.copy_value()

    def _show_menu(self, place: QPoint) -> None:
        self._pop_up(place)

    def _show_header_menu(self, place: QPoint) -> None:
        header = self._table.horizontalHeader()
        self._table.go_to_column(header.logicalIndexAt(place))
        self._pop_up(header.viewport().mapToGlobal(place))

    def _pop_up(self, place: QPoint) -> None:
        menu = self.menu(self._table)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _remember(self) -> None:
        self._memory.put(KEY, written(self._table.column_layout()))


def _too_many(count: int) -> InvalidInput:
    return InvalidInput(
        f"{count:,} rows are too many for the clipboard",
        "Export them to a file instead, or select fewer.",
        done=f"Nothing was copied; {COPIED_AT_MOST:,} rows are the most.",
    )
