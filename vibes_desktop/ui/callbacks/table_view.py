"""The view of the payloads: fixed rows, sorting by a column's title, states as pills."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from vibes_desktop.ui.callbacks.row_painter import RowPainter
from vibes_desktop.ui.callbacks.table_columns import TRAITS, Field, Layout
from vibes_desktop.ui.callbacks.table_model import FIELDS, Index, PayloadModel
from vibes_desktop.ui.callbacks.viewer import NO_ROWS, Order, Rows, Viewer
from vibes_desktop.ui.theme import load_measures

MIN_SECTION = 40


class PayloadTable(QTableView):
    """One payload a row. The arrows walk it, S sorts by the column of the current cell."""

    layout_changed = Signal()  # a column was moved, resized, shown or hidden
    cell_menu_wanted = Signal(QPoint)  # at a place of the screen, for the current cell
    opened = Signal()  # the current payload is wanted: Enter, or a double click

    def __init__(self, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self._is_following = False
        self._is_laying_out = False
        self._payloads = PayloadModel(viewer, self)
        self.setAccessibleName("Payloads")
        self.setModel(self._payloads)
        self._set_habits()
        self._set_headers()
        self._connect()
        self.set_column_layout(Layout())

    @property
    def payloads(self) -> PayloadModel:
        """The model."""
        return self._payloads

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
        column = self.currentIndex().column()
        return FIELDS[column] if column >= 0 else self.column_layout().visible[0]

    @property
    def is_following(self) -> bool:
        """Tell whether the newest row is kept in sight."""
        return self._is_following

    def set_following(self, is_following: bool) -> None:
        """Keep the newest row in sight, or let new rows come where they are."""
        self._is_following = is_following
        if is_following:
            self.scrollToBottom()

    def column_layout(self) -> Layout:
        """Tell the columns as they are now."""
        header = self.horizontalHeader()
        order = tuple(FIELDS[header.logicalIndex(place)] for place in range(header.count()))
        shown = frozenset(field for field in FIELDS if not self.isColumnHidden(FIELDS.index(field)))
        widths = tuple((field, self._width(field)) for field in order)
        return Layout(order, shown, widths)

    def set_column_layout(self, layout: Layout) -> None:
        """Show these columns, in this order and of these widths."""
        self._is_laying_out = True
        header = self.horizontalHeader()
        for place, field in enumerate(layout.order):
            column = FIELDS.index(field)
            header.moveSection(header.visualIndex(column), place)
            header.resizeSection(column, layout.width(field))
            header.setSectionHidden(column, field not in layout.shown)
        self._is_laying_out = False
        self.layout_changed.emit()

    def sort_by(self, field: Field) -> None:
        """Sort by a column: ascending, then descending, then as in the files."""
        name, order = TRAITS[field].order, self._viewer.order
        if order is None or order.column != name:
            self._viewer.sort(Order(name))
        else:
            self._viewer.sort(None if order.descending else Order(name, descending=True))

    def go_to(self, place: int) -> None:
        """Make the row at a place the current one, and bring it into sight."""
        column = max(self.currentIndex().column(), FIELDS.index(self.column_layout().visible[0]))
        index = self._payloads.index(place, column)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    # Qt's own

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight column by column."""
        viewport = self.viewport()
        with QPainter(viewport) as painter:
            self._paint_rows(RowPainter(painter, self._payloads), event.rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.opened.emit()
        elif is_plain and event.key() == Qt.Key.Key_S:
            self.sort_by(self.current_field)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Do nothing: Qt would look through every row."""

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        super().rowsInserted(parent, start, end)
        if self._is_following:
            self.scrollToBottom()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = self._payloads.row_at(current.row()) if current.isValid() else None
        if row is not None:
            self._viewer.show(row)
        self.viewport().update()

    # Inside

    def _paint_rows(self, paint: RowPainter, area: QRect) -> None:
        height, count = self.verticalHeader().defaultSectionSize(), self._payloads.rowCount()
        if not count:
            return
        first = max(self.rowAt(area.top()), 0)
        top = self.rowViewportPosition(first)
        last = min(first + (area.bottom() - top) // height, count - 1)
        places = range(first, last + 1)
        tops = [top + (place - first) * height for place in places]
        ids = self._payloads.rows[first : last + 1].tolist()
        width = self.horizontalHeader().length() - self.horizontalOffset()
        selection, root = self.selectionModel(), QModelIndex()
        has_selection = selection.hasSelection()
        paint.grounds(
            [
                QRect(0, place_top, max(width, self.viewport().width()), height)
                for place, place_top in zip(places, tops, strict=True)
                if has_selection and selection.isRowSelected(place, root)
            ]
        )
        paint.lines([place_top + height - 1 for place_top in tops], self.viewport().width())
        cells = list(zip(tops, ids, strict=True))
        for field, box in self._columns_in(area, height):
            paint.column(field, box, cells)
        current = self.currentIndex()
        if self.hasFocus() and current.row() in places:
            cell = self.visualRect(current)
            row = QRect(0, cell.top(), self.viewport().width(), height)
            paint.focus(row, cell)

    def _columns_in(self, area: QRect, height: int) -> list[tuple[Field, QRect]]:
        """Give the columns that an area touches, with their places."""
        found = []
        for column, field in enumerate(FIELDS):
            left, width = self.columnViewportPosition(column), self.columnWidth(column)
            if width and left <= area.right() and left + width >= area.left():
                found.append((field, QRect(left, 0, width, height)))
        return found

    def _width(self, field: Field) -> int:
        """Tell a column's width; a hidden one keeps the one it had."""
        column, header = FIELDS.index(field), self.horizontalHeader()
        return header.sectionSize(column) or TRAITS[field].width

    def _set_habits(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalScrollBar().setSingleStep(load_measures().table_row)

    def _set_headers(self) -> None:
        """Give the header a selection of its own: sharing it makes selecting all slow."""
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(load_measures().table_row)
        rows.setDefaultSectionSize(load_measures().table_row)
        header.setSelectionModel(QItemSelectionModel(self._payloads, header))
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setSortIndicatorShown(False)
        header.setFixedHeight(load_measures().table_row + 1)
        header.setMinimumSectionSize(MIN_SECTION)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setAccessibleName("Columns")

    def _connect(self) -> None:
        header, viewer = self.horizontalHeader(), self._viewer
        header.sectionClicked.connect(lambda column: self.sort_by(FIELDS[column]))
        header.sectionMoved.connect(self._tell_layout)
        header.sectionResized.connect(self._tell_layout)
        self.doubleClicked.connect(self.opened)
        self.customContextMenuRequested.connect(self._want_menu)
        self._payloads.cells_changed.connect(self.viewport().update)
        self._payloads.modelReset.connect(self._find_current)
        viewer.chosen.connect(self._find_current)
        viewer.set_selection(lambda: self.selected_rows)

    def _tell_layout(self) -> None:
        if not self._is_laying_out:
            self.layout_changed.emit()

    def _want_menu(self, place: QPoint) -> None:
        self.cell_menu_wanted.emit(self.viewport().mapToGlobal(place))

    def _find_current(self) -> None:
        """Go to the row that is looked at, where it is among those shown."""
        row, rows = self._viewer.current, self._payloads.rows
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
