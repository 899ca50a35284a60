"""A labelled field in a sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from vibes_desktop.ui.widgets.labels import TextRole, plain_label

LABEL_WIDTH = 130


def labelled(words: str, *fields: QWidget) -> QWidget:
    """Put a label in front of a field, and what belongs to it behind."""
    holder = QWidget()
    label = plain_label(words, TextRole.MUTED)
    label.setMinimumWidth(LABEL_WIDTH)
    label.setBuddy(fields[0])
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    line.addWidget(label)
    for place, field in enumerate(fields):
        line.addWidget(field, 0 if place else 1)
    return holder


def stacked(*widgets: QWidget, spacing: int = 8) -> QWidget:
    """Put widgets under each other."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    for widget in widgets:
        column.addWidget(widget)
    return holder


def muted(words: str) -> QLabel:
    """Make a sentence that stands back."""
    return plain_label(words, TextRole.MUTED, wrap=True)
