"""Dates and times in every spelling the platform uses (docs/platform.md §5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta, timezone, tzinfo

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SPELLING = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[Tt ](?P<clock>\d{2}:\d{2}(?::\d{2})?)(?:[.,](?P<fraction>\d{1,9}))?"
    r"\s?(?P<zone>[Zz]|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as read: the calendar day as written, and the moment where a time and its zone are known.

    Days of the first and the last year, which stand for “never”, have no moment: some zones lack them.
    """

    day: date
    moment: datetime | None = None
    has_time: bool = False  # a time of day other than midnight

    @property
    def is_date_only(self) -> bool:
        """Tell whether this means a day of the calendar, which no time zone may shift."""
        return not self.has_time


def read_stamp(text: str) -> Stamp | None:
    """Read a date or timestamp; None for any other text, an impossible day included."""
    spelt = _SPELLING.fullmatch(text.strip())
    if spelt is None:
        return None
    try:
        day = date.fromisoformat(spelt["day"])
        if spelt["clock"] is None:
            return Stamp(day)
        local = datetime.fromisoformat(f"{spelt['day']}T{spelt['clock']}")
    except ValueError:
        return None
    local += timedelta(microseconds=int((spelt["fraction"] or "0").ljust(6, "0")[:6]))
    zone = None if day.year in {MINYEAR, MAXYEAR} else _zone(spelt["zone"])
    moment = None if zone is None else local.replace(tzinfo=zone)
    return Stamp(day, moment, has_time=local.time() != datetime.min.time())


def same_date(a: str, b: str) -> bool:
    """Tell whether two texts are dates that mean the same moment, or the same day without a time."""
    first, second = read_stamp(a), read_stamp(b)
    if first is None or second is None:
        return False
    if first.moment is not None and second.moment is not None:
        return first.moment == second.moment
    return first.is_date_only and second.is_date_only and first.day == second.day


def day_words(day: date) -> str:
    """Write a day as `1 Dec 1950`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_words(moment: datetime, zone: tzinfo | None = None) -> str:
    """Write a moment as `15 Jan 2017, 14:30 UTC`; in this computer's zone unless told another."""
    local = _in_zone(moment, zone)
    seconds = f":{local.second:02}" if local.second else ""
    return f"{day_words(local.date())}, {local.hour:02}:{local.minute:02}{seconds} {local.tzname()}"


def stamp_words(text: str, zone: tzinfo | None = None) -> str:
    """Write a timestamp for a person; a text that is none stays as it is."""
    stamp = read_stamp(text)
    if stamp is None:
        return text
    return day_words(stamp.day) if stamp.moment is None else moment_words(stamp.moment, zone)


def write_day(day: date, instead_of: str | None = None) -> str:
    """Write a day the way the platform takes it (docs/platform.md §9); the same day keeps its spelling."""
    old = read_stamp(instead_of) if instead_of is not None else None
    if instead_of is not None and old is not None and old.is_date_only and old.day == day:
        return instead_of
    return f"{day.isoformat()}T00:00:00Z"


def _in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    try:
        return moment.astimezone(zone)
    except OSError:  # Windows can't tell this computer's zone for what was before 1970
        return moment


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text in {"Z", "z", "UTC", "GMT"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset >= timedelta(hours=24):
        return None
    return timezone(-offset if text[0] == "-" else offset)
