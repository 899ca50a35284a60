"""Paints the rows in sight in one go: asking Qt for each cell would cost ten times as much."""

from __future__ import annotations

from PySide6.QtCore import QLine, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from vibes_desktop.ui.callbacks.row_state import Badge
from vibes_desktop.ui.callbacks.table_columns import TRAITS, Field
from vibes_desktop.ui.callbacks.table_model import PayloadModel
from vibes_desktop.ui.icons import draw_icon
from vibes_desktop.ui.theme import Color, Theme, active_theme, load_measures, mono_font, text_font
from vibes_desktop.ui.widgets.pill import Tone

CELL_PADDING = 8
PILL_HEIGHT = 18
PILL_PADDING = 7
PILL_GAP = 4
ICON_SIZE = 11
_COLORS = {
    Tone.NEUTRAL: (Color.MUTED, Color.SUNKEN),
    Tone.OK: (Color.OK, Color.OK_SOFT),
    Tone.WARN: (Color.WARN, Color.WARN_SOFT),
    Tone.BAD: (Color.BAD, Color.BAD_SOFT),
    Tone.ACCENT: (Color.ACCENT, Color.ACCENT_SOFT),
}


class RowPainter:
    """Fonts, colours and measures for one paint event."""

    def __init__(self, painter: QPainter, model: PayloadModel) -> None:
        self._painter = painter
        self._model = model
        self._theme: Theme = active_theme()
        self._fonts = {False: text_font(load_measures().mono_size), True: mono_font()}  # of one size in a row
        self._metrics = {mono: QFontMetrics(font) for mono, font in self._fonts.items()}
        self._pill_font = text_font(load_measures().small_size)
        self._pill_metrics = QFontMetrics(self._pill_font)

    def grounds(self, areas: list[QRect]) -> None:
        """Tint rows that are selected."""
        for area in areas:
            self._painter.fillRect(area, self._theme.color(Color.ACCENT_SOFT))

    def lines(self, bottoms: list[int], width: int) -> None:
        """Draw the hairline under each row."""
        self._painter.setPen(self._theme.color(Color.LINE))
        self._painter.drawLines([QLine(0, bottom, width, bottom) for bottom in bottoms])

    def column(self, field: Field, area: QRect, cells: list[tuple[int, int]]) -> None:
        """Paint one column: `cells` are tops and row ids, `area` gives left, width and height."""
        if field is Field.STATE:
            for top, row in cells:
                self._pills(QRect(area.left(), top, area.width(), area.height()), row)
            return
        is_mono = TRAITS[field].is_mono
        align = Qt.AlignmentFlag.AlignRight if TRAITS[field].is_number else Qt.AlignmentFlag.AlignLeft
        flags = int(align | Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine.value
        painter, metrics, model = self._painter, self._metrics[is_mono], self._model
        ends_matter = TRAITS[field].ends_matter
        mode = Qt.TextElideMode.ElideMiddle if ends_matter else Qt.TextElideMode.ElideRight
        painter.setFont(self._fonts[is_mono])
        painter.setPen(self._theme.color(Color.TEXT))
        left, width, height = area.left() + CELL_PADDING, area.width() - 2 * CELL_PADDING, area.height()
        for top, row in cells:
            text = model.shown(row, field)
            if text:
                if metrics.horizontalAdvance(text) > width:
                    text = metrics.elidedText(text, mode, width)
                painter.drawText(QRect(left, top, width, height), flags, text)

    def focus(self, area: QRect, cell: QRect) -> None:
        """Draw the ring around the row that has the focus, and mark its cell."""
        ring, color = load_measures().focus_ring, self._theme.color(Color.ACCENT)
        for side in (
            QRect(area.left(), area.top(), area.width(), ring),
            QRect(area.left(), area.bottom() - ring, area.width(), ring),
            QRect(area.left(), area.top(), ring, area.height()),
            QRect(area.right() - ring + 1, area.top(), ring, area.height()),
            QRect(cell.left() + CELL_PADDING, cell.bottom() - ring - 2, cell.width() - 2 * CELL_PADDING, 1),
        ):
            self._painter.fillRect(side, color)

    def _pills(self, area: QRect, row: int) -> None:
        left = area.left() + CELL_PADDING
        for badge in self._model.cells.badges(row):
            room = area.right() - CELL_PADDING - left
            if room < PILL_HEIGHT + ICON_SIZE:
                return
            left += self._pill(left, area, badge, room) + PILL_GAP

    def _pill(self, left: int, area: QRect, badge: Badge, room: int) -> int:
        """Paint one state; returns how wide it is."""
        color, ground = _COLORS[badge.tone]
        before = PILL_PADDING + ICON_SIZE + 3
        text = self._pill_metrics.elidedText(
            badge.text, Qt.TextElideMode.ElideRight, room - before - PILL_PADDING
        )
        width = before + self._pill_metrics.horizontalAdvance(text) + PILL_PADDING
        top = area.top() + (area.height() - PILL_HEIGHT) // 2
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(ground))
        painter.drawRoundedRect(QRectF(left, top, width, PILL_HEIGHT), PILL_HEIGHT / 2, PILL_HEIGHT / 2)
        icon_top = top + (PILL_HEIGHT - ICON_SIZE) // 2
        draw_icon(painter, QRect(left + PILL_PADDING, icon_top, ICON_SIZE, ICON_SIZE), badge.icon, color)
        painter.setFont(self._pill_font)
        painter.setPen(self._theme.color(color))
        box = QRectF(left + before, top, width - before, PILL_HEIGHT)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        return width
