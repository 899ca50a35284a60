"""The table of a sheet: fixed rows with a hairline under each, pills, Enter opens a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from vibes_desktop.ui.callbacks.payload.rows_model import CELL_ROLE, Cell, Index, RowsModel
from vibes_desktop.ui.theme import Color, active_theme, load_measures, mono_font, text_font
from vibes_desktop.ui.widgets.pill import Tone

PADDING = 8
STRETCHED_WIDTH = 200  # wanted for the column that takes the rest
PILL_HEIGHT = 18
_COLORS = {
    Tone.NEUTRAL: (Color.MUTED, Color.SUNKEN),
    Tone.OK: (Color.OK, Color.OK_SOFT),
    Tone.WARN: (Color.WARN, Color.WARN_SOFT),
    Tone.BAD: (Color.BAD, Color.BAD_SOFT),
    Tone.ACCENT: (Color.ACCENT, Color.ACCENT_SOFT),
}


class RowsView(QTableView):
    """Shows a RowsModel; the column of width 0 takes the room that is left."""

    opened = Signal(int)
    current_changed = Signal(int)
    copy_wanted = Signal(str, str)

    def __init__(
        self,
        accessible_name: str,
        model: RowsModel[Any],
        widths: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._widths = tuple(widths)
        self.setAccessibleName(accessible_name)
        self.setModel(model)
        self.setItemDelegate(_CellPainter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self._set_headers(widths)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.current_changed.emit(now.row()))

    def show_items(self, items: Sequence[Any]) -> None:
        """Show other items, the first one current."""
        self._rows.set_items(items)
        if items:
            self.go_to(0)

    def go_to(self, row: int) -> None:
        """Make a row the current one."""
        self.setCurrentIndex(self._rows.index(row, 0))
        self.scrollTo(self.currentIndex())

    def open_current(self) -> None:
        """Open the current row."""
        row = self.currentIndex().row()
        if row >= 0:
            self.opened.emit(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let all columns give way where there is not room for all."""
        super().resizeEvent(event)
        share = min(1.0, self.viewport().width() / (sum(self._widths) + STRETCHED_WIDTH))
        for column, width in enumerate(self._widths):
            if width and event.size().width() != event.oldSize().width():
                self.setColumnWidth(column, round(width * share))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.open_current()
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy) and row >= 0:
            self.copy_wanted.emit(self._rows.line(row), "line")
        else:
            super().keyPressEvent(event)

    def _set_headers(self, widths: Sequence[int]) -> None:
        """Give the header a selection of its own: sharing it makes selecting slow."""
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(load_measures().table_row)
        header.setSelectionModel(QItemSelectionModel(self._rows, header))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setFixedHeight(load_measures().table_row + 1)
        header.setMinimumSectionSize(50)
        for column, width in enumerate(widths):
            mode = QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
            if width:
                self.setColumnWidth(column, width)


class _CellPainter(QStyledItemDelegate):
    """Paints a cell, its hairline, and its share of the focus around the row."""

    def __init__(self, view: RowsView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, area, theme = index.data(CELL_ROLE), QRect(option.rect), active_theme()
        if not isinstance(cell, Cell):
            return
        is_current = index.row() == self._view.currentIndex().row()
        painter.fillRect(area, theme.color(Color.ACCENT_SOFT if is_current else Color.SURFACE))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.color(Color.LINE))
        if is_current and self._view.hasFocus():
            ring = load_measures().focus_ring
            for top in (area.top(), area.bottom() - ring + 1):
                painter.fillRect(area.left(), top, area.width(), ring, theme.color(Color.ACCENT))
        if cell.text and cell.tone is not None:
            _paint_pill(painter, area, str(index.data()), cell.tone)
        elif cell.text:
            painter.setFont(mono_font() if cell.is_mono else text_font())
            painter.setPen(theme.color(Color.TEXT))
            room = area.adjusted(PADDING, 0, -PADDING, 0)
            shown = painter.fontMetrics().elidedText(
                str(index.data()), Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _paint_pill(painter: QPainter, area: QRect, text: str, tone: Tone) -> None:
    color, ground = (active_theme().color(role) for role in _COLORS[tone])
    font = text_font(load_measures().small_size)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width() - 4 * PADDING)
    top = area.top() + (area.height() - PILL_HEIGHT) / 2
    box = QRectF(area.left() + PADDING, top, metrics.horizontalAdvance(shown) + 2 * PADDING, PILL_HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, PILL_HEIGHT / 2, PILL_HEIGHT / 2)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
