"""A bar of tabs, some with a count beside their title."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from vibes_desktop.ui.theme import Color, active_theme, load_measures, text_font
from vibes_desktop.ui.widgets.pill import Tone

SIDE = 8  # pixels left and right of a title, where there is room
LEAST_SIDE = 3
FIRST = 6  # pixels more before the first one, which then stands below the head's text
GAP = 5
HEIGHT = 34
PILL_HEIGHT = 18
PILL_SIDE = 6
_COLORS = {
    Tone.NEUTRAL: (Color.MUTED, Color.SUNKEN),
    Tone.OK: (Color.OK, Color.OK_SOFT),
    Tone.WARN: (Color.WARN, Color.WARN_SOFT),
    Tone.BAD: (Color.BAD, Color.BAD_SOFT),
    Tone.ACCENT: (Color.ACCENT, Color.ACCENT_SOFT),
}


class CountedTabs(QTabBar):
    """Qt's own bar leaves more room around a count than a narrow pane has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[int, tuple[int, Tone]] = {}
        self.setExpanding(False)
        self.setMouseTracking(True)

    def set_count(self, index: int, count: int, tone: Tone = Tone.NEUTRAL) -> None:
        """Show a count at a tab; none for 0."""
        self._counts[index] = (count, tone)
        title = self.tabText(index)
        self.setAccessibleTabName(index, f"{title}, {count:,}" if count else title)
        self.setTabText(index, title)  # has the sizes measured anew
        self.update()

    def count_at(self, index: int) -> int:
        """Give the count that a tab shows."""
        return self._counts.get(index, (0, Tone.NEUTRAL))[0]

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._content_width(index) + 2 * self._side(), HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index in filter(self.isTabVisible, range(self.count())):
                self._paint_tab(painter, index)

    def _content_width(self, index: int) -> int:
        title = QFontMetrics(_font(is_current=True)).horizontalAdvance(self.tabText(index))
        count = self.count_at(index)
        return (FIRST if index == 0 else 0) + title + (GAP + _pill_width(count) if count else 0)

    def _side(self) -> int:
        """Stand closer in a narrow pane, so that every tab is in sight."""
        tabs = [index for index in range(self.count()) if self.isTabVisible(index)]
        left = (self.parentWidget() or self).width() - sum(map(self._content_width, tabs))
        return max(LEAST_SIDE, min(SIDE, left // (2 * len(tabs)))) if tabs else SIDE

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        theme, area = active_theme(), self.tabRect(index)
        if index == 0:
            area.setLeft(area.left() + FIRST)
        is_current = index == self.currentIndex()
        is_hovered = area.contains(self.mapFromGlobal(self.cursor().pos()))
        color = Color.ACCENT if is_current else Color.TEXT if is_hovered else Color.MUTED
        font = _font(is_current=is_current)
        painter.setFont(font)
        painter.setPen(theme.color(color))
        side = self._side()
        room = area.adjusted(side, 0, -side, 0)
        painter.drawText(
            room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.tabText(index)
        )
        if self.count_at(index):
            self._paint_count(painter, room, index)
        if is_current and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setColor(theme.color(Color.ACCENT))
            pen.setWidth(load_measures().focus_ring)
            painter.setPen(pen)
            painter.drawRoundedRect(area.adjusted(2, 4, -2, -4), 4, 4)

    def _paint_count(self, painter: QPainter, room: QRect, index: int) -> None:
        count, tone = self._counts[index]
        color, ground = (active_theme().color(role) for role in _COLORS[tone])
        width = _pill_width(count)
        box = QRectF(room.right() - width + 1, room.center().y() - PILL_HEIGHT / 2 + 0.5, width, PILL_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, PILL_HEIGHT / 2, PILL_HEIGHT / 2)
        painter.setFont(text_font(load_measures().small_size))
        painter.setPen(color)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{count:,}")


def _font(*, is_current: bool) -> QFont:
    return text_font(weight=QFont.Weight.DemiBold if is_current else QFont.Weight.Normal)


def _pill_width(count: int) -> int:
    width = QFontMetrics(text_font(load_measures().small_size)).horizontalAdvance(f"{count:,}")
    return max(PILL_HEIGHT, width + 2 * PILL_SIDE)
