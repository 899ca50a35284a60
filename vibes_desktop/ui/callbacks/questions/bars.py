"""A histogram in steps that people count in, days and hours of a zone among them. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import Enum

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.columns import ABSENT_MS, Columns
from vibes_desktop.callbacks.query import Term
from vibes_desktop.callbacks.views import TimeBasis
from vibes_desktop.ui.callbacks.questions.pieces import Pieces

Rows = npt.NDArray[np.int64]
BARS_AT_MOST = 124
SAMPLE_ROWS = 20_000  # enough to tell strays from the rest
SECOND_MS, MINUTE_MS, HOUR_MS = 1000, 60_000, 3_600_000
STRAY_SHARE = 0.002  # so few rows may lie far off without pressing all others together
STRAY_FACTOR = 20
FIELDS = {TimeBasis.EVENT: "date", TimeBasis.RECEIVED: "received", TimeBasis.OPT_OUT: "optout"}


class Unit(Enum):
    """What a bar's width is counted in."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Step:
    """The width of a bar."""

    unit: Unit
    count: int
    milliseconds: int  # roughly, for months and years


DAY = 24 * HOUR_MS
STEPS = (
    *(Step(Unit.SECOND, count, count * SECOND_MS) for count in (1, 5, 15)),
    *(Step(Unit.MINUTE, count, count * MINUTE_MS) for count in (1, 5, 15)),
    *(Step(Unit.HOUR, count, count * HOUR_MS) for count in (1, 3, 6)),
    *(Step(Unit.DAY, count, count * DAY) for count in (1, 7)),
    *(Step(Unit.MONTH, count, count * 30 * DAY) for count in (1, 3)),
    *(Step(Unit.YEAR, count, count * 365 * DAY) for count in (1, 10, 100)),
)


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts between edges (milliseconds since 1970, UTC); how many rows lie outside, and have no time."""

    edges: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    step: Step = STEPS[0]
    outside: int = 0
    timeless: int = 0
    zone: tzinfo | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.counts)

    def at(self, milliseconds: int) -> int | None:
        """Find the bar that holds a moment."""
        if not self.counts or not self.edges[0] <= milliseconds < self.edges[-1]:
            return None
        return bisect_right(self.edges, milliseconds) - 1


def bars_of(
    columns: Columns, rows: Rows, basis: TimeBasis, zone: tzinfo | None, at_most: int = BARS_AT_MOST
) -> Bars:
    """Count rows over time. `zone` None is this computer's."""
    pieces = Pieces(columns, rows, basis.value)
    timed = sum(map(len, _present(pieces)))
    timeless = len(rows) - timed
    if not timed:
        return Bars(timeless=timeless, zone=zone)
    first, last = _range(_present(pieces), timed)
    step = next((each for each in STEPS if (last - first) // each.milliseconds < at_most - 1), STEPS[-1])
    edges = tuple(_edges(first, last, step, zone))
    counts = np.sum([_counts(piece, np.array(edges, np.int64)) for piece in _present(pieces)], axis=0)
    return Bars(edges, tuple(counts[1:-1].tolist()), step, int(counts[0] + counts[-1]), timeless, zone)


def _present(pieces: Iterable[Rows]) -> Iterator[Rows]:
    """Leave out moments that are absent."""
    for piece in pieces:
        present = piece[piece != ABSENT_MS]
        if len(present):
            yield present


def _counts(moments: Rows, edges: Rows) -> Rows:
    """Count moments before the first edge, between each two, and from the last one on."""
    return np.bincount(np.searchsorted(edges, moments, "right"), minlength=len(edges) + 1)


def _range(pieces: Iterable[Rows], count: int) -> tuple[int, int]:
    """Give the first and the last moment, without a few strays that lie far from all others."""
    every = -(-count // SAMPLE_ROWS)
    seen = [(int(piece.min()), int(piece.max()), piece[::every].copy()) for piece in pieces]
    first, last = min(low for low, _, _ in seen), max(high for _, high, _ in seen)
    sample = np.sort(np.concatenate([some for _, _, some in seen]))
    stray = int(len(sample) * STRAY_SHARE)
    if stray:
        low, high = int(sample[stray]), int(sample[-1 - stray])
        if last - first > STRAY_FACTOR * max(high - low, SECOND_MS):
            return low, high
    return first, last


def _edges(first: int, last: int, step: Step, zone: tzinfo | None) -> Iterator[int]:
    """Give the beginnings of all bars, and the end of the last."""
    moment = _floor(first, step, zone)
    yield moment
    while moment <= last:
        moment = _following(moment, step, zone)
        yield moment


def _floor(milliseconds: int, step: Step, zone: tzinfo | None) -> int:
    if step.unit in _FIXED:
        offset = _offset_ms(milliseconds, zone)
        return (milliseconds + offset) // step.milliseconds * step.milliseconds - offset
    day = _calendar(milliseconds, zone)
    match step.unit:
        case Unit.DAY:
            day -= timedelta(days=day.weekday() if step.count > 1 else 0)
        case Unit.MONTH:
            day = day.replace(day=1, month=(day.month - 1) // step.count * step.count + 1)
        case _:
            day = day.replace(day=1, month=1, year=max(day.year // step.count * step.count, 1))
    return _ms(day, zone)


def _following(milliseconds: int, step: Step, zone: tzinfo | None) -> int:
    if step.unit in _FIXED:
        return milliseconds + step.milliseconds
    day = _calendar(milliseconds, zone)
    match step.unit:
        case Unit.DAY:
            day += timedelta(days=step.count)
        case Unit.MONTH:
            months = day.month - 1 + step.count
            day = day.replace(year=day.year + months // 12, month=months % 12 + 1)
        case _:
            day = day.replace(year=min(day.year + step.count, 9999))
    return max(_ms(day, zone), milliseconds + 1)


_FIXED = frozenset((Unit.SECOND, Unit.MINUTE, Unit.HOUR))


def moment_in(milliseconds: int, zone: tzinfo | None) -> datetime:
    """Give the date and time that a clock in a zone shows."""
    return (EPOCH + timedelta(milliseconds=milliseconds)).astimezone(zone)


EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _calendar(milliseconds: int, zone: tzinfo | None) -> datetime:
    """Give the day of a moment, as a date without a zone."""
    return moment_in(milliseconds, zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)


def _ms(day: datetime, zone: tzinfo | None) -> int:
    """Give the moment at which a clock in the zone shows this."""
    moment = day.astimezone() if zone is None else day.replace(tzinfo=zone)
    return round(moment.timestamp() * 1000)


def day_ms(day: date, zone: tzinfo | None) -> int:
    """Give the moment at which a day begins in a zone."""
    return _ms(datetime(day.year, day.month, day.day), zone)  # noqa: DTZ001 - the zone is given beside it


def _offset_ms(milliseconds: int, zone: tzinfo | None) -> int:
    offset = moment_in(milliseconds, zone).utcoffset()
    return round(offset.total_seconds() * 1000) if offset else 0


# A stretch of time as a condition

_ROUNDINGS: tuple[tuple[str, Callable[[datetime], datetime]], ...] = (
    ("%Y", lambda moment: moment.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)),
    ("%Y-%m", lambda moment: moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)),
    ("%Y-%m-%d", lambda moment: moment.replace(hour=0, minute=0, second=0, microsecond=0)),
    ("%Y-%m-%dT%H", lambda moment: moment.replace(minute=0, second=0, microsecond=0)),
    ("%Y-%m-%dT%H:%M", lambda moment: moment.replace(second=0, microsecond=0)),
    ("%Y-%m-%dT%H:%M:%S", lambda moment: moment.replace(microsecond=0)),
)


def range_term(basis: TimeBasis, begin_ms: int, end_ms: int, zone: tzinfo | None) -> Term:
    """Write a stretch of time as coarsely as says it exactly: a day, days, hours; to whole seconds."""
    begin = moment_in(begin_ms, zone).replace(tzinfo=None)
    last = moment_in(max(end_ms - SECOND_MS, begin_ms), zone).replace(tzinfo=None)
    end = moment_in(end_ms, zone).replace(tzinfo=None)
    for spelling, rounded in _ROUNDINGS:
        if rounded(begin) == begin and rounded(end) == end:
            low, high = begin.strftime(spelling), last.strftime(spelling)
            return Term(FIELDS[basis], low if low == high else f"{low}..{high}")
    return Term(FIELDS[basis], f"{begin:%Y-%m-%dT%H:%M:%S}..{last:%Y-%m-%dT%H:%M:%S}")
