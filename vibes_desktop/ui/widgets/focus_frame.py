"""Frames that show the focus of what they hold, so that a composite field has one ring."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from vibes_desktop.ui.theme import set_style_property


class FocusFrame(QFrame):
    """A frame whose style property `focused` tells whether the focus is inside it."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        _watch()


class _FocusWatch(QObject):
    """Marks frames as the focus moves: one watcher for all, since a filter on each editor would be slow."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        left, entered = _frame_around(old), _frame_around(new)
        if left is not None and left is not entered:
            set_style_property(left, "focused", False)
        if entered is not None:
            set_style_property(entered, "focused", True)


def _watch() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and app.findChild(_FocusWatch) is None:
        _FocusWatch(app)


def _frame_around(widget: QWidget | None) -> FocusFrame | None:
    """Return the nearest frame that holds a widget."""
    while widget is not None and not isinstance(widget, FocusFrame):
        widget = widget.parentWidget()
    return widget
