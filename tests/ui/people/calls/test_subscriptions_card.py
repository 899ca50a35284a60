"""Subscriptions beside the record: one row for each, and what can be done."""

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.subscription import Subscription
from vibes_desktop.ui.people.calls.subscriptions_card import NONE, SubscriptionsCard
from vibes_desktop.ui.times import Times, Zone

ACTIVE = Subscription(obj(subscription_list=obj(id="1"), opt_in_date="2020-03-01T08:00:12Z"))
ENDED = Subscription(
    obj(
        subscription_list=obj(id="1"),
        opt_in_date="2017-01-15T12:00:00Z",
        opt_out_date="2017-02-18T23:30:00Z",
        opt_out_reason="keyword_opt_out",
    )
)


def card_of(qtbot: QtBot, times: Times | None = None) -> SubscriptionsCard:
    card = SubscriptionsCard(times or Times(zone=Zone.UTC))
    qtbot.addWidget(card)
    card.show()
    return card


def texts(card: SubscriptionsCard) -> list[str]:
    return [label.accessibleName() or label.text() for label in card.findChildren(QLabel)]


def links(card: SubscriptionsCard) -> dict[str, QPushButton]:
    return {each.accessibleName(): each for each in card.findChildren(QPushButton) if not each.isHidden()}


def test_who_left_and_rejoined_has_two_rows(qtbot: QtBot) -> None:
    card = card_of(qtbot)
    card.show_subscriptions([ACTIVE, ENDED], {"1": "Weekly deals"})
    assert texts(card).count("Weekly deals") == 2
    assert "since 1 Mar 2020" in texts(card)
    assert "left 18 Feb 2017" in texts(card)
    assert "joined 15 Jan 2017 · they texted a keyword to leave" in texts(card)


def test_one_list_or_all_can_be_stopped(qtbot: QtBot) -> None:
    card = card_of(qtbot)
    card.show_subscriptions([ACTIVE, ENDED], {"1": "Weekly deals"})
    asked: list[object] = []
    card.stop_requested.connect(asked.append)
    links(card)["Stop messages of Weekly deals…"].click()
    links(card)["Stop messages…"].click()
    assert asked == ["1", None]


def test_opting_in_and_asking_why(qtbot: QtBot) -> None:
    card = card_of(qtbot)
    card.show_subscriptions([ENDED], {})
    assert "Stop messages…" not in links(card)
    with qtbot.waitSignal(card.opt_in_requested):
        links(card)["Opt in…"].click()
    with qtbot.waitSignal(card.why_requested):
        links(card)["Why texted?"].click()


def test_a_locked_profile_is_offered_nothing_that_changes_anything(qtbot: QtBot) -> None:
    card = card_of(qtbot)
    card.show_subscriptions([ACTIVE], {})
    card.set_can_change(False)
    qtbot.waitUntil(lambda: list(links(card)) == ["Why texted?"])
    card.set_can_change(True)
    qtbot.waitUntil(lambda: len(links(card)) == 4)


def test_none_and_not_known_are_different(qtbot: QtBot) -> None:
    card = card_of(qtbot)
    card.show_subscriptions([], {})
    assert NONE in texts(card)
    card.show_problem(StorageError("No connection", "", ""))
    qtbot.waitUntil(lambda: "Not known: No connection." in texts(card))
    card.set_can_change(False)
    assert "Not known: No connection." in texts(card)
    card.show_waiting("Reading …")
    qtbot.waitUntil(lambda: "Reading …" in texts(card))


def test_days_follow_the_zone(qtbot: QtBot) -> None:
    times = Times(zone=Zone.UTC)
    card = card_of(qtbot, times)
    nameless = Subscription(obj(opt_in_date="soon"))
    card.show_subscriptions([nameless, ENDED], {})
    assert "A list without an ID" in texts(card)
    assert "since soon" in texts(card)
    times.set_zone(Zone.BOTH)
    qtbot.waitUntil(lambda: any("left" in each for each in texts(card)))
