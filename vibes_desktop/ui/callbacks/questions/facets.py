"""Facets: what the result is made of, with counts; a click puts a value into the question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from vibes_desktop.callbacks.stopping import Check
from vibes_desktop.ui.callbacks.questions.facet_model import ROW_ROLE, FacetModel, Index, More, Title
from vibes_desktop.ui.callbacks.questions.facet_values import (
    Facet,
    Value,
    facets_of,
    list_names,
    marked_anew,
    rows_without,
)
from vibes_desktop.ui.callbacks.questions.recounting import Recounting
from vibes_desktop.ui.callbacks.viewer import Rows, Viewer
from vibes_desktop.ui.theme import Color, active_theme, load_measures, section_font, text_font
from vibes_desktop.ui.widgets.plain import one_line

TEXT_SIZE = 12
LEAST_WIDTH = 192  # the longest type and its count, nearly
VALUE_HEIGHT = 24
TITLE_HEIGHT = 30
PADDING = 12
GAP = 6
PICK_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What came of counting: the facets, and what lists are called by the first so many rows."""

    facets: tuple[Facet, ...]
    names: dict[str, str]
    named_rows: int


class FacetPane(QFrame):
    """Counts in the background; a click toggles a value, with Ctrl it is left out."""

    def __init__(self, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._viewer = viewer
        self._names: dict[str, str] = {}
        self._named_rows = 0
        self.model = FacetModel(self)
        self.list = FacetList(self.model)
        self.list.picked.connect(self._pick)
        self.setFocusProxy(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 6, 1, 6)
        column.addWidget(self.list)
        self.recounting: Recounting[_Counted] = Recounting(viewer, self._work, self._show, self)
        viewer.asked.connect(self._mark)
        viewer.replaced.connect(self._forget)
        viewer.judged.connect(self.recounting.recount_soon)

    def _work(self, is_partial: bool) -> Callable[[Check], _Counted]:
        """Count what the question's answer is made of; a field that is asked for as if it were not."""
        viewer = self._viewer
        collection, rows, query = viewer.collection, viewer.rows, viewer.query
        zone, names, named_rows = viewer.times.basis, self._names, self._named_rows

        def count(check: Check) -> _Counted:
            def rows_for(field: str) -> Rows:
                check()
                return rows if is_partial else rows_without(collection, rows, query, field, zone, check)

            total = len(collection)
            known = names if named_rows == total else list_names(collection)
            return _Counted(facets_of(collection, rows, query, known, rows_for), known, total)

        return count

    def _mark(self) -> None:
        self.model.set_facets(marked_anew(self.model.facets, self._viewer.query))

    def _show(self, counted: _Counted) -> None:
        self._names, self._named_rows = counted.names, counted.named_rows
        self.model.set_facets(counted.facets)

    def _forget(self) -> None:
        self._names, self._named_rows = {}, 0
        self.model.set_facets(())

    def _pick(self, index: QModelIndex, exclude: bool) -> None:
        row = self.model.row_at(index)
        if isinstance(row, More):
            self.model.turn(row.name)
        elif isinstance(row, Value):
            (self._viewer.exclude if exclude or row.is_excluded else self._viewer.toggle)(row.term)


class FacetList(QListView):
    """The values; arrows walk them, Space or Enter picks one, Ctrl with either leaves it out."""

    picked = Signal(QModelIndex, bool)

    def __init__(self, model: FacetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName("What the result is made of")
        self.setItemDelegate(_FacetDelegate(self))
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(LEAST_WIDTH)

    def sizeHint(self) -> QSize:
        return QSize(194, 300)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in PICK_KEYS and index.isValid():
            event.accept()
            if not event.isAutoRepeat():
                self.picked.emit(index, _is_excluding(event.modifiers()))
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self.picked.emit(index, _is_excluding(event.modifiers()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        over = bool(self.model().flags(index) & Qt.ItemFlag.ItemIsEnabled)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)


class _FacetDelegate(QStyledItemDelegate):
    """Paints a title as a section title, a value with its count at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        is_title = isinstance(index.data(ROW_ROLE), Title)
        return QSize(10, TITLE_HEIGHT if is_title else VALUE_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, area = index.data(ROW_ROLE), QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_MouseOver and not isinstance(row, Title):
            painter.fillRect(area, active_theme().color(Color.SUNKEN))
        if option.state & QStyle.StateFlag.State_HasFocus:
            _paint_ring(painter, area)
        inner = area.adjusted(PADDING - 1, 0, -PADDING + 1, 0)
        match row:
            case Title(_, text):
                _paint_title(painter, inner, text)
            case Value():
                _paint_value(painter, inner, row)
            case _:
                _paint_more(painter, inner, index.data())
        painter.restore()


def _paint_title(painter: QPainter, area: QRect, text: str) -> None:
    painter.setFont(section_font())
    painter.setPen(active_theme().color(Color.MUTED))
    below = area.adjusted(0, 0, 0, -5)
    painter.drawText(below, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, text)


def _paint_value(painter: QPainter, area: QRect, value: Value) -> None:
    count = f"{value.count:,}"
    painter.setFont(text_font(load_measures().small_size))
    painter.setPen(active_theme().color(Color.MUTED))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
    room = area.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(count) - GAP, 0)
    font = text_font(TEXT_SIZE, QFont.Weight.DemiBold if value.is_chosen else QFont.Weight.Normal)
    font.setStrikeOut(value.is_excluded)
    painter.setFont(font)
    ink = Color.ACCENT if value.is_chosen else Color.MUTED if value.is_excluded else Color.TEXT
    painter.setPen(active_theme().color(ink))
    _draw_elided(painter, room, one_line(value.label))


def _paint_more(painter: QPainter, area: QRect, text: str) -> None:
    painter.setFont(text_font(load_measures().small_size))
    painter.setPen(active_theme().color(Color.ACCENT))
    _draw_elided(painter, area, text)


def _draw_elided(painter: QPainter, area: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _paint_ring(painter: QPainter, area: QRect) -> None:
    ring = load_measures().focus_ring
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(active_theme().color(Color.ACCENT), ring))
    painter.drawRoundedRect(area.adjusted(3, 1, -3, -1), 4, 4)


def _is_excluding(modifiers: Qt.KeyboardModifier) -> bool:
    return bool(modifiers & Qt.KeyboardModifier.ControlModifier)
