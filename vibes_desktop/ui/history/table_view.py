"""The view of the changes: fixed rows with a hairline under each, the outcome as a pill."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from vibes_desktop.ui.history.table_model import Column, HistoryModel, Index, tone_of
from vibes_desktop.ui.theme import Color, active_theme, load_measures, text_font
from vibes_desktop.ui.widgets.pill import Tone

CELL_PADDING = 8
PILL_HEIGHT = 18
PILL_PADDING = 8
_WIDTHS = {
    Column.WHEN: 158,
    Column.PERSON: 150,
    Column.CHANGE: 180,
    Column.OUTCOME: 112,
    Column.OS_USER: 84,
    Column.REASON: 120,
}
_STRETCHED = Column.CHANGE
_COLORS = {
    Tone.NEUTRAL: (Color.MUTED, Color.SUNKEN),
    Tone.OK: (Color.OK, Color.OK_SOFT),
    Tone.WARN: (Color.WARN, Color.WARN_SOFT),
    Tone.BAD: (Color.BAD, Color.BAD_SOFT),
    Tone.ACCENT: (Color.ACCENT, Color.ACCENT_SOFT),
}


class HistoryTable(QTableView):
    """One change a row. Tab leaves it, the arrows walk it, Enter or a double click opens a row."""

    opened = Signal()  # the current row is wanted in full
    current_changed = Signal()

    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Changes made on this computer")
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(self))
        self._set_habits()
        self._set_headers(model)
        self.doubleClicked.connect(self.opened)
        self.selectionModel().currentRowChanged.connect(self.current_changed)

    @property
    def current_row(self) -> int:
        """The row that is looked at; -1 without one."""
        return self.currentIndex().row()

    def go_to(self, row: int) -> None:
        """Make a row the current one."""
        self.selectRow(row)
        self.setCurrentIndex(self.model().index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.opened.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _set_habits(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)

    def _set_headers(self, model: HistoryModel) -> None:
        """Give the header a selection of its own: sharing it makes selecting all slow."""
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(load_measures().table_row)
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setFixedHeight(load_measures().table_row + 1)
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(_STRETCHED, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(60)


class _RowDelegate(QStyledItemDelegate):
    """Paints a cell and its share of what belongs to the row: the hairline, and the focus all around it."""

    def __init__(self, table: HistoryTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        cell.state &= ~QStyle.StateFlag.State_HasFocus
        text, cell.text = cell.text, ""
        area, tone = QRect(option.rect), tone_of(index)
        self._table.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, self._table)
        painter.fillRect(area.adjusted(0, area.height() - 1, 0, 0), active_theme().color(Color.LINE))
        if tone is None:
            _paint_text(painter, area, text)
        else:
            _paint_pill(painter, area, text, tone)
        if self._table.hasFocus() and index.row() == self._table.current_row:
            _paint_focus(painter, area, Column(index.column()))


def _paint_text(painter: QPainter, area: QRect, text: str) -> None:
    room = area.adjusted(CELL_PADDING, 0, -CELL_PADDING, 0)
    painter.setFont(text_font())
    painter.setPen(active_theme().color(Color.TEXT))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _paint_focus(painter: QPainter, area: QRect, column: Column) -> None:
    """Paint one cell's share of the ring around the row."""
    ring, color = load_measures().focus_ring, active_theme().color(Color.ACCENT)
    painter.fillRect(area.left(), area.top(), area.width(), ring, color)
    painter.fillRect(area.left(), area.bottom() - ring + 1, area.width(), ring, color)
    if column is min(Column):
        painter.fillRect(area.left(), area.top(), ring, area.height(), color)
    if column is max(Column):
        painter.fillRect(area.right() - ring + 1, area.top(), ring, area.height(), color)


def _paint_pill(painter: QPainter, area: QRect, text: str, tone: Tone) -> None:
    color, ground = (active_theme().color(role) for role in _COLORS[tone])
    font = text_font(load_measures().small_size)
    metrics = QFontMetrics(font)
    room = area.width() - 2 * CELL_PADDING
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - 2 * PILL_PADDING)
    width = metrics.horizontalAdvance(shown) + 2 * PILL_PADDING
    top = area.top() + (area.height() - PILL_HEIGHT) / 2
    box = QRectF(area.left() + CELL_PADDING, top, width, PILL_HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, PILL_HEIGHT / 2, PILL_HEIGHT / 2)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
