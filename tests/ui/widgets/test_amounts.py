"""Amounts with their units."""

from __future__ import annotations

import pytest

from vibes_desktop.ui.widgets.amounts import byte_words, second_words


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_500, "2 kB"), (1_500_000, "1.5 MB"),
     (773_709_234, "774 MB"), (12_345_000_000, "12.3 GB"), (2_000_000_000_000, "2000 GB")],
)  # fmt: skip
def test_bytes_are_written_with_their_unit(count: int, words: str) -> None:
    assert byte_words(count) == words


def test_seconds_are_written_with_their_unit() -> None:
    assert [second_words(seconds) for seconds in (0.0, 0.25, 1.34)] == ["1 ms", "250 ms", "1.3 s"]
