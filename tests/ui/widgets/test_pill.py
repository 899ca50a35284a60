from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from pytestqt.qtbot import QtBot

from vibes_desktop.model.profile import Safety
from vibes_desktop.ui.theme import Color, active_theme
from vibes_desktop.ui.widgets.pill import Pill, SafetyPill, Tone

GROUNDS = {
    Tone.NEUTRAL: Color.SUNKEN,
    Tone.OK: Color.OK_SOFT,
    Tone.WARN: Color.WARN_SOFT,
    Tone.BAD: Color.BAD_SOFT,
    Tone.ACCENT: Color.ACCENT_SOFT,
}


@pytest.mark.parametrize("tone", list(Tone))
def test_the_tone_gives_the_colours(qtbot: QtBot, tone: Tone) -> None:
    pill = Pill("2 active lists", tone)
    qtbot.addWidget(pill)
    pill.show()
    assert pill.grab().toImage().pixelColor(5, 9) == active_theme().color(GROUNDS[tone])


def test_the_status_can_change(qtbot: QtBot) -> None:
    pill = Pill("waiting")
    qtbot.addWidget(pill)
    pill.show()
    pill.set_status("<b>bad</b>\n", Tone.BAD)
    assert pill.text() == "<b>bad</b>↵"
    assert pill.textFormat() is Qt.TextFormat.PlainText
    assert pill.palette().color(QPalette.ColorRole.WindowText) == active_theme().color(Color.BAD)


@pytest.mark.parametrize("safety", list(Safety))
def test_the_level_is_a_word_on_its_colour(qtbot: QtBot, safety: Safety) -> None:
    pill = SafetyPill(Safety.SANDBOX)
    qtbot.addWidget(pill)
    pill.show()
    pill.set_safety(safety)
    assert pill.text() == safety.name
    assert pill.grab().toImage().pixelColor(7, 12) == active_theme().frame(safety)
