"""Days and moments of subscriptions, as every screen shows them."""

from __future__ import annotations

from datetime import datetime

from vibes_desktop.people.dates import day_words, read_stamp
from vibes_desktop.people.display import visible
from vibes_desktop.ui.times import Times

UNKNOWN_DAY = "an unknown day"


def day_of(text: str | None, times: Times) -> str:
    """Write the day of a platform's timestamp in the zone shown; what can't be read as it came."""
    if not text:
        return UNKNOWN_DAY
    stamp = read_stamp(text)
    if stamp is None:
        return visible(text)
    return day_words(stamp.day if stamp.moment is None else stamp.moment.astimezone(times.basis).date())


def moment_of(text: str | None, times: Times) -> str:
    """Write a platform's timestamp to the second; a tooltip's words."""
    stamp = read_stamp(text) if text else None
    if stamp is None or stamp.moment is None:
        return visible(text or UNKNOWN_DAY)
    return times.moment(milliseconds(stamp.moment), with_zone=True)


def milliseconds(moment: datetime) -> int:
    """Count since 1970 in UTC, as `Times` takes it."""
    return round(moment.timestamp() * 1000)
