"""Everything about listening in one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from vibes_desktop.ui.callbacks.listening.sheet import NOTE, ListeningSheet

if TYPE_CHECKING:
    from tests.ui.callbacks.listening.conftest import Live

WAIT_MS = 20_000


def test_its_cards_come_to_life_with_the_collection(live: Live) -> None:
    sheet = ListeningSheet(live.bridge, live.desk, None)
    live.qtbot.addWidget(sheet)
    sheet.open()
    assert not sheet.reach.isEnabled()
    sheet.endpoint.toggle.click()
    live.qtbot.waitUntil(lambda: live.desk.status.address is not None, timeout=WAIT_MS)
    live.send("A")
    live.qtbot.waitUntil(lambda: sheet.collection.stored.full_text.startswith("1 callback"), timeout=WAIT_MS)
    assert sheet.reach.isEnabled()
    assert sheet.rehearsal.begin.isEnabled()
    sheet.close_button.click()
    assert live.desk.is_listening


def test_it_says_that_no_sender_is_proven(live: Live) -> None:
    sheet = ListeningSheet(live.bridge, live.desk, None)
    live.qtbot.addWidget(sheet)
    assert NOTE in [label.text() for label in sheet.findChildren(QLabel)]
