"""Spans of time in words."""

from __future__ import annotations

import pytest

from vibes_desktop.ui.callbacks.payload.gaps import gap_words


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [
        (0, "0 ms"),
        (999, "999 ms"),
        (1_000, "1 s"),
        (252_000, "4 min 12 s"),
        (240_000, "4 min"),
        (-252_000, "4 min 12 s"),
        (3_600_000, "1 h"),
        (3_605_000, "1 h"),
        (86_400_000, "1 day"),
        (2 * 86_400_000 + 3 * 3_600_000 + 5, "2 days 3 h"),
    ],
)
def test_two_units_are_enough(milliseconds: int, words: str) -> None:
    assert gap_words(milliseconds) == words
