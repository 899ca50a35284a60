"""Finds texts that have less room than they need."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from vibes_desktop.ui.widgets.labels import ElidedLabel


def cut_off(window: QWidget) -> list[str]:
    """Tell of every visible label and button that is too small for its text."""
    return [words for each in window.findChildren(QWidget) if each.isVisible() for words in _cut(each)]


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, ElidedLabel):
        return
    if isinstance(widget, QLabel) and widget.text():
        yield from _of_label(widget)
    elif isinstance(widget, QAbstractButton) and widget.text():
        needed = widget.minimumSizeHint()
        if widget.width() < needed.width() or widget.height() < needed.height():
            yield f"the button {widget.text()!r} is cut off"


def _of_label(label: QLabel) -> Iterator[str]:
    room = label.contentsRect()
    if label.wordWrap():
        if label.height() < label.heightForWidth(label.width()):
            yield f"{label.text()!r} is cut off at the bottom"
    elif label.fontMetrics().horizontalAdvance(max(label.text().split("\n"), key=len)) > room.width() + 1:
        yield f"{label.text()!r} is cut off at the end"
