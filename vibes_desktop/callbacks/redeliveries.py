"""Redeliveries and conflicts of a whole collection: found by columns, confirmed by reading the bodies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.columns import ABSENT_MS, KINDS, Columns, Mark
from vibes_desktop.callbacks.matching import has_finding
from vibes_desktop.callbacks.payload import Finding, Kind, Payload
from vibes_desktop.callbacks.repeats import marked

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Repeats:
    """Rows whose event came before with the same body, and with another; and the finding of each."""

    redelivered: Rows = field(repr=False)
    conflicting: Rows = field(repr=False)
    findings: Mapping[int, Finding] = field(repr=False)


def candidates(columns: Columns) -> Rows:
    """Give the rows whose event ID and type occur more than once, in order."""
    countable = (columns["event"] != 0) & (columns["kind"] == KINDS.index(Kind.CALLBACK))
    countable &= (columns["mark"].astype(np.uint8) & np.uint8(Mark.CUT_OFF)) == 0
    rows = np.flatnonzero(countable)
    # 64 bits of the ID with the type mixed in; whoever meets by chance is told apart by reading
    keys = _event_keys(columns, rows)
    order = np.argsort(keys, kind="stable")
    same = keys[order][1:] == keys[order][:-1]
    repeated = np.zeros(len(rows), bool)
    repeated[order[1:][same]] = True
    repeated[order[:-1][same]] = True
    found: Rows = rows[repeated].astype(np.int64)
    return found


def repeats_of(columns: Columns, read: Callable[[int], Payload]) -> Repeats:
    """Read every candidate and compare the bodies. Raises OSError."""
    rows = candidates(columns).tolist()
    found = {
        row: payload.findings[-1]
        for row, payload in zip(rows, marked(read(row) for row in rows), strict=True)
        if has_finding(payload, "redelivery") or has_finding(payload, "conflict")
    }
    return Repeats(_rows(found, "redelivery"), _rows(found, "conflict"), found)


def _rows(findings: Mapping[int, Finding], code: str) -> Rows:
    return np.array([row for row, finding in findings.items() if finding.code == code], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery of an event. `gap_ms`: since the one before; None where a time of arrival is not known."""

    row: int
    attempt: int | None
    received_ms: int | None
    gap_ms: int | None
    is_conflicting: bool


@dataclass(frozen=True, slots=True)
class Event:
    """An event that was delivered more than once."""

    deliveries: tuple[Delivery, ...]

    @property
    def is_conflicting(self) -> bool:
        """Tell whether not every delivery said the same."""
        return any(each.is_conflicting for each in self.deliveries)

    @property
    def span_ms(self) -> int | None:
        """Measure from the first to the last arrival, where both are known."""
        times = [each.received_ms for each in self.deliveries if each.received_ms is not None]
        return max(times) - min(times) if len(times) == len(self.deliveries) else None

    @property
    def has_steady_attempts(self) -> bool:
        """Tell whether the attempts count up by one, as far as they are told."""
        told = [each.attempt for each in self.deliveries if each.attempt is not None]
        return told == list(range(min(told, default=0), min(told, default=0) + len(told)))


def events_repeated(columns: Columns, repeats: Repeats, rows: Rows | None = None) -> tuple[Event, ...]:
    """Group the deliveries of each event that came again; most deliveries first.

    With `rows`, only events of which one of these rows is a delivery. Deliveries go by their time of arrival
    where that is known, else by attempt, else by their place in the files.
    """
    all_of = np.union1d(candidates(columns), repeats.conflicting)
    keys = _event_keys(columns, all_of)
    order = np.argsort(keys, kind="stable")
    all_of, keys = all_of[order], keys[order]
    found = np.split(all_of, np.flatnonzero(np.diff(keys)) + 1) if len(all_of) else []
    wanted = None if rows is None else np.isin(all_of, rows)
    conflicting = frozenset(repeats.conflicting.tolist())
    repeated = conflicting | set(repeats.redelivered.tolist())
    events, place = [], 0
    for group in found:
        is_wanted = wanted is None or bool(wanted[place : place + len(group)].any())
        place += len(group)
        if is_wanted and not repeated.isdisjoint(group.tolist()):
            events.append(Event(_deliveries(columns, group, conflicting)))
    return tuple(sorted(events, key=lambda event: (-len(event.deliveries), event.deliveries[0].row)))


def _event_keys(columns: Columns, rows: Rows) -> npt.NDArray[np.uint64]:
    types = columns.of("type", rows).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    keys: npt.NDArray[np.uint64] = columns.of("event", rows) ^ types
    return keys


def _deliveries(columns: Columns, rows: Rows, conflicting: frozenset[int]) -> tuple[Delivery, ...]:
    received, attempts = columns.of("received", rows), columns.of("attempt", rows)
    order = np.lexsort((rows, attempts, np.where(received == ABSENT_MS, 0, received)))
    found: list[Delivery] = []
    for place in order.tolist():
        arrived = None if received[place] == ABSENT_MS else int(received[place])
        before = found[-1].received_ms if found else None
        gap = arrived - before if arrived is not None and before is not None else None
        row = int(rows[place])
        found.append(Delivery(row, int(attempts[place]) or None, arrived, gap, row in conflicting))
    return tuple(found)
