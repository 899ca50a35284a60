"""Who can reach the endpoint: address, port, names."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from vibes_desktop.ui.callbacks.listening.reach_card import EVERYWHERE, HERE, ReachCard
from vibes_desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from tests.ui.callbacks.listening.conftest import Live

WAIT_MS = 20_000


def made(live: Live) -> ReachCard:
    """Make the card over an endpoint that is known."""
    card = ReachCard(live.desk)
    live.qtbot.addWidget(card)
    card.show()
    assert not card.isEnabled()
    live.desk.prepare()
    live.qtbot.waitUntil(card.isEnabled, timeout=WAIT_MS)
    return card


def test_it_moves_to_another_port_while_it_listens(live: Live) -> None:
    card = made(live)
    former = live.start()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    card.port.setValue(port)
    card.apply.click()
    live.qtbot.waitUntil(lambda: f":{port}/" in (live.desk.status.address or ""), timeout=WAIT_MS)
    assert live.address.rpartition("/")[2] == former.rpartition("/")[2]
    assert live.send("A") == 200


def test_every_network_is_warned_of(live: Live) -> None:
    card = made(live)
    assert card.where.currentText() == HERE
    assert not card.warning.isVisible()
    card.where.setCurrentText(EVERYWHERE)
    assert card.warning.isVisible()


def test_names_are_allowed_and_removed(live: Live) -> None:
    card = made(live)
    card.host.setText("tunnel.example.com")
    card.add_host.click()
    live.qtbot.waitUntil(lambda: bool(removers(card)), timeout=WAIT_MS)
    assert not card.host.text()
    live.start()
    assert live.send("A", host="tunnel.example.com") == 200
    removers(card)[0].click()
    live.qtbot.waitUntil(lambda: live.send("A", host="tunnel.example.com") == 503, timeout=WAIT_MS)


def test_a_name_that_is_none_is_said_beside_it(live: Live) -> None:
    card = made(live)
    card.host.setText("no host!")
    card.add_host.click()
    assert card.host_row.error_text
    endpoint = live.desk.endpoint
    assert endpoint is not None
    assert not endpoint.allowed_hosts


def removers(card: ReachCard) -> list[Button]:
    """Find the buttons that take a name away."""
    found = card.findChildren(Button)
    return [each for each in found if each.accessibleName().startswith("Remove ") and each.isVisible()]
