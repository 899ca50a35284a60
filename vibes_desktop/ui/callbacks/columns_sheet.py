"""Choosing the columns of the table, and their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vibes_desktop.ui.callbacks.table_columns import TRAITS, Field, Layout
from vibes_desktop.ui.theme import load_measures
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

WIDTH = 480
FIELD_ROLE = Qt.ItemDataRole.UserRole


class ColumnsSheet(SheetDialog):
    """A list to check and to move; every change is seen in the table at once."""

    def __init__(self, layout: Layout, changed: Callable[[Layout], object], parent: QWidget) -> None:
        super().__init__("Columns", width=WIDTH, parent=parent)
        self._layout = layout
        self._changed = changed
        self.list = QListWidget()
        self.list.setAccessibleName("Columns of the table")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.up_button = button("Move up", on_click=lambda: self._move(-1), shortcut_hint="Alt+Up")
        self.down_button = button("Move down", on_click=lambda: self._move(1), shortcut_hint="Alt+Down")
        self.reset_button = button("As at first", on_click=lambda: self._show(Layout()))
        self._lay_out()
        self._show(layout, tell=False)
        self.list.itemChanged.connect(self._tell)
        self.list.model().rowsMoved.connect(self._tell)
        self.finished.connect(self.deleteLater)

    def _lay_out(self) -> None:
        self.add(plain_label("Space shows or hides a column; drag it to move it.", TextRole.MUTED, wrap=True))
        line, side = QHBoxLayout(), QVBoxLayout()
        self.list.setMinimumHeight(len(Field) * (load_measures().table_row + 1))
        line.addWidget(self.list, 1)
        for made in (self.up_button, self.down_button, self.reset_button):
            side.addWidget(made)
        side.addStretch(1)
        line.addLayout(side)
        self.body.addLayout(line)
        done = self.add_button(button("Done", ButtonRole.PRIMARY, on_click=self.accept))
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._move, step))
        self.set_default(done)
        self.list.setFocus()

    def _show(self, layout: Layout, *, tell: bool = True) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for field in layout.order:
            item = QListWidgetItem(TRAITS[field].title, self.list)
            item.setData(FIELD_ROLE, field.value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(Qt.CheckState.Checked if field in layout.shown else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        if tell:
            self._changed(layout)

    def _move(self, step: int) -> None:
        place = self.list.currentRow()
        if 0 <= place + step < self.list.count():
            item = self.list.takeItem(place)
            self.list.insertItem(place + step, item)
            self.list.setCurrentRow(place + step)
            self._tell()

    def _tell(self) -> None:
        items = [self.list.item(place) for place in range(self.list.count())]
        order = tuple(Field(item.data(FIELD_ROLE)) for item in items)
        shown = frozenset(
            field
            for field, item in zip(order, items, strict=True)
            if item.checkState() is Qt.CheckState.Checked
        )
        if shown:
            self._changed(replace(self._layout, order=order, shown=shown))
