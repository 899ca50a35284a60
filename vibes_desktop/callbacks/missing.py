"""What may be missing from a collection, each with an innocent explanation; nothing here proves a loss."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import ABSENT_MS, DAY_MS, Columns
from vibes_desktop.callbacks.persons import NOBODY, labels
from vibes_desktop.callbacks.sentences import day_in_words
from vibes_desktop.callbacks.stopping import Check, go_on
from vibes_desktop.callbacks.views import TimeBasis

Rows = npt.NDArray[np.int64]
MINUTE_MS = 60_000
WIDTHS_MS = tuple(minutes * MINUTE_MS for minutes in (1, 5, 15, 60, 360, 1440))  # each divides a day
ENOUGH = 20  # payloads that one would expect: so many hardly stay away by chance
SILENT_SHARE = 0.1
USUAL_PERCENTILE = 15  # so that quiet weekends count as usual
IN_A_STEP = 4  # payloads on average: steps in which fewer come would be empty by chance
DAYS_FOR_A_PATTERN = 4
MOST_SILENCES = 20


class Lack(Enum):
    """What kind of thing may be missing."""

    FIRST_ATTEMPT = "first attempt"
    ADDITION = "addition"
    REMOVAL = "removal"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that may be missing, and the rows that hint at it; `begin_ms` and `end_ms` of a silence."""

    lack: Lack
    rows: Rows = field(repr=False)
    sentence: str
    explanation: str
    is_explained: bool = False  # by what the payloads themselves say
    begin_ms: int | None = None
    end_ms: int | None = None


NO_ORDER = "The platform promises no order, so it may still come"
BEGAN_LATER = "the capture may have begun later"
ELSEWHERE = "another registered address may have taken it (there can be 50 for each type)"


def possibly_missing(
    collection: Collection, rows: Rows, check: Check = go_on, basis: TimeBasis = TimeBasis.EVENT
) -> tuple[Gap, ...]:
    """Look for hints in these rows; what explains them is looked for in the whole collection.

    About a second for a million rows; `check` may raise Stopped.
    """
    columns, rows = collection.columns, np.sort(rows)
    found = _first_attempts(columns, rows)
    check()
    people = labels(columns)
    check()
    found += _subscriptions(columns, rows, people)
    check()
    found += silences(columns, rows, basis)
    return tuple(sorted(found, key=lambda gap: (gap.is_explained, -len(gap.rows))))


def _first_attempts(columns: Columns, rows: Rows) -> list[Gap]:
    """Find events whose first delivery that is here was not the first that was tried."""
    attempts, events = columns["attempt"], columns["event"]
    told = np.flatnonzero((attempts > 0) & (events != 0))
    if not len(told):
        return []
    keys = events[told] ^ (columns["type"][told].astype(np.uint64) << np.uint64(48))
    order = np.lexsort((attempts[told], keys))
    told, keys = told[order], keys[order]
    first = told[np.concatenate(([True], keys[1:] != keys[:-1]))]
    late = np.intersect1d(first[attempts[first] > 1], rows)
    if not len(late):
        return []
    what = "event was" if len(late) == 1 else "events were"
    return [
        Gap(
            Lack.FIRST_ATTEMPT,
            late,
            f"{len(late):,} {what} first seen at a second or later attempt.",
            f"Each may have been tried before the capture began; {ELSEWHERE}; or this receiver did not "
            "answer the first time, and kept no record of it.",
        )
    ]


def _subscriptions(columns: Columns, rows: Rows, people: Rows) -> list[Gap]:
    """Follow each person on each list through joining and leaving."""
    joins, leaves = _code(columns, "subscription_added"), _code(columns, "subscription_removed")
    types = columns["type"]
    steps = np.flatnonzero(
        ((types == joins) | (types == leaves)) & (people != NOBODY) & (columns["list"] != 0)
    )
    steps = _once(columns, steps)
    if not len(steps):
        return []
    # the ten thousandth list of the millionth person still fits
    keys = (people[steps] << 32) | columns["list"][steps].astype(np.int64)
    is_leave = types[steps] == leaves
    when = np.where(is_leave, columns["opt_out"][steps], columns["opt_in"][steps])
    when = np.where(when == ABSENT_MS, columns["time"][steps], when)
    order = np.lexsort((is_leave, when, keys))
    steps, keys, is_leave, when = steps[order], keys[order], is_leave[order], when[order]
    starts = np.concatenate(([True], keys[1:] != keys[:-1]))
    after_leave = np.concatenate(([False], is_leave[:-1])) | starts
    timed = when != ABSENT_MS
    again = ~is_leave & ~after_leave & timed
    again[1:] &= when[1:] != when[:-1]
    unannounced = np.sort(steps[is_leave & after_leave & timed])
    return _left(columns, np.intersect1d(unannounced, rows)) + _rejoined(np.intersect1d(steps[again], rows))


