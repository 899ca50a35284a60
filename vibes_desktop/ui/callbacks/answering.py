"""Which rows answer a question, in which order: worked out off the window's thread."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.query import Query
from vibes_desktop.callbacks.selecting import select
from vibes_desktop.callbacks.views import ordered
from vibes_desktop.model.errors import StorageError

Rows = npt.NDArray[np.int64]
NO_ROWS: Rows = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Order:
    """A column of Columns to sort by."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows in the order shown, and how long it took to find them."""

    rows: Rows = field(repr=False)
    took_ms: float


def answer(query: Query | None, order: Order | None, collection: Collection) -> Answer:
    """Work it out. Raises StorageError when a file stopped being readable."""
    begun = time.perf_counter()
    try:
        rows = every_row(collection) if query is None else select(query, collection)
    except OSError as error:
        raise unreadable_file(error) from error
    if order is not None:
        rows = ordered(collection.columns, rows, order.column, descending=order.descending)
    return Answer(rows, (time.perf_counter() - begun) * 1000)


def every_row(collection: Collection) -> Rows:
    """Give all rows in the order of the files."""
    return np.arange(len(collection), dtype=np.int64)


def unreadable_file(error: OSError) -> StorageError:
    """Say that a file can't be read any more."""
    return StorageError(
        "A file can't be read any more",
        f"The computer said: {(error.strerror or type(error).__name__).lower()}.",
        "Open it again.",
    )
