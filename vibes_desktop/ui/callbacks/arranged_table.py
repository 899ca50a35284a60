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
        self._in_two_zones = False
        self._chosen: dict[Field, int] = {}  # widths that somebody gave
        self._set_headers()
        header = self.horizontalHeader()
        header.sectionMoved.connect(self._tell_layout)
        header.sectionResized.connect(self._note_width)
        self.set_column_layout(Layout())

    def column_layout(self) -> Layout:
        """Tell the columns as they are now."""
        header = self.horizontalHeader()
        order = tuple(FIELDS[header.logicalIndex(place)] for place in range(header.count()))
        shown = frozenset(field for field in FIELDS if not self.isColumnHidden(FIELDS.index(field)))
        return Layout(order, shown, tuple(self._chosen.items()))

    def set_column_layout(self, layout: Layout) -> None:
        """Show these columns, in this order and of these widths."""
        self._is_laying_out = True
        self._chosen = {field: width for field, width in layout.widths if field is not Field.STATE}
        header = self.horizontalHeader()
        for place, field in enumerate(layout.order):
            column = FIELDS.index(field)
            header.moveSection(header.visualIndex(column), place)
            header.setSectionHidden(column, field not in layout.shown)
        self._is_laying_out = False
        self._fill_up()
        self.layout_changed.emit()

    def give_room_to_times(self, *, in_two_zones: bool) -> None:
        """Widen the columns of moments that are written twice; they become narrow again afterwards."""
        self._in_two_zones = in_two_zones
        self._fill_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill_up()

    def _fill_up(self) -> None:
        """Share the room that is left among columns whose width nobody chose; the states take the rest."""
        widths = {field: self._width(field) for field in self.column_layout().visible}
        spare = max(self.viewport().width() - sum(widths.values()), 0)
        for field in widths:
            more = min(max(TRAITS[field].ideal - widths[field], 0), spare) if field not in self._chosen else 0
            widths[field] += more
            spare -= more
        if next(reversed(widths), None) is Field.STATE:
            widths[Field.STATE] += spare
        was, self._is_laying_out = self._is_laying_out, True
        for field, width in widths.items():
            self.horizontalHeader().resizeSection(FIELDS.index(field), width)
        self._is_laying_out = was

    def _width(self, field: Field) -> int:
        """Tell a column's width, as it was chosen or is usual."""
        usual = WIDTH_OF_BOTH if self._in_two_zones and field in MOMENTS else TRAITS[field].width
        return self._chosen.get(field, usual)

    def _note_width(self, column: int, _before: int, width: int) -> None:
        """Keep the width that somebody gave a column; the states have none of their own."""
        if not self._is_laying_out and width and FIELDS[column] is not Field.STATE:
            self._chosen[FIELDS[column]] = width
        self._tell_layout()

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
