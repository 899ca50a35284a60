"""The head of the pane."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta, timezone

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.ui.callbacks.payload.head import PayloadHead, day_words, told_of
from vibes_desktop.ui.callbacks.payload.identity import identifiers_of
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.times import Times, Zone

Make = Callable[..., Payload]
Event = Callable[..., dict[str, object]]


@pytest.fixture
def privacy() -> Privacy:
    return Privacy()


@pytest.fixture
def times() -> Times:
    return Times(local=timezone(timedelta(hours=-6)))


@pytest.fixture
def head(privacy: Privacy, times: Times, qtbot: QtBot) -> PayloadHead:
    made = PayloadHead(privacy, times)
    made.resize(380, 200)
    qtbot.addWidget(made)
    made.show()
    return made


def show(head: PayloadHead, payload: Payload) -> None:
    head.set_payload(payload, identifiers_of(payload))


def test_it_says_what_the_payload_is_about_and_when(head: PayloadHead, make: Make, removal: Event) -> None:
    show(head, make(removal(2)))
    assert head.sentence.text().startswith("+1 312 555 0143 left list 1234 on 18 Feb 2017")
    assert head.line.text() == "2017-02-18 09:34:52 local · subscription_removed · event E1, attempt 2"
    assert head.line.toolTip() == "2017-02-18 15:34:52 UTC"


def test_it_follows_the_two_switches(
    head: PayloadHead, make: Make, removal: Event, privacy: Privacy, times: Times
) -> None:
    show(head, make(removal()))
    times.set_zone(Zone.UTC)
    assert head.line.text().startswith("2017-02-18 15:34:52 UTC")
    privacy.set_masking(True)
    assert "0143" not in head.sentence.text()


def test_a_payload_without_a_time_of_its_own_tells_when_it_came(make: Make) -> None:
    told = told_of(make({"x": 1}, received_ms=0), Privacy(), Times(local=UTC))
    assert told.line == "received 1970-01-01 00:00:00 local"


def test_a_day_is_that_of_the_windows_zone() -> None:
    milliseconds = 1_487_379_600_000  # 2017-02-18T01:00:00Z
    assert day_words(milliseconds, Times(local=UTC)) == "18 Feb 2017"
    assert day_words(milliseconds, Times(local=timezone(timedelta(hours=-6)))) == "17 Feb 2017"
    assert day_words(10**18, Times(local=UTC)) == "a day that no calendar has"


def test_nobody_can_be_opened_where_nobody_is_named(head: PayloadHead, make: Make, qtbot: QtBot) -> None:
    show(head, make({"callback_type": "wallet_item_install", "wallet_item": {}}))
    assert not head.open_button.isEnabled()
    assert head.open_button.accessibleDescription() == "The payload names no person"
    with qtbot.assertNotEmitted(head.person_wanted):
        head.open_person()


def test_the_menu_offers_the_other_identifiers_and_the_commands(
    head: PayloadHead, make: Make, removal: Event, privacy: Privacy
) -> None:
    wanted: list[Identifier] = []
    head.person_wanted.connect(wanted.append)
    head.set_more(
        (Command("x", "Copy as JSON", lambda: None), Command("y", "Off", lambda: None, enabled=bool))
    )
    show(head, make(removal()))
    menu = head.menu()
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == [
        "Open person by person ID (old) ABC123",
        "Open person by mobile number +13125550143",
        "Copy as JSON",
        "Off",
    ]
    assert not menu.actions()[-1].isEnabled()
    menu.actions()[1].trigger()
    assert [each.value for each in wanted] == ["+13125550143"]
    privacy.set_masking(True)
    assert "5550143" not in head.menu().actions()[1].text()


def test_a_repaired_payload_says_so(head: PayloadHead, make: Make) -> None:
    show(head, make(b'{"callback_type": "person_added", "x": NULL}'))
    assert head._remark.text() == "A strict receiver would not have accepted it."
    assert head._remark.isVisible()
    show(head, make({"callback_type": "person_added"}))
    assert not head._remark.isVisible()
