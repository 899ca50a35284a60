from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QIcon, QImage
from PySide6.QtWidgets import QApplication

from vibes_desktop.ui.icons import Icon, app_icon, glyph, glyph_font, icon
from vibes_desktop.ui.theme import Color, ThemeName, apply, load_theme

SIZE = QSize(32, 32)


def ink(picture: QImage) -> set[str]:
    """Return the fully opaque colours of a picture."""
    points = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return {picture.pixelColor(x, y).name() for x, y in points if picture.pixelColor(x, y).alpha() == 255}


@pytest.mark.parametrize("name", list(Icon))
def test_every_icon_is_in_the_font(qapp: QApplication, name: Icon) -> None:
    assert QFontMetrics(glyph_font(16)).inFontUcs4(ord(glyph(name)))


def test_an_icon_takes_the_colour_of_its_role_and_follows_the_theme(qapp: QApplication) -> None:
    made = icon(Icon.WARNING, Color.WARN)
    for theme in (load_theme(ThemeName.DARK), load_theme(ThemeName.LIGHT)):
        apply(qapp, theme)
        assert ink(made.pixmap(SIZE).toImage()) == {theme.color(Color.WARN).name()}


def test_checked_and_disabled_icons_have_colours_of_their_own(qapp: QApplication) -> None:
    theme = load_theme(ThemeName.LIGHT)
    made = icon(Icon.PEOPLE, Color.TEXT, Color.ACCENT)
    checked = made.pixmap(SIZE, QIcon.Mode.Normal, QIcon.State.On).toImage()
    disabled = made.pixmap(SIZE, QIcon.Mode.Disabled, QIcon.State.Off).toImage()
    assert ink(checked) == {theme.color(Color.ACCENT).name()}
    assert ink(disabled) == {theme.color(Color.MUTED).name()}


def test_the_programs_own_icon_can_be_drawn(qapp: QApplication) -> None:
    picture = app_icon().pixmap(QSize(64, 64)).toImage()
    assert len(ink(picture)) > 1


def test_neither_svg_nor_network_nor_icon_code_is_loaded_at_start() -> None:
    code = (
        "import sys, vibes_desktop.ui.shell.window\n"
        "print([name for name in ('qtawesome', 'PySide6.QtNetwork', 'PySide6.QtSvg') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
