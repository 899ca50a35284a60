"""The lines of the connection test."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from vibes_desktop.ui.settings.ladder_card import LadderCard


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
    card.begin()
    assert card.text == ""
