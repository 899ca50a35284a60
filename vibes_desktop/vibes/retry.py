"""When a call may be tried again, and how long to wait before."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from vibes_desktop.vibes.answer import Answer
from vibes_desktop.vibes.limits import Limits

PASSING_TROUBLE: Final = frozenset({408, 429, 500, 502, 503, 504})
CERTAINLY_UNPROCESSED: Final = frozenset({429})


def is_repeatable(status: int, *, is_write: bool) -> bool:
    """Tell whether a status allows another attempt: for a write only one that says nothing was done."""
    return status in (CERTAINLY_UNPROCESSED if is_write else PASSING_TROUBLE)


def longest_backoff(attempt: int, limits: Limits) -> float:
    """Seconds that the random wait after an attempt (1, 2, …) may reach: full jitter."""
    return min(limits.longest_backoff_seconds, limits.first_backoff_seconds * 2.0 ** (attempt - 1))


def retry_after(answer: Answer, now: datetime, limits: Limits) -> float | None:
    """Seconds that a `Retry-After` asks for, in either form, within bounds; None without a usable one.

    A date is compared with the answer's own `Date`, so that a wrong clock here does no harm.
    """
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        seconds = float(text[:9])
    else:
        until = _date(text)
        if until is None:
            return None
        seconds = (until - (_date(answer.headers.get("date", "")) or now)).total_seconds()
    return min(max(seconds, 0.0), limits.longest_wait_seconds)


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=UTC)
