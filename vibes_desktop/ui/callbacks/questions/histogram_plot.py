"""The bars themselves, drawn with pyqtgraph; importing it takes time, see histogram.py."""

from __future__ import annotations

from collections.abc import Collection as Holder

import pyqtgraph  # type: ignore[import-untyped]
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from vibes_desktop.ui.callbacks.questions.bar_words import axis_labels, bar_words, summary
from vibes_desktop.ui.callbacks.questions.bars import Bars
from vibes_desktop.ui.theme import Color, active_theme, load_measures, text_font

AXIS_HEIGHT = 18
GAP = 2.0
RADIUS = 2.0
LEAST_HEIGHT = 2.0  # of a bar with few rows, so that one sees there are some
RESTING_ALPHA = 190
APPLY_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
CLEAR_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
NAME = "Histogram over time"


class HistogramPlot(pyqtgraph.GraphicsView):  # type: ignore[misc] # pyqtgraph is not typed
    """Bars with dates below. A click or Enter picks a bar, a drag or Shift with the arrows several."""

    picked = Signal(int, int)  # the first and the last bar
    cleared = Signal()  # no range of time is wanted any more
    pointed = Signal(str)  # words for what is pointed at; empty for nothing

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self.setAccessibleName(NAME)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.bars = Bars()
        self._cursor: int | None = None
        self._anchor: int | None = None
        self._is_dragging = False
        self._area = pyqtgraph.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0)
        self._axis = pyqtgraph.AxisItem("bottom", linkView=self._area, maxTickLength=0)
        self._item = _BarsItem(self._area)
        self._area.addItem(self._item)
        layout = pyqtgraph.GraphicsLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addItem(self._area, 0, 0)
        layout.addItem(self._axis, 1, 0)
        self._axis.setHeight(AXIS_HEIGHT)
        self.setCentralItem(layout)
        self._dress()

    def show_bars(self, bars: Bars, wanted: Holder[int]) -> None:
        """Show other bars; `wanted` are those within the question's range."""
        if (bars.edges, bars.zone) != (self.bars.edges, self.bars.zone):
            self._cursor = self._anchor = None
        self.bars = bars
        self._item.show_bars(bars, frozenset(wanted))
        self._area.setRange(xRange=(0, max(len(bars), 1)), yRange=(0, max(bars.counts, default=1)), padding=0)
        self.setAccessibleDescription(summary(bars))
        self._label()
        self._point()

    def bar_at(self, place: QPointF) -> int | None:
        """Find the bar at a place of the view."""
        if not self.bars:
            return None
        number = int(self._area.mapSceneToView(self.mapToScene(place.toPoint())).x() // 1)
        return number if 0 <= number < len(self.bars) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._anchor = self._cursor = self.bar_at(event.position())
            self._is_dragging = self._anchor is not None
            self._point()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self.bar_at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if number is None else Qt.CursorShape.PointingHandCursor)
        if self._is_dragging and number is None:
            return
        if not self._is_dragging:
            self._anchor = number
        self._cursor = number
        self._point()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging and event.button() is Qt.MouseButton.LeftButton:
            self._is_dragging = False
            self._pick()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._cursor = self._anchor = None
            self._point()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, extends = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._move(Qt.Key(key), extends=extends)
        elif key in APPLY_KEYS and self._cursor is not None:
            if not event.isAutoRepeat():
                self._pick()
        elif key in CLEAR_KEYS:
            self.cleared.emit()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._cursor is None and self.bars:
            self._cursor = self._anchor = self._item.first_wanted
        self._point()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._cursor = self._anchor = None
        self._point()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_axis"):
            self._label()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "_axis"):
            self._dress()

    def _move(self, key: Qt.Key, *, extends: bool) -> None:
        if not self.bars:
            return
        last = len(self.bars) - 1
        now = self._item.first_wanted if self._cursor is None else self._cursor
        places = {
            Qt.Key.Key_Left: max(now - 1, 0),
            Qt.Key.Key_Right: min(now + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        self._cursor = places[key]
        if not extends or self._anchor is None:
            self._anchor = self._cursor
        self._point()

    def _pick(self) -> None:
        if self._cursor is not None and self._anchor is not None:
            low, high = sorted((self._anchor, self._cursor))
            self.picked.emit(low, high)

    def _point(self) -> None:
        """Show what is pointed at, and say it."""
        self._item.point(self._anchor, self._cursor, has_focus=self.hasFocus())
        if self._cursor is None or self._anchor is None:
            self.pointed.emit("")
            return
        words = bar_words(self.bars, self._anchor, self._cursor)
        self.setAccessibleDescription(words)
        self.pointed.emit(words)

    def _label(self) -> None:
        pixels = self.width() / max(len(self.bars), 1)
        self._axis.setTicks([[(place + 0.5, text) for place, text in axis_labels(self.bars, pixels)]])

    def _dress(self) -> None:
        theme = active_theme()
        self._axis.setPen(QPen(theme.color(Color.LINE), 1))
        self._axis.setTextPen(theme.color(Color.MUTED))
        self._axis.setStyle(tickFont=text_font(load_measures().small_size), tickTextOffset=3)
        self.setBackgroundBrush(theme.color(Color.SURFACE))
        self._item.update()


class _BarsItem(pyqtgraph.GraphicsObject):  # type: ignore[misc]
    """All bars in one item, painted in whole pixels."""

    def __init__(self, area: pyqtgraph.ViewBox) -> None:
        super().__init__()
        self._area = area
        self._bars = Bars()
        self._wanted: frozenset[int] = frozenset()
        self._pointed: tuple[int, int] | None = None
        self._cursor: int | None = None
        self._has_focus = False

    @property
    def first_wanted(self) -> int:
        """The first bar within the question's range; the first of all without one."""
        return min(self._wanted, default=0)

    def show_bars(self, bars: Bars, wanted: frozenset[int]) -> None:
        """Paint other bars."""
        self.prepareGeometryChange()
        self._bars, self._wanted = bars, wanted
        self.update()

    def point(self, anchor: int | None, cursor: int | None, *, has_focus: bool) -> None:
        """Bring out bars from `anchor` to `cursor`."""
        self._pointed = (
            None if anchor is None or cursor is None else (min(anchor, cursor), max(anchor, cursor))
        )
        self._cursor, self._has_focus = cursor, has_focus
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, max(len(self._bars), 1), max(self._bars.counts, default=1))

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.save()
        to_view = painter.worldTransform()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        left, bottom, width, height = to_view.dx(), to_view.dy(), to_view.m11(), to_view.m22()
        ink, faint = active_theme().color(Color.ACCENT), active_theme().color(Color.ACCENT)
        faint.setAlpha(RESTING_ALPHA)
        gap = GAP / 2 if width > 3 * GAP else 0.0
        for number, count in enumerate(self._bars.counts):
            begin, is_pointed = left + width * number, self._is_pointed(number)
            if is_pointed:
                painter.fillRect(QRectF(begin, 0, width, bottom), active_theme().color(Color.ACCENT_SOFT))
            if count:
                top = min(bottom + height * count, bottom - LEAST_HEIGHT)
                bar = _bar(
                    begin + gap, begin + width - gap, top, bottom
                )  # all in one path take ten times as long
                painter.fillPath(bar, ink if is_pointed or number in self._wanted else faint)
        if self._has_focus and self._cursor is not None:
            painter.setPen(QPen(active_theme().color(Color.TEXT), load_measures().focus_ring))
            area = QRectF(left + width * self._cursor, 1, width, bottom - 2)
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        painter.restore()

    def _is_pointed(self, number: int) -> bool:
        return self._pointed is not None and self._pointed[0] <= number <= self._pointed[1]


def _bar(left: float, right: float, top: float, bottom: float) -> QPainterPath:
    """Draw a bar whose upper corners are round."""
    radius = min(RADIUS, bottom - top, (right - left) / 2)
    path = QPainterPath(QPointF(left, bottom))
    path.lineTo(left, top + radius)
    path.quadTo(left, top, left + radius, top)
    path.lineTo(right - radius, top)
    path.quadTo(right, top, right, top + radius)
    path.lineTo(right, bottom)
    path.closeSubpath()
    return path
