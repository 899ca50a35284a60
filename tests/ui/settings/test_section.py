"""A section of the settings: a column of cards, and what stands around it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.settings.section import GUTTER, WIDEST, Section, explanation
from vibes_desktop.ui.widgets.buttons import Button
from vibes_desktop.ui.widgets.pill import Tone


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(600, 400)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def section(window: QWidget) -> Section:
    """Give a section that fills its window."""
    made = Section("Profiles")
    line = QHBoxLayout(window)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(made)
    window.show()
    return made


def card(height: int = 40) -> QWidget:
    """Make something to put into a section."""
    made = QLabel("card")
    made.setFixedHeight(height)
    return made


def top(section: Section, widget: QWidget) -> int:
    """Tell how far down in the section a widget begins."""
    return widget.mapTo(section, QPoint(0, 0)).y()


def test_cards_stand_under_each_other_in_the_order_they_came(section: Section, qtbot: QtBot) -> None:
    cards = [card() for _ in range(3)]
    for each in cards:
        section.add(each)
    qtbot.waitUntil(lambda: top(section, cards[0]) < top(section, cards[1]) < top(section, cards[2]))
    assert all(section.page.isAncestorOf(each) for each in cards)
    assert section.page.accessibleName() == section.title == "Profiles"


def test_cards_are_as_wide_with_the_scroll_bar_as_without(section: Section, qtbot: QtBot) -> None:
    first, tall = card(), card(2000)
    section.add(first)
    bar = section.page.verticalScrollBar()
    width = section.width() - GUTTER
    qtbot.waitUntil(lambda: not bar.isVisible() and first.width() == width)
    section.add(tall)
    qtbot.waitUntil(lambda: bar.isVisible() and first.width() == width)
    tall.hide()
    qtbot.waitUntil(lambda: not bar.isVisible() and first.width() == width)


def test_on_a_wide_screen_the_column_stays_narrow(window: QWidget, section: Section, qtbot: QtBot) -> None:
    only = card()
    section.add(only)
    window.resize(2000, 400)
    qtbot.waitUntil(lambda: section.width() == WIDEST + GUTTER)
    qtbot.waitUntil(lambda: only.width() == WIDEST)


def test_what_is_fixed_does_not_scroll_away(section: Section, qtbot: QtBot) -> None:
    above, below, tall = card(), card(), card(3000)
    section.add(tall)
    section.fix(above, 0)
    section.fix(below)
    bar = section.page.verticalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: top(section, tall) < 0)
    assert 0 <= top(section, above) < top(section, section.page) < top(section, below)
    assert above.width() == below.width()
    assert not section.page.isAncestorOf(above)


def test_a_notice_appears_above_the_cards_and_can_be_closed(section: Section, qtbot: QtBot) -> None:
    section.add(card())
    assert not section.notice.isVisible()
    section.say(Tone.WARN, "<b>Careful</b>", "It is so.", "It was not so.")
    assert section.notice.isVisible()
    assert section.notice.text == "<b>Careful</b>\nIt is so.\nIt was not so."
    assert section.notice.property("tone") == Tone.WARN.value
    qtbot.waitUntil(lambda: top(section, section.notice) < top(section, section.page))
    [close] = section.notice.findChildren(Button)
    close.click()
    assert not section.notice.isVisible()
    section.say(Tone.OK, "Fine")
    assert section.notice.isVisible()
    assert section.notice.text == "Fine"


def test_it_asks_for_no_focus_of_its_own(section: Section) -> None:
    section.activate()
    assert section.initial_focus() is None
    assert section.page.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_an_explanation_is_plain_text_and_breaks_its_lines(qtbot: QtBot) -> None:
    label = explanation("<b>so</b> and so")
    qtbot.addWidget(label)
    assert label.text() == "<b>so</b> and so"
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.wordWrap()
