from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.theme import Color, ThemeName, apply, load_theme
from vibes_desktop.ui.widgets.icon_label import IconLabel


def ink(label: IconLabel) -> set[str]:
    """Return the fully opaque colours of the icon."""
    picture: QImage = label.pixmap().toImage()
    points = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return {picture.pixelColor(x, y).name() for x, y in points if picture.pixelColor(x, y).alpha() == 255}


def test_it_follows_the_theme_and_can_change(qtbot: QtBot, qapp: QApplication) -> None:
    label = IconLabel(Icon.WARNING, Color.WARN, 32)
    qtbot.addWidget(label)
    label.show()
    dark = load_theme(ThemeName.DARK)
    apply(qapp, dark)
    assert ink(label) == {dark.color(Color.WARN).name()}
    label.set_icon(Icon.ERROR, Color.BAD)
    assert ink(label) == {dark.color(Color.BAD).name()}
    assert label.pixmap().deviceIndependentSize().toSize() == label.size()
