"""Facets, a histogram over time, sorting and grouping of selected rows: columns in, small tables out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import ABSENT_MS, DAY_MS, WORDED, Columns

Rows = npt.NDArray[np.int64]


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
    """Count the values of type, list, campaign, reason or source among the rows, most frequent first."""
    columns = collection.columns
    words = [source.name for source in collection.sources] if name == "source" else columns.words[name]
    counts = np.bincount(columns["file" if name == "source" else name][rows], minlength=len(words))
    found = [(word, int(count)) for word, count in zip(words, counts, strict=False) if count and word]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def histogram(columns: Columns, rows: Rows, bars: int, basis: TimeBasis = TimeBasis.EVENT) -> tuple[Bar, ...]:
    """Count rows over time in bars of equal width; rows without that time are left out."""
    moments = columns[basis.value][rows]
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
    values = columns[name][rows]
    if name in WORDED:
        words = columns.words[name]
        ranks = np.empty(len(words), np.int64)
        ranks[sorted(range(len(words)), key=lambda code: words[code])] = np.arange(len(words))
        values, absent = ranks[values], values == 0
    else:
        absent = values == (ABSENT_MS if name in {"time", "received", "opt_in", "opt_out"} else 0)
        values = values.astype(np.int64, copy=False) if values.dtype != np.uint64 else values
    if name in {"file", "offset", "position"}:
        absent = np.zeros(len(rows), bool)
    if descending:
        values = values.max(initial=0) - values
    order = np.lexsort((values, absent)) if absent.any() else np.argsort(values, kind="stable")
    found: Rows = rows[order]
    return found


def groups(
    columns: Columns,
    rows: Rows,
    by: Sequence[str],
    counting: Counting = Counting.DELIVERIES,
    zone_ms: int = 0,
) -> tuple[Group, ...]:
    """Group by up to two of "day", "hour" and the coded columns; biggest first.

    `zone_ms` is added to UTC before days and hours are told apart. Rows that name no event or
    nobody count as one each where those are counted.
    """
    rows = distinct(columns, rows, counting)
    keys = [_keys(columns, rows, name, zone_ms) for name in by]
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


def _keys(columns: Columns, rows: Rows, name: str, zone_ms: int) -> tuple[Rows, list[str | None]]:
    """Number the keys of one column for each row, and give their texts."""
    if name in WORDED:
        return columns[name][rows].astype(np.int64), [word or None for word in columns.words[name]]
    moments = columns["time"][rows]
    absent = moments == ABSENT_MS
    unit, width = ("D", DAY_MS) if name == "day" else ("h", DAY_MS // 24)
    steps = np.where(absent, 0, (moments + zone_ms) // width)
    if absent.all():
        return np.zeros(len(rows), np.int64), [None]
    first, last = int(steps[~absent].min()), int(steps[~absent].max())
    texts = np.arange(first, last + 1).astype(f"datetime64[{unit}]").astype(str).tolist()
    return np.where(absent, 0, steps - first + 1), [None, *texts]


def distinct(columns: Columns, rows: Rows, counting: Counting) -> Rows:
    """Keep the first row of every event or person; those that name none stay."""
    if counting is Counting.DELIVERIES:
        return rows
    if counting is Counting.EVENTS:
        # the same ID of another type is another event (callbacks.md §3)
        keys = np.where(
            columns["event"][rows] == 0, 0, columns["event"][rows] ^ columns["type"][rows].astype(np.uint64)
        )
    else:
        keys = _person_keys(columns, rows)
    _, first = np.unique(keys, return_index=True)
    keep = keys == 0
    keep[first] = True
    found: Rows = rows[keep]
    return found


def _person_keys(columns: Columns, rows: Rows) -> npt.NDArray[np.uint64]:
    """Tell people apart by the first identifier they have; kinds aren't joined here."""
    keys = columns["external"][rows].astype(np.uint64)
    for name in ("key", "person", "mdn"):
        keys = np.where(keys == 0, columns[name][rows].astype(np.uint64), keys)
    return keys
