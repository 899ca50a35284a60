"""Which rows answer a question, in which order: worked out off the window's thread, piece by piece."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.query import Query
from vibes_desktop.callbacks.selecting import select_in_steps
from vibes_desktop.model.errors import StorageError
from vibes_desktop.ui.callbacks.sorting import sorting

Rows = npt.NDArray[np.int64]
NO_ROWS: Rows = np.empty(0, np.int64)
SPARE = 1.25  # how much more room is made than is needed, for rows to come
FIRST_SECONDS, NEXT_SECONDS = 0.15, 0.1  # how long pieces are gathered: before there are hits, and after


@dataclass(frozen=True, slots=True)
class Order:
    """A column to sort by, see sorting.py."""

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
class Piece:
    """Rows that answer, after those of the pieces before; so many rows of the collection were looked at."""

    rows: Rows = field(repr=False)
    looked_at: int
    took_ms: float
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """What is wanted of the rows from `begin` on; whoever started it may give it up."""

    wanted: Wanted
    collection: Collection
    begin: int = 0
    given_up: threading.Event = field(default_factory=threading.Event)

    def pieces(self) -> Iterator[Piece]:
        """Work it out. Raises StorageError when a file stopped being readable."""
        begun = time.perf_counter()
        try:
            yield from self._sorted(begun) if self.wanted.order is not None else self._found(begun)
        except OSError as error:
            raise unreadable_file(error) from error

    def _found(self, begun: float) -> Iterator[Piece]:
        """Gather small pieces: the first hits go at once, others ten times a second."""
        held: list[Rows] = []
        since, is_first, looked_at = begun, True, self.begin
        for rows, looked_at in self._select():
            held.append(rows)
            patience = NEXT_SECONDS if not is_first else 0.0 if any(map(len, held)) else FIRST_SECONDS
            if time.perf_counter() - since >= patience:
                yield Piece(_joined(held), looked_at, _since(begun))
                held, since, is_first = [], time.perf_counter(), False
        yield Piece(_joined(held), looked_at, _since(begun), is_last=True)

    def _sorted(self, begun: float) -> Iterator[Piece]:
        found, looked_at = [], self.begin
        for rows, looked_at in self._select():
            found.append(rows)
            yield Piece(NO_ROWS, looked_at, _since(begun))
        order = self.wanted.order
        if order is None or self.given_up.is_set():
            return
        steps = sorting(self.collection, _joined(found), order.column, descending=order.descending)
        while not self.given_up.is_set():
            try:
                done = next(steps)
            except StopIteration as end:
                yield Piece(end.value, looked_at, _since(begun), is_last=True)
                return
            yield Piece(NO_ROWS, int(done * looked_at), _since(begun))

    def _select(self) -> Iterator[tuple[Rows, int]]:
        """Look at the rows there are now; gives how many were looked at, counted from the first of all."""
        rows = every_row(len(self.collection))[self.begin :]
        if self.wanted.query is None:
            yield rows, len(rows) + self.begin
            return
        for found, done in select_in_steps(self.wanted.query, self.collection, rows):
            if self.given_up.is_set():
                return
            yield found, done + self.begin


def every_row(count: int) -> Rows:
    """Give all rows in the order of the files."""
    return np.arange(count, dtype=np.int64)


def unreadable_file(error: OSError) -> StorageError:
    """Say that a file can't be read any more."""
    return StorageError(
        "A file can't be read any more",
        f"The computer said: {(error.strerror or type(error).__name__).lower()}.",
        "Open it again.",
    )


class GrowingRows:
    """Rows to which others are added; what was handed out stays what it was."""

    def __init__(self) -> None:
        self._room: Rows = NO_ROWS
        self._count = 0

    @property
    def rows(self) -> Rows:
        """All of them so far."""
        return self._room[: self._count]

    def add(self, rows: Rows) -> None:
        """Put rows at the end."""
        count = self._count + len(rows)
        if count > len(self._room):
            room = np.empty(count if not self._count else int(count * SPARE), np.int64)
            room[: self._count] = self.rows
            self._room = room
        self._room[self._count : count] = rows
        self._count = count

    def add_upto(self, count: int) -> None:
        """Put the numbers of all rows up to a count, where so far there are all those before."""
        self.add(np.arange(self._count, max(count, self._count), dtype=np.int64))


def change_between(before: Rows, after: Rows) -> int | None:
    """Tell how many rows came at the end; None where others are another answer."""
    if len(after) < len(before) or not np.array_equal(after[: len(before)], before):
        return None
    return len(after) - len(before)


Report = Callable[[Piece], None]


def _joined(parts: list[Rows]) -> Rows:
    return parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else NO_ROWS


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
