"""What was opened lately, remembered with the window."""

from __future__ import annotations

import json
from collections.abc import Sequence

from vibes_desktop.ui.shell.window_state import StateStore

KEY = "callbacks/recent"
KEPT = 10
MAX_PATHS = 20  # a longer list of single files is no pile to open once more


class RecentPiles:
    """Piles of paths, newest first."""

    def __init__(self, memory: StateStore) -> None:
        self._memory = memory

    @property
    def piles(self) -> tuple[tuple[str, ...], ...]:
        """All of them."""
        try:
            piles = json.loads(self._memory.get(KEY) or b"[]")
            found = [tuple(str(path) for path in pile) for pile in piles]
        except (ValueError, TypeError):
            return ()
        return tuple(pile for pile in found if pile)

    def add(self, paths: Sequence[str]) -> None:
        """Put what was opened just now in front."""
        if 0 < len(paths) <= MAX_PATHS:
            others = [pile for pile in self.piles if pile != tuple(paths)]
            self._put([tuple(paths), *others[: KEPT - 1]])

    def clear(self) -> None:
        """Forget all."""
        self._put([])

    def _put(self, piles: Sequence[tuple[str, ...]]) -> None:
        self._memory.put(KEY, json.dumps(piles).encode())
