"""The bars themselves, and the dates below them."""

from __future__ import annotations

from collections.abc import Collection as Holder

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

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


class HistogramPlot(QWidget):
    """Bars with dates below. A click or Enter picks a bar, a drag or Shift with the arrows several."""

    picked = Signal(int, int)  # the first and the last bar
    cleared = Signal()  # no range of time is wanted any more
    pointed = Signal(str)  # words for what is pointed at; empty for nothing

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(NAME)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.bars = Bars()
        self._wanted: frozenset[int] = frozenset()
        self._cursor: int | None = None
        self._anchor: int | None = None
        self._is_dragging = False

    def show_bars(self, bars: Bars, wanted: Holder[int]) -> None:
        """Show other bars; `wanted` are those within the question's range."""
        if (bars.edges, bars.zone) != (self.bars.edges, self.bars.zone):
            self._cursor = self._anchor = None
        self.bars, self._wanted = bars, frozenset(wanted)
        self.setAccessibleDescription(summary(bars))
        self._point()

    def bar_at(self, place: QPointF) -> int | None:
        """Find the bar at a place of the view."""
        if not self.bars:
            return None
        number = int(place.x() // self._bar_width)
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
            self._cursor = self._anchor = self._first_wanted
        self._point()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._cursor = self._anchor = None
        self._point()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_bars(painter)
            self._paint_dates(painter)
            self._paint_focus(painter)

    @property
    def _first_wanted(self) -> int:
        """The first bar within the question's range; the first of all without one."""
        return min(self._wanted, default=0)

    @property
    def _bar_width(self) -> float:
        return self.width() / max(len(self.bars), 1)

    @property
    def _ground(self) -> float:
        """Where the bars stand, from the top."""
        return self.height() - AXIS_HEIGHT

    def _move(self, key: Qt.Key, *, extends: bool) -> None:
        if not self.bars:
            return
        last = len(self.bars) - 1
        now = self._first_wanted if self._cursor is None else self._cursor
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
        self.update()
        if self._cursor is None or self._anchor is None:
            self.pointed.emit("")
            return
        words = bar_words(self.bars, self._anchor, self._cursor)
        self.setAccessibleDescription(words)
        self.pointed.emit(words)

    def _is_pointed(self, number: int) -> bool:
        if self._anchor is None or self._cursor is None:
            return False
        return min(self._anchor, self._cursor) <= number <= max(self._anchor, self._cursor)

    def _paint_bars(self, painter: QPainter) -> None:
        ink, faint = active_theme().color(Color.ACCENT), active_theme().color(Color.ACCENT)
        faint.setAlpha(RESTING_ALPHA)
        width, ground = self._bar_width, self._ground
        gap = GAP / 2 if width > 3 * GAP else 0.0
        highest = max(self.bars.counts, default=1)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, count in enumerate(self.bars.counts):
            begin, is_pointed = width * number, self._is_pointed(number)
            if is_pointed:
                painter.fillRect(QRectF(begin, 0, width, ground), active_theme().color(Color.ACCENT_SOFT))
            if count:
                top = ground - max(ground * count / highest, LEAST_HEIGHT)
                bar = _bar(begin + gap, begin + width - gap, top, ground)
                # all in one path take ten times as long
                painter.fillPath(bar, ink if is_pointed or number in self._wanted else faint)

    def _paint_dates(self, painter: QPainter) -> None:
        """Write below some bars when they begin, in the middle of each."""
        width, ground = self._bar_width, self._ground
        painter.setPen(QPen(active_theme().color(Color.LINE), 1))
        painter.drawLine(QPointF(0, ground + 0.5), QPointF(self.width(), ground + 0.5))
        painter.setFont(text_font(load_measures().small_size))
        painter.setPen(active_theme().color(Color.MUTED))
        metrics = painter.fontMetrics()
        for place, words in axis_labels(self.bars, width) if self.bars else ():
            long = metrics.horizontalAdvance(words)
            left = min(max(width * (place + 0.5) - long / 2, 0.0), self.width() - long)
            area = QRectF(left, ground, long, AXIS_HEIGHT)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus() and self._cursor is not None:
            painter.setPen(QPen(active_theme().color(Color.TEXT), load_measures().focus_ring))
            area = QRectF(self._bar_width * self._cursor, 1, self._bar_width, self._ground - 2)
            painter.drawRoundedRect(area, RADIUS, RADIUS)


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
