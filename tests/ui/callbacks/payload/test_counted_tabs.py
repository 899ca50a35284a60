"""Tabs with counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.payload.counted_tabs import CountedTabs
from vibes_desktop.ui.theme import Color, active_theme
from vibes_desktop.ui.widgets.pill import Tone


@pytest.fixture
def tabs(qtbot: QtBot) -> CountedTabs:
    made = CountedTabs()
    for title in ("Tree", "Findings", "Repairs"):
        made.addTab(title)
    made.resize(400, 34)
    qtbot.addWidget(made)
    made.show()
    return made


def colors(tabs: CountedTabs) -> set[str]:
    picture = tabs.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


def test_a_count_is_shown_spoken_and_has_its_room(tabs: CountedTabs) -> None:
    before, tint = tabs.tabRect(1).width(), active_theme().color(Color.WARN_SOFT).name()
    assert tint not in colors(tabs)
    tabs.set_count(1, 1_200, Tone.WARN)
    assert tint in colors(tabs)
    assert tabs.tabRect(1).width() > before
    assert tabs.accessibleTabName(1) == "Findings, 1,200"


def test_nothing_is_shown_for_none(tabs: CountedTabs) -> None:
    before = tabs.tabRect(1).width()
    tabs.set_count(1, 3, Tone.BAD)
    tabs.set_count(1, 0)
    assert tabs.tabRect(1).width() == before
    assert tabs.accessibleTabName(1) == "Findings"
    assert tabs.count_at(2) == 0


def test_the_arrows_go_from_tab_to_tab_and_the_focus_is_seen(tabs: CountedTabs, qtbot: QtBot) -> None:
    before = colors(tabs)
    tabs.setFocus()
    qtbot.waitUntil(tabs.hasFocus)
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == 1
    assert active_theme().color(Color.ACCENT).name() in colors(tabs)
    assert before