def _left(columns: Columns, rows: Rows) -> list[Gap]:
    """Tell removals apart by whether the person joined before the first payload."""
    times = columns["time"]
    present = times[times != ABSENT_MS]
    began = int(present.min()) if len(present) else ABSENT_MS
    joined = columns.of("opt_in", rows)
    before, during = rows[joined < began], rows[joined >= began]
    found = []
    if len(during):
        who = "removal names a person" if len(during) == 1 else "removals name people"
        found.append(
            Gap(
                Lack.ADDITION,
                during,
                f"{len(during):,} {who} who joined in the time covered, and whose joining isn't here.",
                f"{NO_ORDER}; {ELSEWHERE}; or additions are not registered for this list.",
            )
        )
    if len(before):
        who = "removal names a person" if len(before) == 1 else "removals name people"
        since = f" ({day_in_words(began)})" if began != ABSENT_MS else ""
        found.append(
            Gap(
                Lack.ADDITION,
                before,
                f"{len(before):,} {who} who joined before the first payload{since}, or at a time not told.",
                f"That they joined can't be here: {BEGAN_LATER}.",
                is_explained=True,
            )
        )
    return found


def _rejoined(rows: Rows) -> list[Gap]:
    if not len(rows):
        return []
    what = "person joined a list" if len(rows) == 1 else "times somebody joined a list"
    return [
        Gap(
            Lack.REMOVAL,
            rows,
            f"{len(rows):,} {what} again without having left it in between.",
            f"{NO_ORDER}; {ELSEWHERE}; or removals are not registered for this list.",
        )
    ]


def silences(columns: Columns, rows: Rows, basis: TimeBasis = TimeBasis.EVENT) -> list[Gap]:
    """Find times in which far fewer payloads came than usual at that time of day."""
    moments = columns.of(basis.value, rows)
    present = moments != ABSENT_MS
    order = np.argsort(moments[present], kind="stable")
    moments, rows = moments[present][order], rows[present][order]
    if len(moments) < ENOUGH:
        return []
    first = int(moments[0])
    width = _width(int(moments[-1]) - first, len(moments))
    counts = np.bincount((moments - first) // width)[:-1]  # the last step may be cut short
    usual = _usual(counts, DAY_MS // width)
    quiet = (counts <= usual * SILENT_SHARE) & (usual > 0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.astype(np.int8), [0]))))
    found = []
    for begin, end in edges.reshape(-1, 2).tolist():
        expected, came = float(usual[begin:end].sum()), int(counts[begin:end].sum())
        if expected >= ENOUGH:
            span = first + begin * width, first + end * width
            found.append((expected, _silence(rows, moments, span, round(expected), came)))
    found.sort(key=lambda pair: -pair[0])
    return [gap for _, gap in found[:MOST_SILENCES]]


def _width(span_ms: int, count: int) -> int:
    """Choose steps in which enough usually comes to notice when nothing does."""
    for width in WIDTHS_MS:
        if count * width >= IN_A_STEP * span_ms:
            return width
    return WIDTHS_MS[-1]


def _usual(counts: npt.NDArray[np.int64], per_day: int) -> npt.NDArray[np.float64]:
    """Tell what usually comes in each step: at that time of day, where there are days enough to tell."""
    days = -(-len(counts) // per_day)
    if days < DAYS_FOR_A_PATTERN:
        return np.full(len(counts), np.percentile(counts, USUAL_PERCENTILE, method="lower"))
    table = np.full(days * per_day, np.nan)
    table[: len(counts)] = counts
    by_time = np.nanpercentile(table.reshape(days, per_day), USUAL_PERCENTILE, axis=0, method="lower")
    usual: npt.NDArray[np.float64] = np.tile(by_time, days)[: len(counts)]
    return usual


def _silence(rows: Rows, moments: Rows, span: tuple[int, int], expected: int, came: int) -> Gap:
    """Name the last row before a silence and the first one after it."""
    before = max(int(np.searchsorted(moments, span[0])) - 1, 0)
    after = min(int(np.searchsorted(moments, span[1])), len(rows) - 1)
    heard = "nothing" if not came else f"{came:,} payload{'' if came == 1 else 's'}"
    return Gap(
        Lack.SILENCE,
        np.unique(rows[[before, after]]),
        f"For {_length(span[1] - span[0])} there was {heard} where about {expected:,} are usual.",
        "There may have been nothing to tell, as on a holiday; or the receiver, or the capture, was stopped: "
        "then events may come again, as the platform tries more than once.",
        begin_ms=span[0],
        end_ms=span[1],
    )


def _length(milliseconds: int) -> str:
    minutes = milliseconds // MINUTE_MS
    for size, name in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size and minutes % size * 10 < minutes:
            count = round(minutes / size)
            return f"{count:,} {name}{'' if count == 1 else 's'}"
    return f"{minutes:,} minutes"


def _code(columns: Columns, name: str) -> int:
    words = columns.words["type"]
    return words.index(name) if name in words else -1


def _once(columns: Columns, rows: Rows) -> Rows:
    """Keep the first delivery of each event; those without an ID stay."""
    events = columns["event"][rows]
    _, first = np.unique(events, return_index=True)
    keep = events == 0
    keep[first] = True
    found: Rows = rows[keep]
    return found
