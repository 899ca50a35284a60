"""Opening files in the background: what came of it is handed over on the window's thread."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import merged
from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.callbacks.pile import Pile
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge, Task

PASTED = "pasted text"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far opening has come; `bytes_total` may be 0 as long as nobody knows it."""

    bytes_done: int
    bytes_total: int
    rows: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Opened:
    """What is open now, and how long it took to index."""

    collection: Collection
    seconds: float


def empty_collection() -> Collection:
    """Make one with nothing in it."""
    return Collection(merged([]), [], Pile([]))


class Opener:
    """Opens one pile of files at a time."""

    def __init__(self, bridge: Bridge, kept: KeptIndexes | None) -> None:
        self._bridge = bridge
        self._kept = kept
        self._task: Task[Opened] | None = None

    @property
    def is_busy(self) -> bool:
        """Tell whether files are being opened."""
        return self._task is not None and self._task.is_running

    def start(
        self,
        paths: Sequence[str],
        done: Callable[[Opened], object],
        failed: Callable[[VibesDesktopError], object],
    ) -> None:
        """Open these; an opening under way is given up."""
        self.cancel()
        work = asyncio.to_thread(self._open, tuple(paths))
        self._task = self._bridge.start(work, done, failed, title="Opening files")

    def cancel(self) -> None:
        """Give up what is under way."""
        if self._task is not None:
            self._task.cancel()
        self._task = None

    def _open(self, paths: Sequence[str]) -> Opened:
        begun = time.perf_counter()
        collection = Collection.open(paths, kept=self._kept)
        return Opened(collection, time.perf_counter() - begun)


def written_down(text: str) -> Path:
    """Put pasted text into a file for this user alone."""
    handle, name = tempfile.mkstemp(prefix="vibes-desktop-", suffix=".json")
    with os.fdopen(handle, "wb") as file:
        file.write(text.encode("utf-8", "surrogatepass"))
    return Path(name)
