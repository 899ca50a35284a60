"""Icons: glyphs of the Phosphor font that QtAwesome ships, in the colour of a role.

Importing QtAwesome costs 110 ms and its first icon 30 ms more; its font alone loads in 7 ms.
That is why the font is opened here and QtAwesome's code is left alone.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from vibes_desktop.ui.resources import resources_dir
from vibes_desktop.ui.theme import Color, active_theme


class Icon(StrEnum):
    """The icons in use, by their Phosphor names."""

    PEOPLE = "users"
    PERSON = "user"
    ADD_PERSON = "user-plus"
    CALLBACKS = "arrows-left-right"
    HISTORY = "clock-counter-clockwise"
    SETTINGS = "gear-six"
    SEARCH = "magnifying-glass"
    COPY = "copy"
    CHECK = "check"
    CLOSE = "x"
    ADD = "plus"
    REMOVE = "minus"
    DELETE = "trash"
    EDIT = "pencil-simple"
    UNDO = "arrow-counter-clockwise"
    REFRESH = "arrows-clockwise"
    MORE = "dots-three"
    DOWN = "caret-down"
    UP = "caret-up"
    LEFT = "caret-left"
    RIGHT = "caret-right"
    ARROW_RIGHT = "arrow-right"
    LOCKED = "lock-simple"
    UNLOCKED = "lock-simple-open"
    INFO = "info"
    WARNING = "warning"
    ERROR = "warning-circle"
    OK = "check-circle"
    OPEN = "folder-open"
    EXPORT = "export"
    IMPORT = "download-simple"
    PANE = "columns"
    FILTER = "funnel"
    SHOW = "eye"
    HIDE = "eye-slash"
    EXTERNAL = "arrow-square-out"
    KEY = "key"
    CALENDAR = "calendar-blank"
    HELP = "question"


def icon(name: Icon, role: Color = Color.MUTED, active: Color | None = None) -> QIcon:
    """Return an icon that takes its role's colour anew at each paint; `active` is for the checked state."""
    return QIcon(_GlyphEngine(glyph(name), role, active or role))


def draw_icon(painter: QPainter, rect: QRect, name: Icon, role: Color) -> None:
    """Paint an icon into a rectangle."""
    painter.setFont(glyph_font(min(rect.width(), rect.height())))
    painter.setPen(active_theme().color(role))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, glyph(name))


def app_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(resources_dir() / "icons" / "vibes-desktop.svg"))


def glyph(name: Icon) -> str:
    """Return the character that shows an icon in the icon font."""
    return _glyphs()[name]


def glyph_font(pixels: int) -> QFont:
    """Return the icon font; call once a QApplication exists."""
    font = QFont(_family())
    font.setPixelSize(max(pixels, 1))
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    return font


@cache
def _glyphs() -> dict[Icon, str]:
    codes = json.loads(_font_file("phosphor-charmap-*.json").read_text(encoding="utf-8"))
    return {name: chr(int(codes[name.value], 16)) for name in Icon}


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_font_file("phosphor-*.ttf")))
    return QFontDatabase.applicationFontFamilies(number)[0]


def _font_file(pattern: str) -> Path:
    """Find one of QtAwesome's font files; raises FileNotFoundError when it was left out of a package."""
    spec = find_spec("qtawesome")
    folders = [] if spec is None else list(spec.submodule_search_locations or [])
    for folder in folders:
        for file in sorted((Path(folder) / "fonts").glob(pattern)):
            return file
    raise FileNotFoundError(f"the icon font {pattern} of QtAwesome")


class _GlyphEngine(QIconEngine):
    """Paints one glyph; holds roles rather than colours, so that icons follow the theme."""

    def __init__(self, character: str, role: Color, active: Color) -> None:
        super().__init__()
        self._character = character
        self._role = role
        self._active = active

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = self._active if state is QIcon.State.On else self._role
        if mode is QIcon.Mode.Disabled:
            role = Color.MUTED
        painter.save()
        painter.setFont(glyph_font(rect.height()))
        painter.setPen(active_theme().color(role))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._character)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        return pixmap

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._character, self._role, self._active)
