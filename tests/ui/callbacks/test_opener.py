"""Opening in the background."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.opener import Opened, Opener, empty_collection, written_down


def test_files_are_opened_off_the_windows_thread(bridge: Bridge, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text('{"callback_type": "person_added"}')
    got: list[Opened] = []
    opener = Opener(bridge, None)
    opener.start([str(tmp_path)], got.append, lambda error: None)
    was_busy = opener.is_busy
    qtbot.waitUntil(lambda: bool(got))
    assert len(got[0].collection) == 1
    assert was_busy
    assert not opener.is_busy
    got[0].collection.close()


def test_an_empty_collection_has_no_rows() -> None:
    assert len(empty_collection()) == 0


def test_pasted_text_is_for_this_user_alone() -> None:
    place = written_down('{"a": "\ud800"}')
    assert place.read_bytes() == b'{"a": "\xed\xa0\x80"}'
    assert place.stat().st_mode & 0o077 == 0
    place.unlink()
