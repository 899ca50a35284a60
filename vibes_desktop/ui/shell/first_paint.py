"""What the window shows until its content is there: the bars' surfaces, empty.

The first paint waits for this module, so it is light: it reads colours and measures from their files
without the theme's module, and leaves Qt's namespace alone, which takes 12 ms to import.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.resources import resources_dir

NAMED = ("light", "dark")  # themes that have a file; with any other choice the system decides
MIDDLE_GREY = 128  # lightness


class Lengths(NamedTuple):
    """The bars' measures, in logical pixels."""

    frame_edge: int
    top_bar: int
    rail_width: int
    status_bar: int


class FirstPaint(QWidget):
    """The ground, and on it the top bar, the rail and the status bar with their hairlines."""

    painted = Signal()  # for the first time

    def __init__(self, theme: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = theme if theme in NAMED else _theme_of_system(self)
        colors = _read(name)["colors"]
        self._ground, self._surface, self._line = (QColor(colors[role]) for role in ("bg", "surface", "line"))
        measures = _read("measures")
        self._lengths = Lengths(*(measures[length] for length in Lengths._fields))
        self._was_painted = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._ground)
            for bar, hairline in self._bars():
                painter.fillRect(bar, self._surface)
                painter.fillRect(hairline, self._line)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # once it has reached the screen

    def _bars(self) -> tuple[tuple[QRect, QRect], ...]:
        """Return each bar with its hairline."""
        edge, top, rail, status = self._lengths
        width, foot = self.width(), self.height() - status
        head = edge + top
        return (
            (QRect(0, edge, width, top), QRect(0, head - 1, width, 1)),
            (QRect(0, head, rail, foot - head), QRect(rail - 1, head, 1, foot - head)),
            (QRect(0, foot, width, status), QRect(0, foot, width, 1)),
        )


def _theme_of_system(widget: QWidget) -> str:
    return "dark" if widget.palette().window().color().lightness() < MIDDLE_GREY else "light"


def _read(name: str) -> Any:
    return json.loads((resources_dir() / "themes" / f"{name}.json").read_bytes())
