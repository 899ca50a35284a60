"""A table whose columns are shown, moved and widened."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from vibes_desktop.ui.callbacks.painted_table import PaintedTable
from vibes_desktop.ui.callbacks.table_columns import MOMENTS, TRAITS, WIDTH_OF_BOTH, Field, Layout
from vibes_desktop.ui.callbacks.table_model import FIELDS, PayloadModel
from vibes_desktop.ui.theme import load_measures

MIN_SECTION = 40


class ArrangedTable(PaintedTable):
    """Tells whenever its columns are arranged otherwise."""

    layout_changed = Signal()  # a column was moved, resized, shown or hidden

    def __init__(self, model: PayloadModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._is_laying_out = False
        self._set_headers()
        header = self.horizontalHeader()
        header.sectionMoved.connect(self._tell_layout)
        header.sectionResized.connect(self._tell_layout)
        self.set_column_layout(Layout())

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
        self._fill_up()
        self.layout_changed.emit()

    def give_room_to_times(self, *, in_two_zones: bool) -> None:
        """Widen the columns of moments that are written twice; they become narrow again afterwards."""
        for field in MOMENTS:
            column, usual = FIELDS.index(field), TRAITS[field].width
            width = self.columnWidth(column)
            if not self.isColumnHidden(column) and width in (usual, WIDTH_OF_BOTH):
                self.setColumnWidth(column, WIDTH_OF_BOTH if in_two_zones else usual)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill_up()

    def _fill_up(self) -> None:
        """Give the states the room that is left, where they stand last."""
        header, visible = self.horizontalHeader(), self.column_layout().visible
        if visible and visible[-1] is Field.STATE:
            column = FIELDS.index(Field.STATE)
            others = header.length() - header.sectionSize(column)
            was, self._is_laying_out = self._is_laying_out, True
            header.resizeSection(column, max(TRAITS[Field.STATE].width, self.viewport().width() - others))
            self._is_laying_out = was

    def _width(self, field: Field) -> int:
        """Tell a column's width, as it was chosen."""
        column, header = FIELDS.index(field), self.horizontalHeader()
        if field is Field.STATE:
            return TRAITS[field].width
        return header.sectionSize(column) or TRAITS[field].width

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

    def _tell_layout(self) -> None:
        if not self._is_laying_out:
            self._fill_up()
            self.layout_changed.emit()
