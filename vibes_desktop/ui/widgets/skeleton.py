"""Skeletons: the still outline of rows that are on their way."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vibes_desktop.ui.theme import Color, active_theme, load_measures
from vibes_desktop.ui.widgets.form import LABEL_WIDTH, SIDE_MARGIN

BAR_HEIGHT = 10
_LABEL_SHARES = (0.45, 0.7, 0.55, 0.35, 0.6)


class Skeleton(QWidget):
    """Rows of quiet bars in the proportions of a form; nothing moves."""

    def __init__(self, rows: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setAccessibleName("Loading")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(400, self._rows * load_measures().form_row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = active_theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color(Color.SUNKEN))
            painter.setBrush(theme.color(Color.SUNKEN))
            for row in range(self._rows):
                self._paint_row(painter, row)

    def _paint_row(self, painter: QPainter, row: int) -> None:
        height = load_measures().form_row
        middle = row * height + height / 2
        label = LABEL_WIDTH * _LABEL_SHARES[row % len(_LABEL_SHARES)]
        painter.drawRoundedRect(QRectF(SIDE_MARGIN, middle - BAR_HEIGHT / 2, label, BAR_HEIGHT), 4, 4)
        field = QRectF(
            SIDE_MARGIN + LABEL_WIDTH, middle - 14, self.width() - 2 * SIDE_MARGIN - LABEL_WIDTH, 28
        )
        painter.drawRoundedRect(field, 6, 6)
