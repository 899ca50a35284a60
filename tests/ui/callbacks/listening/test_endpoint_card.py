"""The endpoint's card: state, address, counts, and a new path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vibes_desktop.ui.callbacks.listening.endpoint_card import NO_ADDRESS, NONE_REFUSED, EndpointCard

if TYPE_CHECKING:
    from tests.ui.callbacks.listening.conftest import Live

WAIT_MS = 20_000


def made(live: Live, calls: list[str] | None = None) -> EndpointCard:
    """Make the card; `calls` hears of registrations."""
    card = EndpointCard(live.desk, None if calls is None else lambda: calls.append("register"))
    live.qtbot.addWidget(card)
    card.show()
    return card


def test_it_starts_and_stops(live: Live) -> None:
    card = made(live)
    assert card.address.full_text == NO_ADDRESS
    assert card.copy.isHidden()
    card.toggle.click()
    live.qtbot.waitUntil(lambda: card.toggle.text() == "Stop" and card.toggle.isEnabled(), timeout=WAIT_MS)
    assert card.address.full_text == live.address
    card.toggle.click()
    live.qtbot.waitUntil(lambda: card.toggle.text() == "Listen" and card.toggle.isEnabled(), timeout=WAIT_MS)
    assert card.state.text() == "Not listening"


def test_it_counts_what_was_stored_and_refused(live: Live) -> None:
    card = made(live)
    live.start()
    assert card.refused.text() == NONE_REFUSED
    live.send("A")
    live.send("A", host="tunnel.example.com")
    live.qtbot.waitUntil(lambda: card.received.full_text.startswith("1 · "), timeout=WAIT_MS)
    live.qtbot.waitUntil(lambda: card.refused.text().startswith("1 · "), timeout=WAIT_MS)


def test_the_path_is_renewed_once_that_was_meant(live: Live) -> None:
    card = made(live)
    former = live.start()
    card.renew.click()
    assert card.sure.isVisible()
    assert card.renew.isHidden()
    card.sure.click()
    live.qtbot.waitUntil(lambda: card.address.full_text not in {former, NO_ADDRESS}, timeout=WAIT_MS)
    assert card.sure.isHidden()
    assert not card.renew.isHidden()


def test_registrations_need_somebody_signed_in(live: Live) -> None:
    assert not made(live).register.isEnabled()
    calls: list[str] = []
    made(live, calls).register.click()
    assert calls == ["register"]
