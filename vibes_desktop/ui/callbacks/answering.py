"""Which rows answer a question, in which order: worked out off the window's thread."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.query import Query
from vibes_desktop.callbacks.selecting import select
from vibes_desktop.callbacks.views import ordered
from vibes_desktop.model.errors import StorageError, VibesDesktopError
from vibes_desktop.ui.bridge import Bridge, Task

Rows = npt.NDArray[np.int64]
NO_ROWS: Rows = np.empty(0, np.int64)
SPARE = 1.25  # how much more room is made than is needed, for rows to come


@dataclass(frozen=True, slots=True)
class Order:
    """A column of Columns to sort by."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question, and the order of its answer; None for everything, and for the order of the files."""

    query: Query | None = None
    order: Order | None = None

    @property
    def is_everything(self) -> bool:
        """Tell whether all rows are wanted as they come."""
        return self.query is None and self.order is None


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows in the order shown, among the first so many of the collection, and how long it took."""

    rows: Rows = field(repr=False)
    looked_at: int = 0
    took_ms: float = 0.0


class Change(Enum):
    """What an answer is, compared with the one before."""

    ANOTHER = "another"
    LONGER = "longer"  # more rows at the end, and the same before
    SAME = "the same"


def answer(wanted: Wanted, collection: Collection) -> Answer:
    """Work it out. Raises StorageError when a file stopped being readable."""
    begun = time.perf_counter()
    count = len(collection)
    try:
        rows = every_row(count) if wanted.query is None else select(wanted.query, collection)
    except OSError as error:
        raise unreadable_file(error) from error
    if wanted.order is not None:
        rows = ordered(collection.columns, rows, wanted.order.column, descending=wanted.order.descending)
    return Answer(rows, count, (time.perf_counter() - begun) * 1000)


def every_row(count: int) -> Rows:
    """Give all rows in the order of the files."""
    return np.arange(count, dtype=np.int64)


def change_between(before: Rows, after: Rows) -> Change:
    """Tell how one answer follows from another."""
    if len(after) < len(before) or not np.array_equal(after[: len(before)], before):
        return Change.ANOTHER
    return Change.SAME if len(after) == len(before) else Change.LONGER


def unreadable_file(error: OSError) -> StorageError:
    """Say that a file can't be read any more."""
    return StorageError(
        "A file can't be read any more",
        f"The computer said: {(error.strerror or type(error).__name__).lower()}.",
        "Open it again.",
    )


class EveryRow:
    """The numbers of all rows, without counting them anew whenever some come."""

    def __init__(self) -> None:
        self._numbers = NO_ROWS

    def upto(self, count: int) -> Rows:
        """Give the first so many."""
        if count > len(self._numbers):
            self._numbers = every_row(count if not len(self._numbers) else int(count * SPARE))
        return self._numbers[:count]


class Answerer:
    """Answers one question at a time, and once more whenever rows came meanwhile."""

    def __init__(
        self,
        bridge: Bridge,
        told: Callable[[Answer, Change], object],
        failed: Callable[[VibesDesktopError], object],
    ) -> None:
        self._bridge = bridge
        self._told = told
        self._failed = failed
        self._every_row = EveryRow()
        self._task: Task[Answer] | None = None
        self._last = Answer(NO_ROWS)
        self._is_new = False

    @property
    def is_busy(self) -> bool:
        """Tell whether an answer is being worked out."""
        return self._task is not None and self._task.is_running

    def begin(self, wanted: Wanted, collection: Collection) -> None:
        """Answer another question, or ask another collection."""
        self.stop()
        self._is_new = True
        self._answer(wanted, collection)

    def catch_up(self, wanted: Wanted, collection: Collection) -> None:
        """Look at rows that came since; at once where all are wanted, else when there is time."""
        if not self.is_busy and self._last.looked_at < len(collection):
            self._answer(wanted, collection)

    def stop(self) -> None:
        """Give up what is under way."""
        if self._task is not None:
            self._task.cancel()
        self._task = None

    def _answer(self, wanted: Wanted, collection: Collection) -> None:
        if wanted.is_everything:
            count = len(collection)
            self._tell(Answer(self._every_row.upto(count), count), Change.LONGER)
            return

        def take(found: Answer) -> None:
            self._task = None
            self._tell(found, change_between(self._last.rows, found.rows))
            self.catch_up(wanted, collection)

        self._task = self._bridge.start(
            asyncio.to_thread(answer, wanted, collection), take, self._fail, title="Filtering"
        )

    def _tell(self, found: Answer, change: Change) -> None:
        if self._is_new:
            change = Change.ANOTHER
        self._last, self._is_new = found, False
        self._told(found, change)

    def _fail(self, error: VibesDesktopError) -> None:
        self._task = None
        self._failed(error)
