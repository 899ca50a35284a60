"""Fields beside each other in one row of a form."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

GAP = 8


def line_of(*widgets: QWidget, stretched: QWidget | None = None) -> QWidget:
    """Put widgets beside each other at the left; one of them may take the room that is left."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(GAP)
    for widget in widgets:
        line.addWidget(widget, 1 if widget is stretched else 0)
    if stretched is None:
        line.addStretch(1)
    return holder
