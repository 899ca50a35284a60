"""The view of the payloads: walked, selected, sorted by a column's title, its columns arranged."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QWidget

from vibes_desktop.callbacks.query import Term
from vibes_desktop.ui.callbacks.arranged_table import ArrangedTable
from vibes_desktop.ui.callbacks.table_columns import TRAITS, Field
from vibes_desktop.ui.callbacks.table_model import FIELDS, Index, PayloadModel
from vibes_desktop.ui.callbacks.viewer import NO_ROWS, Order, Rows, Viewer
from vibes_desktop.ui.theme import load_measures
from vibes_desktop.ui.times import Zone


class PayloadTable(ArrangedTable):
    """One payload a row. The arrows walk it, S sorts by the column of the current cell."""

    cell_menu_wanted = Signal(QPoint)  # at a place of the screen, for the current cell
    copy_wanted = Signal()
    following_changed = Signal()
    opened = Signal()  # the current payload is wanted: Enter, or a double click

    def __init__(self, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__(PayloadModel(viewer), parent)
        self._viewer = viewer
        self._field = Field.TIME  # the column with the focus, while there is no row too
        self._is_following = False
        self._letters: dict[int, Callable[[], object]] = {
            Qt.Key.Key_S: lambda: self.sort_by(self.current_field),
            Qt.Key.Key_F: lambda: self._ask(viewer.toggle),
            Qt.Key.Key_X: lambda: self._ask(viewer.exclude),
        }
        self.setAccessibleName("Payloads")
        self._set_habits()
        self._connect()

    @property
    def selected_rows(self) -> Rows:
        """The row ids that are selected, in the order shown; as quick for all as for one."""
        rows = self._payloads.rows
        chosen = self.selectionModel().selection()
        ranges = sorted({(part.top(), part.bottom()) for part in map(chosen.at, range(chosen.size()))})
        parts = [rows[top : bottom + 1] for top, bottom in ranges]
        return np.concatenate(parts) if len(parts) > 1 else parts[0] if parts else NO_ROWS

    @property
    def current_row(self) -> int | None:
        """The row id with the focus."""
        return self._payloads.row_at(self.currentIndex().row())

    @property
    def current_field(self) -> Field:
        """The column with the focus."""
        visible = self.column_layout().visible
        return self._field if self._field in visible else visible[0]

    @property
    def is_following(self) -> bool:
        """Tell whether the newest row is kept in sight."""
        return self._is_following

    def set_following(self, is_following: bool) -> None:
        """Keep the newest row in sight, or let new rows come where they are."""
        if is_following:
            self.scrollToBottom()
        if is_following is not self._is_following:
            self._is_following = is_following
            self.following_changed.emit()

    def sort_by(self, field: Field) -> None:
        """Sort by a column: ascending, then descending, then as in the files."""
        name, order = TRAITS[field].order, self._viewer.order
        if order is None or order.column != name:
            self._viewer.sort(Order(name))
        else:
            self._viewer.sort(None if order.descending else Order(name, descending=True))

    def go_to(self, place: int) -> None:
        """Make the row at a place the current one, and bring it into sight."""
        index = self._payloads.index(place, FIELDS.index(self.current_field))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def go_to_column(self, column: int) -> None:
        """Make a column the current one, in the row that is current."""
        row = max(self.currentIndex().row(), 0)
        if 0 <= column < len(FIELDS) and row < self._payloads.rowCount():
            flags = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self._payloads.index(row, column), flags)

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif is_plain and event.key() in self._letters:
            self._letters[event.key()]()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Want the menu at the mouse, or by key at the current cell."""
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            cell = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(cell.bottomLeft())
        self.cell_menu_wanted.emit(place)

    def keyboardSearch(self, _search: str) -> None:
        """Do nothing: Qt would look through every row."""

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        super().rowsInserted(parent, start, end)
        if self._viewer.current is None:
            self._find_current()
        if self._is_following:
            self.scrollToBottom()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = self._payloads.row_at(current.row()) if current.isValid() else None
        if row is not None:
            self._field = FIELDS[current.column()]
            self._viewer.show(row)
        self.viewport().update()

    # Inside

    def _set_habits(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalScrollBar().setSingleStep(load_measures().table_row)

    def _connect(self) -> None:
        header, viewer = self.horizontalHeader(), self._viewer
        header.sectionClicked.connect(lambda column: self.sort_by(FIELDS[column]))
        self.doubleClicked.connect(self.opened)
        self.verticalScrollBar().actionTriggered.connect(self._leave_newest)
        self._payloads.cells_changed.connect(self.viewport().update)
        self._payloads.modelReset.connect(self._find_current)
        viewer.chosen.connect(self._find_current)
        viewer.times.changed.connect(self._fit_times)
        viewer.set_selection(lambda: self.selected_rows)

    def _fit_times(self) -> None:
        self.give_room_to_times(in_two_zones=self._viewer.times.zone is Zone.BOTH)

    def _leave_newest(self) -> None:
        """Follow no longer once somebody scrolls away from the newest row."""
        bar = self.verticalScrollBar()
        if bar.sliderPosition() < bar.maximum():
            self.set_following(False)

    def _ask(self, about: Callable[[Term], object]) -> None:
        """Do something to the question with the current cell's value."""
        row = self.current_row
        term = None if row is None else self._payloads.cells.term(row, self.current_field)
        if term is not None:
            about(term)

    def _find_current(self) -> None:
        """Go to the row that is looked at, where it is among those shown; at first to the first."""
        row, rows = self._viewer.current, self._payloads.rows
        if row is None and len(rows):
            self.go_to(0)
        if row is None or row == self.current_row:
            return
        place = self._place_of(row, rows)
        if place is not None:
            self.go_to(place)

    def _place_of(self, row: int, rows: Rows) -> int | None:
        if self._viewer.order is None:  # row ids ascend
            place = int(np.searchsorted(rows, row))
            return place if place < len(rows) and rows[place] == row else None
        found = np.flatnonzero(rows == row)
        return int(found[0]) if len(found) else None
