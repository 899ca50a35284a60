"""Facets, a histogram over time, sorting and grouping of selected rows: columns in, small tables out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import ABSENT_MS, DAY_MS, TIMES, WORDED, Array, Columns
from vibes_desktop.callbacks.persons import NOBODY, labels

Rows = npt.NDArray[np.int64]
DIGIT_BITS = 16  # of so few bits NumPy sorts by counting
FEW_ROWS = 10_000


class TimeBasis(Enum):
    """Which time a view goes by; the value is its column."""

    EVENT = "time"
    RECEIVED = "received"
    OPT_OUT = "opt_out"


class Counting(Enum):
    """What is counted."""

    DELIVERIES = "deliveries"
    EVENTS = "distinct events"
    PEOPLE = "distinct people"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a histogram: from `begin_ms` to before `end_ms`."""

    begin_ms: int
    end_ms: int
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its keys as text (None: absent), and how many."""

    keys: tuple[str | None, ...]
    count: int


def facet(collection: Collection, rows: Rows, name: str) -> tuple[tuple[str, int], ...]:
    """Count values of type, list, campaign, reason, source or finding among the rows, frequent ones first.

    Findings are those that the second pass has come to.
    """
    if name == "finding":
        return collection.judged.counts(rows) if collection.judged is not None else ()
    columns = collection.columns
    words = [source.name for source in collection.sources] if name == "source" else columns.words[name]
    counts = np.bincount(columns.of("file" if name == "source" else name, rows), minlength=len(words))
    found: Counter[str] = Counter()
    for code in np.flatnonzero(counts).tolist():
        found[words[code]] += int(counts[code])  # two files may have one name
    found.pop("", None)
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def histogram(columns: Columns, rows: Rows, bars: int, basis: TimeBasis = TimeBasis.EVENT) -> tuple[Bar, ...]:
    """Count rows over time in bars of equal width; rows without that time are left out."""
    moments = columns.of(basis.value, rows)
    moments = moments[moments != ABSENT_MS]
    if not len(moments) or bars < 1:
        return ()
    first, last = int(moments.min()), int(moments.max())
    width = max(-(-(last - first + 1) // bars), 1)
    counts = np.bincount((moments - first) // width, minlength=1)
    return tuple(
        Bar(first + index * width, first + (index + 1) * width, int(count))
        for index, count in enumerate(counts.tolist())
    )


def ordered(columns: Columns, rows: Rows, name: str, *, descending: bool = False) -> Rows:
    """Sort rows by a column; equal ones keep their order, absent ones come last."""
    values = columns.of(name, rows)
    if name in WORDED:
        words = columns.words[name]
        ranks = np.empty(len(words), np.int64)
        ranks[sorted(range(len(words)), key=lambda code: words[code])] = np.arange(len(words))
        values, absent = ranks[values], values == 0
    elif name in {"file", "offset", "position"}:
        absent = np.zeros(len(rows), bool)
    else:
        absent = values == (ABSENT_MS if name in TIMES else 0)
    present = np.flatnonzero(~absent) if absent.any() else None
    steps = _steps(values if present is None else values[present], descending=descending)
    order = stable_order(steps)
    if present is not None:
        order = np.concatenate((present[order], np.flatnonzero(absent)))
    found: Rows = rows[order]
    return found


def _steps(values: Array, *, descending: bool) -> npt.NDArray[np.uint64]:
    """Count from the smallest value, or down from the largest."""
    if not len(values):
        return np.empty(0, np.uint64)
    steps: npt.NDArray[np.uint64] = (values.max() - values if descending else values - values.min()).astype(
        np.uint64
    )
    return steps


def _in_seconds(steps: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Make smaller numbers of milliseconds that are whole seconds."""
    second = np.uint64(1000)
    if (steps[:FEW_ROWS] % second).any():
        return steps
    seconds = steps // second
    return seconds if bool((seconds * second == steps).all()) else steps


