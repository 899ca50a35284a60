"""Everything about one person over time, whichever of their identifiers a payload uses."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import ABSENT_MS, Columns
from vibes_desktop.callbacks.compare import Difference, differences
from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.callbacks.query import Term
from vibes_desktop.callbacks.selecting import select

Rows = npt.NDArray[np.int64]
IDENTIFIERS = ("key", "person", "external", "mdn")
MAX_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Moment:
    """One payload of a person, and what changed since the state before, where it carries a state."""

    row: int
    payload: Payload = field(repr=False)
    changed: tuple[Difference, ...] = ()


def rows_of_person(collection: Collection, identifier: str) -> Rows:
    """Find a person's rows: identifiers that stand together in one payload belong together.

    A number that several people share joins them; the caller shows by which identifiers it went.
    """
    columns = collection.columns
    rows = select(Term("person", identifier, is_quoted=True), collection)
    for _ in range(MAX_ROUNDS):
        more = _with_any_of(columns, rows)
        if len(more) == len(rows):
            break
        rows = more
    return rows


def timeline(collection: Collection, identifier: str) -> tuple[Moment, ...]:
    """Read a person's payloads in order of time; those without a time come last. Raises OSError."""
    rows = rows_of_person(collection, identifier)
    times = collection.columns["time"][rows]
    order = np.lexsort((times, times == ABSENT_MS))
    moments = []
    before: Payload | None = None
    for row in rows[order].tolist():
        payload = collection.payload(row)
        changed: tuple[Difference, ...] = ()
        if payload.callback_type in {"person_added", "person_updated"} and payload.cut_off_at is None:
            changed = _changed(before, payload)
            before = payload
        moments.append(Moment(row, payload, changed))
    return tuple(moments)


def _with_any_of(columns: Columns, rows: Rows) -> Rows:
    """Give all rows that share an identifier with these."""
    found = np.zeros(len(columns), bool)
    found[rows] = True
    for name in IDENTIFIERS:
        values = np.unique(columns[name][rows])
        values = values[values > 0]
        if len(values):
            found |= np.isin(columns[name], values)
    return np.flatnonzero(found).astype(np.int64)


def _changed(before: Payload | None, after: Payload) -> tuple[Difference, ...]:
    if before is None or not isinstance(before.value, dict) or not isinstance(after.value, dict):
        return ()
    return differences(before.value.get("person"), after.value.get("person"))
