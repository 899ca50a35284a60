"""Judges the open collection in the background, and what is added to it later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.judged import Judged
from vibes_desktop.callbacks.judging import Judging, Step, put
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge, Task


class SecondPass:
    """One pass at a time. `told` hears of every step that was put into `collection.judged`."""

    def __init__(self, bridge: Bridge, told: Callable[[], object]) -> None:
        self._bridge = bridge
        self._told = told
        self._judging: Judging | None = None
        self._task: Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Tell whether rows are being judged."""
        return self._task is not None and self._task.is_running

    def go_on(self, collection: Collection) -> None:
        """Judge the rows that are not judged yet, unless that is being done."""
        begin = collection.judged.done_rows if collection.judged is not None else 0
        if self.is_busy or begin >= len(collection):
            return
        judged = collection.judged = collection.judged or Judged()
        self._judging = judging = Judging(collection, begin)

        def take(step: Step) -> None:
            if self._judging is judging:
                put(judged, step)
                self._told()

        def end(_nothing: None) -> None:
            self._judging = self._task = None
            self._told()
            if judged.done_rows > begin:  # else the rows can't be read, and never will be
                self.go_on(collection)

        work = asyncio.to_thread(_work, judging, self._bridge.reporter(take))
        self._task = self._bridge.start(work, end, self._fail, title="Judging")

    def stop(self) -> None:
        """Give up."""
        if self._judging is not None:
            self._judging.stop()
        if self._task is not None:
            self._task.cancel()
        self._judging = self._task = None

    def _fail(self, _error: VibesDesktopError) -> None:
        self._judging = self._task = None


def _work(judging: Judging, report: Callable[[Step], None]) -> None:
    """Pull the steps; a file that stops being readable ends it, and the rows say so when they are read."""
    try:
        for step in judging.steps():
            report(step)
    except OSError:
        judging.stop()
