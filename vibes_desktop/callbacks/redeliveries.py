"""Redeliveries and conflicts of a whole collection: found by columns, confirmed by reading the bodies."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.columns import ABSENT_MS, KINDS, Columns, Mark
from vibes_desktop.callbacks.facts import text as text_member
from vibes_desktop.callbacks.payload import Finding, Kind
from vibes_desktop.callbacks.repeats import IN_DOCUMENTATION, digest_of, repeat_finding

if TYPE_CHECKING:
    from vibes_desktop.callbacks.collection import Collection

Rows = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Where = Callable[[int], str]
NOT_STRICT = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Repeats:
    """Rows whose event came before with the same body, and with another; and the finding of each."""

    redelivered: Rows = field(repr=False)
    conflicting: Rows = field(repr=False)
    findings: Mapping[int, Finding] = field(repr=False)
    of_rows: int = 0  # how many rows were looked at


class _Findings(Mapping[int, Finding]):
    """What is found about each repeat, put into words when somebody asks."""

    def __init__(self, rows: Rows, firsts: Rows, is_same: npt.NDArray[np.bool_], where: Where) -> None:
        self.rows = rows  # in ascending order
        self.firsts = firsts  # the first row of the same event
        self.is_same = is_same
        self._where = where

    def __getitem__(self, row: int) -> Finding:
        place = int(np.searchsorted(self.rows, row))
        if place == len(self.rows) or self.rows[place] != row:
            raise KeyError(row)
        return repeat_finding(same=bool(self.is_same[place]), where=self._where(int(self.firsts[place])))

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows.tolist())

    def __len__(self) -> int:
        return len(self.rows)


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


def repeats_in(collection: Collection, known: Repeats | None = None) -> Repeats:
    """Read every candidate and compare the bodies; only those of new rows where some is `known`.

    Raises OSError.
    """
    columns = collection.columns
    before = known.of_rows if known else 0
    rows = candidates(columns)
    keys = _event_keys(columns, rows)
    if before:
        chosen = np.isin(keys, np.unique(keys[rows >= before]))
        rows, keys = rows[chosen], keys[chosen]
    rows, firsts, is_same = _compared(rows, keys, *_digests(collection, rows))
    fresh = rows >= before
    rows, firsts, is_same = rows[fresh], firsts[fresh], is_same[fresh]
    if known and isinstance(known.findings, _Findings):
        rows = np.concatenate((known.findings.rows, rows))
        firsts = np.concatenate((known.findings.firsts, firsts))
        is_same = np.concatenate((known.findings.is_same, is_same))
    findings = _Findings(rows, firsts, is_same, lambda row: _where(collection, row))
    return Repeats(rows[is_same], rows[~is_same], findings, len(columns))


def _compared(
    rows: Rows, keys: Hashes, events: Hashes, digests: Hashes
) -> tuple[Rows, Rows, npt.NDArray[np.bool_]]:
    """Give each repeat, in order, the first row of its event, and whether both say the same."""
    order = np.lexsort((rows, events, keys))
    rows, keys, events, digests = rows[order], keys[order], events[order], digests[order]
    begins = np.ones(len(rows), bool)
    begins[1:] = (keys[1:] != keys[:-1]) | (events[1:] != events[:-1])
    starts = np.flatnonzero(begins)[np.cumsum(begins) - 1]
    is_same = digests == digests[starts]
    # most of the vendor's samples share one ID (callbacks.md §3)
    is_repeat = ~begins & (events != 0) & (is_same | (events != _hash_of(IN_DOCUMENTATION)))
    firsts = rows[starts]
    order = np.argsort(rows[is_repeat])
    return rows[is_repeat][order], firsts[is_repeat][order], is_same[is_repeat][order]


def _digests(collection: Collection, rows: Rows) -> tuple[Hashes, Hashes]:
    """Condense the event ID and the body of each row's payload; 0 where there is no ID."""
    from vibes_desktop.callbacks.texts import texts_of  # it needs the collection, which needs this

    events, digests = np.zeros(len(rows), np.uint64), np.zeros(len(rows), np.uint64)
    for place, text in enumerate(texts_of(collection, rows)):
        row, value = int(rows[place]), None
        if collection.is_plain(row):
            with contextlib.suppress(*NOT_STRICT):
                value = msgspec.json.decode(text)
        if value is None:
            value = collection.payload(row, judged=False).value
        event_id = text_member(value, "event_id") if isinstance(value, dict) else None
        if event_id is not None:
            events[place] = _hash_of(event_id)
            digests[place] = int.from_bytes(digest_of(value)[:8], "little")
    return events, digests


def _hash_of(event_id: str) -> np.uint64:
    """Condense an ID once more, other than its column does: whoever meets by chance is told apart."""
    return np.uint64(hash(event_id) & 0xFFFF_FFFF_FFFF_FFFF or 1)


def _where(collection: Collection, row: int) -> str:
    columns = collection.columns
    return f"{collection.sources[columns.at('file', row)].name}, {columns.at('position', row)}"


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
    told = np.union1d(candidates(columns), repeats.conflicting)
    keys = _event_keys(columns, told)
    received, attempts = columns.of("received", told), columns.of("attempt", told)
    order = np.lexsort((told, attempts, np.where(received == ABSENT_MS, 0, received), keys))
    keys = keys[order]
    edges = [0, *(np.flatnonzero(keys[1:] != keys[:-1]) + 1).tolist(), len(keys)]
    wanted = np.ones(len(told), bool) if rows is None else np.isin(told[order], rows)
    conflicting = frozenset(repeats.conflicting.tolist())
    repeated = conflicting | set(repeats.redelivered.tolist())
    cells = list(zip(told[order].tolist(), attempts[order].tolist(), received[order].tolist(), strict=True))
    events = [
        Event(_deliveries(cells[begin:end], conflicting))
        for begin, end in pairwise(edges)
        if wanted[begin:end].any() and not repeated.isdisjoint(row for row, _, _ in cells[begin:end])
    ]
    return tuple(sorted(events, key=lambda event: (-len(event.deliveries), event.deliveries[0].row)))


def _event_keys(columns: Columns, rows: Rows) -> Hashes:
    types = columns.of("type", rows).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    keys: Hashes = columns.of("event", rows) ^ types
    return keys


def _deliveries(cells: Sequence[tuple[int, int, int]], conflicting: frozenset[int]) -> tuple[Delivery, ...]:
    """Make deliveries of rows, attempts and times of arrival in their order."""
    found = []
    before: int | None = None
    for row, attempt, received in cells:
        arrived = None if received == ABSENT_MS else received
        gap = arrived - before if arrived is not None and before is not None else None
        found.append(Delivery(row, attempt or None, arrived, gap, row in conflicting))
        before = arrived
    return tuple(found)
