"""The lines of the connection test."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.settings.ladder_card import LadderCard
from vibes_desktop.ui.widgets.buttons import Button


def test_lines_appear_one_after_the_other_and_go_with_the_next_test(qtbot: QtBot) -> None:
    card = LadderCard()
    qtbot.addWidget(card)
    card.show()
    card.begin()
    card.add_rung("Address", "found", "", ok=True)
    card.add_rung("Sign-in", "<b>refused</b>", "Check the password.", ok=False)
    assert card.text == "Address\nfound\nSign-in\n<b>refused</b>\nCheck the password."
    names = [line.accessibleName() for line in card._lines]
    assert names == ["Address: passed. found", "Sign-in: failed. <b>refused</b> Check the password."]
    card.add_words("It stopped there.")
    assert card.text.endswith("\nIt stopped there.")
    card.begin()
    assert card.text == ""


def test_it_comes_into_view_with_a_test_and_can_be_closed(qtbot: QtBot) -> None:
    window = QWidget()
    card = LadderCard(window)
    qtbot.addWidget(window)
    window.show()
    assert not card.isVisible()
    card.begin()
    assert card.isVisible()
    [close] = card.findChildren(Button)
    close.click()
    assert not card.isVisible()
