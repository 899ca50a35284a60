"""What was opened lately."""

from __future__ import annotations

import pytest

from vibes_desktop.ui.callbacks.recent_piles import KEPT, KEY, MAX_PATHS, RecentPiles


class Memory(dict[str, bytes]):
    """Pieces of state by name."""

    def put(self, key: str, value: bytes) -> None:
        """Keep a value under a key."""
        self[key] = value


def test_the_newest_stands_first_and_once() -> None:
    recent = RecentPiles(Memory())
    recent.add(["a"])
    recent.add(["b", "c"])
    recent.add(["a"])
    assert recent.piles == (("a",), ("b", "c"))
    recent.clear()
    assert len(recent.piles) == 0


def test_no_more_are_kept_than_fit_a_menu() -> None:
    recent = RecentPiles(Memory())
    for number in range(KEPT + 5):
        recent.add([str(number)])
    assert len(recent.piles) == KEPT
    recent.add([str(number) for number in range(MAX_PATHS + 1)])
    recent.add([])
    assert len(recent.piles) == KEPT
    assert all(len(pile) == 1 for pile in recent.piles)


@pytest.mark.parametrize("data", [b"{", b"1", b"[1]", b"[[]]"])
def test_damage_reads_as_nothing(data: bytes) -> None:
    assert RecentPiles(Memory({KEY: data})).piles == ()
