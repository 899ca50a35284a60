"""What callbacks say, beside the record."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.heard import Heard, HeardCallback
from vibes_desktop.ui.people.calls.heard_card import NONE_OPEN, SHOWN, HeardCard
from vibes_desktop.ui.times import Times, Zone

ONE = HeardCallback(datetime(2018, 1, 1, 12, tzinfo=UTC), "subscription_added", "Ana joined.")
TIMELESS = HeardCallback(None, "person_updated", "Ana changed.")


def card_of(qtbot: QtBot) -> HeardCard:
    card = HeardCard(Times(zone=Zone.UTC))
    qtbot.addWidget(card)
    card.show()
    return card


def texts(card: HeardCard) -> list[str]:
    return [each.accessibleName() or each.text() for each in card.findChildren(QLabel) if each.isVisible()]


def test_none_open_leads_to_opening_some(qtbot: QtBot) -> None:
    card = card_of(qtbot)
    assert NONE_OPEN in texts(card)
    with qtbot.waitSignal(card.callbacks_requested):
        card.findChildren(QPushButton)[0].click()


def test_the_latest_come_first_and_say_nothing_of_the_person(qtbot: QtBot) -> None:
    card = card_of(qtbot)
    card.show_heard(Heard((ONE, TIMELESS), "july.jsonl"))
    qtbot.waitUntil(lambda: "1 Jan 2018" in texts(card))
    shown = texts(card)
    assert shown.index("person_updated") < shown.index("subscription_added")
    assert "no time" in shown
    assert "Ana" not in "".join(shown)


def test_many_end_in_a_link_to_all(qtbot: QtBot) -> None:
    card = card_of(qtbot)
    card.show_heard(Heard((ONE,) * (SHOWN + 1), "july.jsonl"))
    qtbot.waitUntil(lambda: texts(card).count("subscription_added") == SHOWN)
    assert any("Show all 6" in each.text() for each in card.findChildren(QPushButton))


def test_nothing_and_not_known_are_different(qtbot: QtBot) -> None:
    card = card_of(qtbot)
    card.show_heard(Heard((), "july.jsonl", is_complete=False))
    qtbot.waitUntil(lambda: "Nothing in july.jsonl so far." in texts(card))
    card.show_problem(StorageError("Gone", "", ""))
    qtbot.waitUntil(lambda: "Not known: Gone." in texts(card))
