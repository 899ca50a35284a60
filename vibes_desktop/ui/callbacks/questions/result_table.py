"""The view of a table of results: a link in a row opens it, a click on a title sorts."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from vibes_desktop.ui.callbacks.questions.result_model import BAR_ROLE, LINK_ROLE, Index, ResultModel
from vibes_desktop.ui.theme import Color, active_theme, load_measures, text_font

PADDING = 8
HEIGHT = 380
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ResultTable(QTableView):
    """One result a row. Tab leaves it, the arrows walk it, Enter, a double click or its link opens it."""

    opened = Signal(object)  # a row's value
    copied = Signal()

    def __init__(self, model: ResultModel, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results = model
        self.setAccessibleName(accessible_name)
        self.setModel(model)
        self.setItemDelegate(_ResultDelegate(self))
        self.setMinimumHeight(HEIGHT)
        self._set_habits()
        self._set_headers()
        model.modelReset.connect(self._size_columns)
        self._size_columns()
        self.doubleClicked.connect(self._open)
        self.clicked.connect(self._follow)

    def copy(self) -> None:
        """Copy the selected rows, or all when none are."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        QGuiApplication.clipboard().setText(self._results.copied(rows or range(self._results.rowCount())))
        self.copied.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.isAutoRepeat() and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = bool(self.indexAt(event.position().toPoint()).data(LINK_ROLE))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._results.rows[index.row()])

    def _follow(self, index: QModelIndex) -> None:
        if index.data(LINK_ROLE) and not QGuiApplication.keyboardModifiers():
            self._open(index)

    def _set_habits(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)

    def _set_headers(self) -> None:
        """Give the header a selection of its own: sharing it makes selecting all slow."""
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(load_measures().table_row)
        header.setSelectionModel(QItemSelectionModel(self._results, header))
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        header.setSectionsClickable(True)
        header.setFixedHeight(load_measures().table_row + 1)
        header.setMinimumSectionSize(50)
        header.setStretchLastSection(True)
        header.sortIndicatorChanged.connect(self._results.sort)

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        header.blockSignals(False)
        for number, column in enumerate(self._results.columns):
            self.setColumnWidth(number, column.width)


class _ResultDelegate(QStyledItemDelegate):
    """Paints a cell: a hairline below, a bar where the column has one, links in the accent colour."""

    def __init__(self, table: ResultTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, area, theme = QStyleOptionViewItem(option), QRect(option.rect), active_theme()
        self.initStyleOption(cell, index)
        cell.text = ""
        cell.state &= ~QStyle.StateFlag.State_HasFocus
        self._table.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, self._table)
        painter.save()
        painter.fillRect(area.adjusted(0, area.height() - 1, 0, 0), theme.color(Color.LINE))
        share = index.data(BAR_ROLE)
        if share is not None:
            _paint_bar(painter, area, share)
        painter.setFont(text_font())
        painter.setPen(theme.color(Color.ACCENT if index.data(LINK_ROLE) else Color.TEXT))
        room = area.adjusted(PADDING, 0, -PADDING, 0)
        shown = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, index.data(Qt.ItemDataRole.TextAlignmentRole), shown)
        if self._table.hasFocus() and index.row() == self._table.currentIndex().row():
            _paint_focus(painter, area)
        painter.restore()


def _paint_bar(painter: QPainter, area: QRect, share: float) -> None:
    """Paint how much this row has of the whole, from the left."""
    width = max(min(abs(share), 1.0), 0.0) * (area.width() - PADDING)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(active_theme().color(Color.ACCENT_SOFT if share >= 0 else Color.WARN_SOFT))
    painter.drawRoundedRect(QRectF(area.left() + PADDING / 2, area.top() + 4, width, area.height() - 9), 3, 3)


def _paint_focus(painter: QPainter, area: QRect) -> None:
    """Paint one cell's share of the lines around the row."""
    ring = load_measures().focus_ring
    painter.setPen(QPen(active_theme().color(Color.ACCENT), ring))
    painter.drawLine(area.topLeft(), area.topRight())
    painter.drawLine(area.bottomLeft(), area.bottomRight())
