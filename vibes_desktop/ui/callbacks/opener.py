"""Opening files in the background: what is read so far is handed over on the window's thread."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from weakref import finalize

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.callbacks.opening import Opening, Step
from vibes_desktop.callbacks.source import Source
from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.ui.bridge import Bridge, Task

HAND_OVER_SECONDS = 0.1  # steps are handed over together, ten times a second at most
TROUBLES_SAID = 5


@dataclass(frozen=True, slots=True)
class Reports:
    """Who is told what, on the window's thread. After a failure nothing more is told."""

    took: Callable[[Sequence[Step]], object]
    done: Callable[[], object]
    failed: Callable[[VibesDesktopError], object]


class Opener:
    """Opens one pile of files at a time."""

    def __init__(self, bridge: Bridge, kept: KeptIndexes | None) -> None:
        self._bridge = bridge
        self._kept = kept
        self._opening: Opening | None = None
        self._task: Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Tell whether files are being opened."""
        return self._task is not None and self._task.is_running

    def start(
        self, paths: Sequence[str], first_file: int, reports: Reports, column: str | None = None
    ) -> None:
        """Open these; an opening under way is given up, and reports nothing more."""
        self.give_up()
        self._opening = opening = Opening(tuple(paths), first_file, self._kept, column=column)

        def take(steps: Sequence[Step]) -> None:
            if self._opening is opening:
                reports.took(steps)
            else:
                close_sources(steps)

        work = asyncio.to_thread(_pull, opening, self._bridge.reporter(take))
        self._task = self._bridge.start(work, lambda _: reports.done(), reports.failed, title="Opening files")

    def stop(self) -> None:
        """Read no further; what was read is still handed over, and done reported."""
        if self._opening is not None:
            self._opening.cancel()

    def give_up(self) -> None:
        """Read no further, and report nothing more."""
        self.stop()
        if self._task is not None:
            self._task.cancel()
        self._opening = self._task = None


def close_sources(steps: Sequence[Step]) -> None:
    """Close the files that nobody wants any more."""
    for step in steps:
        for source in step.sources:
            source.close()


def _pull(opening: Opening, hand_over: Callable[[Sequence[Step]], None]) -> None:
    """Read in this thread; the first rows are handed over at once."""
    waiting: list[Step] = []
    handed_over, was_first = 0.0, True
    for step in opening.steps():
        waiting.append(step)
        is_due = time.monotonic() - handed_over > HAND_OVER_SECONDS
        if is_due or (was_first and step.part is not None):
            was_first = was_first and step.part is None
            hand_over(waiting)
            waiting, handed_over = [], time.monotonic()
    if waiting:
        hand_over(waiting)


def closing_itself(collection: Collection) -> Collection:
    """Have a collection close its files once nobody reads from it: background work may for a while."""
    finalize(collection, _close, collection.sources)
    return collection


def _close(sources: Sequence[Source]) -> None:
    for source in sources:
        source.close()


def nothing_opened(troubles: Sequence[str]) -> InvalidInput:
    """Say that no file could be opened at all."""
    return InvalidInput(
        "Nothing could be opened",
        "What was open before is open still." if troubles else "Choose another file.",
        done="\n".join(troubles[:TROUBLES_SAID]) or "There is no file at this place.",
    )
