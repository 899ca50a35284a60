"""Dates of a question in the zone in which the window shows times. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.columns import ABSENT_MS, Columns
from vibes_desktop.callbacks.query import (
    EARLIEST_MS,
    FIELDS,
    LATEST_MS,
    And,
    Not,
    Or,
    Query,
    Takes,
    Term,
    moment_range,
)

Rows = npt.NDArray[np.int64]
FIRST_YEAR, LAST_YEAR = 1900, 9000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def range_of(term: Term, zone: tzinfo | None) -> tuple[int, int]:
    """Read a date condition as milliseconds from (included) to (excluded); `zone` None is this computer's.

    The offset is that of the range's own beginning and end, as summer time changes it. Raises QueryError.
    """
    begin, end = moment_range(term.value)
    return (
        begin if begin <= EARLIEST_MS else moment_range(term.value, _fixed(begin, zone))[0],
        end if end >= LATEST_MS else moment_range(term.value, _fixed(end, zone))[1],
    )


def in_utc(query: Query, zone: tzinfo | None) -> Query:
    """Write every date of a question in UTC, so that it means the same wherever it is answered."""
    match query:
        case Term(field) if FIELDS.get(field) is Takes.DATE:
            return Term(field, _written(*range_of(query, zone)))
        case Term():
            return query
        case Not(part):
            return Not(in_utc(part, zone))
        case And(parts):
            return And(tuple(in_utc(part, zone) for part in parts))
        case Or(parts):
            return Or(tuple(in_utc(part, zone) for part in parts))


def offset_ms(columns: Columns, rows: Rows, zone: tzinfo | None) -> int:
    """Give how far a zone is from UTC at the newest of some rows."""
    moments = columns["time"][rows]
    newest = int(moments.max(initial=ABSENT_MS))
    if newest == ABSENT_MS:
        return 0
    offset = (EPOCH + timedelta(milliseconds=newest)).astimezone(zone).utcoffset()
    return int((offset or timedelta()) / timedelta(milliseconds=1))


def _fixed(milliseconds: int, zone: tzinfo | None) -> timezone:
    """Give the offset that holds about when a clock in the zone shows what one in UTC shows at a moment."""
    shown = EPOCH + timedelta(milliseconds=milliseconds)
    if not FIRST_YEAR < shown.year < LAST_YEAR:  # no computer knows the zones of then
        return timezone(timedelta())
    there = shown.replace(tzinfo=None).astimezone() if zone is None else shown.replace(tzinfo=zone)
    return timezone(there.utcoffset() or timedelta())


def _written(begin: int, end: int) -> str:
    """Write a range whose ends are whole seconds; an end without bound stays away."""
    low = "" if begin <= EARLIEST_MS else f"{_second(begin)}Z"
    high = "" if end >= LATEST_MS else f"{_second(end - 1000)}Z"
    return f"{low}..{high}"


def _second(milliseconds: int) -> str:
    moment = EPOCH + timedelta(milliseconds=milliseconds)
    return f"{moment.year:04}-{moment:%m-%dT%H:%M:%S}"
