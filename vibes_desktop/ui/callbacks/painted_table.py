"""A table that paints its rows in one go, however many it has."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView, QWidget

from vibes_desktop.ui.callbacks.row_painter import RowPainter
from vibes_desktop.ui.callbacks.table_columns import Field
from vibes_desktop.ui.callbacks.table_model import FIELDS, PayloadModel


class PaintedTable(QTableView):
    """Shows a PayloadModel in rows of one height."""

    def __init__(self, model: PayloadModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._payloads = model
        model.setParent(self)
        self.setModel(model)

    @property
    def payloads(self) -> PayloadModel:
        """The model."""
        return self._payloads

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight column by column."""
        viewport = self.viewport()
        with QPainter(viewport) as painter:
            self._paint_rows(RowPainter(painter, self._payloads), event.rect())

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
