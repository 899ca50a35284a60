"""The order in which Tab goes through a view: as it stands on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def follow_layout(root: QWidget) -> None:
    """Let Tab follow the layout: widgets that were made later would otherwise come last."""
    stops = list(_stops(root))
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget | None) -> Iterator[QWidget]:
    """List what Tab can reach, in the order of the layouts, hidden ones included."""
    if widget is None:
        return
    if widget.focusProxy() is None and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if isinstance(widget, QScrollArea):
        yield from _stops(widget.widget())
        return
    yield from _in_layout(widget.layout())


def _in_layout(layout: QLayout | None) -> Iterator[QWidget]:
    for index in range(0 if layout is None else layout.count()):
        item = None if layout is None else layout.itemAt(index)
        if item is not None:
            yield from _stops(item.widget())
            yield from _in_layout(item.layout())