def _is_nearly_in_order(values: npt.NDArray[np.uint64]) -> bool:
    """Tell whether few go back: NumPy's own way is quick then."""
    return int(np.count_nonzero(values[1:] < values[:-1])) < len(values) // 8


def stable_order(values: npt.NDArray[np.uint64]) -> Rows:
    """Order numbers, equal ones as they come; sixteen bits at a time takes half as long as all at once."""
    if len(values) < FEW_ROWS or _is_nearly_in_order(values):
        return np.argsort(values, kind="stable")
    values = _in_seconds(values)
    order: Rows | None = None
    for shift in range(0, int(values.max()).bit_length(), DIGIT_BITS):
        digits = ((values >> np.uint64(shift)) & np.uint64(0xFFFF)).astype(np.uint16)
        step = np.argsort(digits if order is None else digits[order], kind="stable")
        order = step if order is None else order[step]
    return np.arange(len(values)) if order is None else order


def groups(
    columns: Columns,
    rows: Rows,
    by: Sequence[str],
    counting: Counting = Counting.DELIVERIES,
    zone_ms: int = 0,
    basis: TimeBasis = TimeBasis.EVENT,
) -> tuple[Group, ...]:
    """Group by up to two of "day", "hour", "attempt" and the coded columns; biggest first.

    `zone_ms` is added to UTC before days and hours are told apart. Rows that name no event or
    nobody count as one each where those are counted.
    """
    rows = distinct(columns, rows, counting)
    keys = [_keys(columns, rows, name, zone_ms, basis) for name in by]
    combined = np.zeros(len(rows), np.int64)
    for values, texts in keys:
        combined = combined * len(texts) + values
    counts = np.bincount(combined)
    found = []
    for code in np.flatnonzero(counts).tolist():
        rest, parts = code, []
        for _, texts in reversed(keys):
            rest, part = divmod(rest, len(texts))
            parts.append(texts[part])
        found.append(Group(tuple(reversed(parts)), int(counts[code])))
    return tuple(sorted(found, key=lambda group: (-group.count, [key or "" for key in group.keys])))


def _keys(
    columns: Columns, rows: Rows, name: str, zone_ms: int, basis: TimeBasis
) -> tuple[Rows, list[str | None]]:
    """Number the keys of one column for each row, and give their texts."""
    if name in WORDED:
        return columns.of(name, rows).astype(np.int64), [word or None for word in columns.words[name]]
    if name == "attempt":
        attempts = columns.of(name, rows).astype(np.int64)
        return attempts, [None, *map(str, range(1, int(attempts.max(initial=0)) + 1))]
    moments = columns.of(basis.value, rows)
    absent = moments == ABSENT_MS
    unit, width = ("D", DAY_MS) if name == "day" else ("h", DAY_MS // 24)
    steps = np.where(absent, 0, (moments + zone_ms) // width)
    if absent.all():
        return np.zeros(len(rows), np.int64), [None]
    first, last = int(steps[~absent].min()), int(steps[~absent].max())
    texts = np.arange(first, last + 1).astype(f"datetime64[{unit}]").astype(str).tolist()
    return np.where(absent, 0, steps - first + 1), [None, *texts]


def distinct(columns: Columns, rows: Rows, counting: Counting) -> Rows:
    """Keep the first of these rows for every event or person; those that name none stay."""
    if counting is Counting.DELIVERIES:
        return rows
    if counting is Counting.EVENTS:
        # the same ID of another type is another event (callbacks.md §3)
        events = columns.of("event", rows)
        keys = np.where(
            events == 0, 0, events ^ (columns.of("type", rows).astype(np.uint64) << np.uint64(48))
        )
        absent = events == 0
    else:
        people = labels(columns)[rows]
        keys, absent = people.astype(np.uint64), people == NOBODY
    _, first = np.unique(keys, return_index=True)
    keep = absent.copy()
    keep[first] = True
    found: Rows = rows[keep]
    return found
