"""Soft shadows under what floats over a page, painted: an effect would redraw all it covers."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from vibes_desktop.ui.theme import active_theme

STRENGTH_LIGHT = 5  # alpha of one layer, of 255
STRENGTH_DARK = 14
STEP = 2


def paint_shadow(painter: QPainter, outer: QRect, depth: int, radius: int) -> None:
    """Paint a shadow that fades over `depth` pixels inside `outer`, a little lower than what casts it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, STRENGTH_DARK if active_theme().dark else STRENGTH_LIGHT))
    for inset in range(0, depth, STEP):
        area = QRectF(outer).adjusted(inset, min(inset + depth / 3, depth), -inset, -inset)
        painter.drawRoundedRect(area, radius + depth - inset, radius + depth - inset)
