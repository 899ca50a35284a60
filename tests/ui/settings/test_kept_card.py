"""The room that kept indexes take."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.settings.kept_card import KeptCard


def test_the_room_is_told_and_given_back(bridge: Bridge, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "a.index").write_bytes(b"x" * 2_000_000)
    errors: list[VibesDesktopError] = []
    card = KeptCard(bridge, KeptIndexes(tmp_path), errors.append)
    qtbot.addWidget(card)
    card.show()
    qtbot.waitUntil(lambda: card.amount.text() == "2.0 MB on this computer")
    card.clear_button.click()
    qtbot.waitUntil(lambda: card.amount.text() == "None are kept.")
    assert not card.clear_button.isEnabled()
    assert list(tmp_path.iterdir()) == []
    assert errors == []
