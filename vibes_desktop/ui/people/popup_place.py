"""Where a field's popup opens."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

GAP = 4


def popup_place(field: QWidget, size: QSize) -> QPoint:
    """Find the place of a popup: below its field, above where the screen ends there, never off the screen."""
    top = field.mapToGlobal(QPoint(0, 0))
    room = field.screen().availableGeometry()
    place = QRect(QPoint(top.x(), top.y() + field.height() + GAP), size)
    if place.bottom() > room.bottom() and top.y() - GAP - size.height() >= room.top():
        place.moveBottom(top.y() - GAP - 1)
    x = max(room.left(), min(place.left(), room.right() + 1 - size.width()))
    y = max(room.top(), min(place.top(), room.bottom() + 1 - size.height()))
    return QPoint(x, y)
