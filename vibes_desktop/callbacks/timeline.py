"""Everything about one person over time, whichever of their identifiers a payload uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import ABSENT_MS
from vibes_desktop.callbacks.compare import Difference, differences
from vibes_desktop.callbacks.payload import Payload, PersonRef
from vibes_desktop.callbacks.persons import WITHOUT_NUMBER, person_named, rows_joined

Rows = npt.NDArray[np.int64]
STATES = frozenset(("person_added", "person_updated", "person_*"))  # these carry the complete new state


@dataclass(frozen=True, slots=True)
class Moment:
    """One payload of a person, and what changed since `since`, the state before, where it carries a state."""

    row: int
    payload: Payload = field(repr=False)
    changed: tuple[Difference, ...] = ()
    since: int | None = None


def timeline(collection: Collection, identifier: str) -> tuple[Moment, ...]:
    """Read a person's payloads in order of time; those without a time come last. Raises OSError."""
    return tuple(moments(collection, person_named(collection, identifier).rows))


def moments(collection: Collection, rows: Rows) -> Iterator[Moment]:
    """Read rows in order of time, and compare each state with the same person's before. Raises OSError."""
    states: list[tuple[int, Payload]] = []
    for row in in_time(collection, rows).tolist():
        payload = collection.payload(row)
        if payload.callback_type not in STATES or payload.cut_off_at is not None:
            yield Moment(row, payload)
            continue
        known = next((each for each in reversed(states) if _may_be_one(each[1], payload)), None)
        if known is None:
            yield Moment(row, payload)
        else:
            states.remove(known)
            yield Moment(row, payload, _changed(known[1], payload), known[0])
        states.append((row, payload))


def in_time(collection: Collection, rows: Rows) -> Rows:
    """Put rows in order of the event's time; those without one keep their order at the end."""
    times = collection.columns.of("time", rows)
    found: Rows = rows[np.lexsort((times, times == ABSENT_MS))]
    return found


def previous_of(collection: Collection, row: int) -> int | None:
    """Find the same person's previous payload of the same type; a delivery of the same event is none."""
    columns = collection.columns
    rows = rows_joined(columns, np.array([row], np.int64))
    alike = columns.of("type", rows) == columns.at("type", row)
    event = columns.at("event", row)
    other = (columns.of("event", rows) != event) | (rows == row) | (event == 0)
    for name in WITHOUT_NUMBER:  # two people may share a number
        own, theirs = columns.at(name, row), columns.of(name, rows)
        alike &= (theirs == own) | (theirs == 0) | (own == 0)
    ordered = in_time(collection, rows[alike & other]).tolist()
    place = ordered.index(row)
    return ordered[place - 1] if place else None


def _may_be_one(one: Payload, other: Payload) -> bool:
    """Tell whether no identifier says otherwise; two people may share a number."""
    pairs = zip(_own(one.facts.person), _own(other.facts.person), strict=True)
    return all(left is None or right is None or left == right for left, right in pairs)


def _own(person: PersonRef) -> tuple[str | None, ...]:
    return person.person_key, person.person_id, person.external_person_id


def _changed(before: Payload, after: Payload) -> tuple[Difference, ...]:
    if not isinstance(before.value, dict) or not isinstance(after.value, dict):
        return ()
    return differences(before.value.get("person"), after.value.get("person"))
