"""The sandbox's time, and the spellings of it that the platform uses."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]

MINUTE = timedelta(minutes=1)


def utc_now() -> datetime:
    """Give the present moment."""
    return datetime.now(UTC)


def to_minute(moment: datetime) -> str:
    """Spell a moment without seconds: created_at, updated_at, participation_date."""
    return f"{moment:%Y-%m-%dT%H:%MZ}"


def to_second(moment: datetime) -> str:
    """Spell a moment with seconds: opt_in_date, event_date."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def to_millisecond(moment: datetime) -> str:
    """Spell a moment with milliseconds: opt_out_date."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def later_stamp(previous: str, now: datetime) -> str:
    """Give a stamp for a change now; at least a minute after the previous one, as stamps have no seconds."""
    if not previous:
        return to_minute(now)
    return max(to_minute(now), to_minute(datetime.fromisoformat(previous) + MINUTE))


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 date or moment in UTC; without a zone it is UTC already. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError("before the first year or after the last") from None
