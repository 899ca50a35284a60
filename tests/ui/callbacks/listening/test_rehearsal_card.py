"""Answers are rehearsed from the card, and ended there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.ui.callbacks.listening.rehearsal_card import RehearsalCard

if TYPE_CHECKING:
    from tests.ui.callbacks.listening.conftest import Live

WAIT_MS = 20_000


def test_it_begins_and_ends(live: Live) -> None:
    card = RehearsalCard(live.desk)
    live.qtbot.addWidget(card)
    assert not card.begin.isEnabled()
    live.start()
    card.status.setValue(500)
    card.every.setValue(2)
    assert "One delivery in 2 is answered 500" in card.words.text()
    card.begin.click()
    live.qtbot.waitUntil(lambda: live.desk.status.rehearsal == Rehearsal(500, 0.0, 2), timeout=WAIT_MS)
    assert sorted([live.send("A"), live.send("B")]) == [200, 500]
    assert not card.status.isEnabled()
    other = RehearsalCard(live.desk)
    live.qtbot.addWidget(other)
    assert other.rehearsal == Rehearsal(500, 0.0, 2)
    card.begin.click()
    live.qtbot.waitUntil(lambda: live.desk.status.rehearsal is None, timeout=WAIT_MS)
    assert card.status.isEnabled()
    live.wait_for_rows(2)
