"""Pasted text on its way into the viewer."""

from __future__ import annotations

from vibes_desktop.ui.callbacks.pasting import throw_away, written_down


def test_pasted_text_is_for_this_user_alone() -> None:
    place = written_down('{"a": "\ud800"}')
    assert place.read_bytes() == b'{"a": "\xed\xa0\x80"}'
    assert place.stat().st_mode & 0o077 == place.parent.stat().st_mode & 0o077 == 0
    throw_away(place)
    assert not place.parent.exists()
    throw_away(place)
