from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.shell.first_paint import FirstPaint
from vibes_desktop.ui.theme import Color, ThemeName, load_theme

MIDDLE = QPoint(400, 300)


@pytest.mark.parametrize(
    ("theme", "system", "expected"),
    [
        ("dark", "white", ThemeName.DARK),
        ("light", "black", ThemeName.LIGHT),
        ("system", "black", ThemeName.DARK),
        ("", "white", ThemeName.LIGHT),
        ("../light", "black", ThemeName.DARK),
    ],
)
def test_the_ground_is_that_of_the_theme(qtbot: QtBot, theme: str, system: str, expected: ThemeName) -> None:
    owner = FirstPaint("light")
    qtbot.addWidget(owner)
    owner.setPalette(QPalette(QColor(system)))
    bars = FirstPaint(theme, owner)
    bars.resize(800, 600)
    assert bars.grab().toImage().pixelColor(MIDDLE) == load_theme(expected).color(Color.BG)


def test_painting_is_announced_once(qtbot: QtBot) -> None:
    bars = FirstPaint("light")
    qtbot.addWidget(bars)
    with qtbot.waitSignal(bars.painted):
        bars.show()
    with qtbot.assertNotEmitted(bars.painted, wait=0):
        bars.repaint()
