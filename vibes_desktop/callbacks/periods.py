"""Two periods beside each other: which lists, reasons, campaigns or hours account for a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.columns import ABSENT_MS, DAY_MS, WORDED, Columns
from vibes_desktop.callbacks.views import Counting, TimeBasis, distinct

Rows = npt.NDArray[np.int64]
WEEK_MS = 7 * DAY_MS
HOURS = 24


@dataclass(frozen=True, slots=True)
class Period:
    """From `begin_ms` to before `end_ms`, since 1970, UTC."""

    begin_ms: int
    end_ms: int

    def week_before(self) -> Period:
        """Give the same days of the week before: what one compares with unless told otherwise."""
        weeks = max(-(-(self.end_ms - self.begin_ms) // WEEK_MS), 1)
        return Period(self.begin_ms - weeks * WEEK_MS, self.end_ms - weeks * WEEK_MS)


@dataclass(frozen=True, slots=True)
class Contribution:
    """How much one value accounts for the change; `key` is None where it is absent."""

    key: str | None
    before: int
    after: int

    @property
    def change(self) -> int:
        """How many more there are."""
        return self.after - self.before


def contributions(
    columns: Columns,
    rows: Rows,
    name: str,
    before: Period,
    after: Period,
    *,
    counting: Counting = Counting.EVENTS,
    basis: TimeBasis = TimeBasis.EVENT,
    zone_ms: int = 0,
) -> tuple[Contribution, ...]:
    """Compare the counts of a coded column, or of the "hour" of the day, in two periods.

    An event that was delivered in both counts in the one of its first delivery; a person counts in each.
    Whatever contributes most to the change comes first; values that occur in neither are left out.
    """
    if counting is Counting.EVENTS:
        rows = distinct(columns, np.sort(rows), counting)
    counts = []
    for period in (before, after):
        chosen = _within(columns, rows, period, basis)
        if counting is Counting.PEOPLE:
            chosen = distinct(columns, chosen, counting)
        counts.append(_counted(columns, chosen, name, basis, zone_ms))
    labels = _labels(columns, name)
    found = [
        Contribution(labels[code], int(old), int(new))
        for code, (old, new) in enumerate(zip(*counts, strict=True))
        if old or new
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.change), each.key or "")))


def _within(columns: Columns, rows: Rows, period: Period, basis: TimeBasis) -> Rows:
    moments = columns.of(basis.value, rows)
    found: Rows = rows[(moments >= period.begin_ms) & (moments < period.end_ms) & (moments != ABSENT_MS)]
    return found


def _counted(columns: Columns, rows: Rows, name: str, basis: TimeBasis, zone_ms: int) -> Sequence[int]:
    if name in WORDED:
        return [*np.bincount(columns.of(name, rows), minlength=len(columns.words[name]))]
    hours = (columns.of(basis.value, rows) + zone_ms) // (DAY_MS // HOURS) % HOURS
    return [*np.bincount(hours, minlength=HOURS)]


def _labels(columns: Columns, name: str) -> list[str | None]:
    if name in WORDED:
        return [word or None for word in columns.words[name]]
    return [f"{hour:02}:00" for hour in range(HOURS)]
