"""Has questions answered in the background, one at a time; and again for rows that came meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.callbacks.answering import (
    NO_ROWS,
    GrowingRows,
    Job,
    Piece,
    Report,
    Rows,
    Wanted,
    change_between,
)


class Answerer:
    """Holds the rows that answer. `told` hears whether they are others (True) or only more."""

    def __init__(
        self,
        bridge: Bridge,
        told: Callable[[bool], object],
        failed: Callable[[VibesDesktopError], object],
    ) -> None:
        self._bridge = bridge
        self._told = told
        self._failed = failed
        self._rows = GrowingRows()
        self._next = GrowingRows()  # what an answer under way has found, until it takes the place
        self._job: Job | None = None
        self._task: Task[None] | None = None
        self._is_due = False  # whether the answer under way has yet to take the place of the former
        self._is_stopped = False
        self.looked_at = 0
        self.took_ms = 0.0

    @property
    def rows(self) -> Rows:
        """The answer so far."""
        return self._rows.rows

    @property
    def is_busy(self) -> bool:
        """Tell whether an answer is being worked out."""
        return self._task is not None and self._task.is_running

    def begin(self, wanted: Wanted, collection: Collection) -> None:
        """Answer another question, or ask another collection."""
        self.stop()
        self._is_due, self._is_stopped = True, False
        self.looked_at, self._next = 0, GrowingRows()
        self._start(Job(wanted, collection))

    def catch_up(self, wanted: Wanted, collection: Collection) -> None:
        """Look at rows that came since; one at a time, and not after somebody stopped it."""
        if self.is_busy or self._is_stopped or self.looked_at >= len(collection):
            return
        self._next = self._rows if wanted.order is None else GrowingRows()
        self._is_due = wanted.order is not None
        self._start(Job(wanted, collection, 0 if self._is_due else self.looked_at))

    def again(self, wanted: Wanted, collection: Collection) -> None:
        """Answer the same question anew, as more is known now; quietly, and unless it is being answered."""
        if not self.is_busy and not self._is_stopped:
            self._is_due, self._next = True, GrowingRows()
            self._start(Job(wanted, collection), is_quiet=True)

    def stop(self) -> None:
        """Give up what is under way; what was found stays."""
        if self._job is not None:
            self._job.given_up.set()
        if self._task is not None:
            self._task.cancel()
        self._job = self._task = None
        self._is_stopped = True

    def _start(self, job: Job, *, is_quiet: bool = False) -> None:
        if job.wanted.is_everything:
            self._next.add_upto(len(job.collection))
            self._take(Piece(NO_ROWS, len(job.collection), 0.0, is_last=True), job, is_quiet=False)
            return
        self._job = job

        def take(piece: Piece) -> None:
            if self._job is job:
                self._take(piece, job, is_quiet=is_quiet)

        work = asyncio.to_thread(_work, job, self._bridge.reporter(take))
        self._task = self._bridge.start(work, self._end, self._fail, title="Filtering")

    def _take(self, piece: Piece, job: Job, *, is_quiet: bool) -> None:
        self._next.add(piece.rows)
        self.looked_at = piece.looked_at
        is_sorting = job.wanted.order is not None and not piece.is_last
        if job.begin == 0:
            self.took_ms = piece.took_ms
        if is_sorting or (is_quiet and not piece.is_last):
            self._told(False)
            return
        is_other = self._is_due and not (is_quiet and change_between(self.rows, self._next.rows) is not None)
        self._rows, self._is_due = self._next, False
        self._told(is_other)

    def _end(self, _nothing: None) -> None:
        job, self._job, self._task = self._job, None, None
        self._told(False)
        if job is not None:
            self.catch_up(job.wanted, job.collection)

    def _fail(self, error: VibesDesktopError) -> None:
        self._job = self._task = None
        self._failed(error)


def _work(job: Job, report: Report) -> None:
    for piece in job.pieces():
        report(piece)
