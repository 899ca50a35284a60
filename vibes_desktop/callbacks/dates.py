"""Points in time as payloads and logs spell them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST_SECONDS = 253_402_300_800  # the year 10000
MILLISECONDS_FROM = 100_000_000_000  # a number from here on counts milliseconds, not seconds
MAX_TEXT = 40
ACCESS_LOG = re.compile(r"\d{1,2}/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}")
IN_TEXT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z| ?[+-]\d\d:?\d\d)?")
NUMBER = re.compile(r"\d{9,14}(?:\.\d+)?")


def parse_ms(text: str) -> int | None:
    """Read an ISO date and time as milliseconds since 1970, UTC; None when it is none.

    Without a zone it is taken as UTC; seconds may be missing (callbacks.md §4.2).
    """
    if len(text) > MAX_TEXT or len(text) < len("2017-01-01T00:00"):
        return None
    try:
        moment = datetime.fromisoformat(text.strip().replace(",", "."))
    except ValueError:
        return None
    return _milliseconds(moment)


def parse_log_ms(value: object) -> int | None:
    """Read the time of a wrapper: ISO, an access log's, or a number of (milli)seconds since 1970."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _from_number(value)
    if not isinstance(value, str):
        return None
    text = value.strip().strip("[]")
    if NUMBER.fullmatch(text):
        return _from_number(float(text))
    if ACCESS_LOG.fullmatch(text):
        return _access_log(text)
    return parse_ms(text)


def find_ms(text: str) -> int | None:
    """Find the first point in time in a line of a log."""
    if match := ACCESS_LOG.search(text):
        return _access_log(match[0])
    if match := IN_TEXT.search(text):
        return parse_ms(match[0].replace(" +", "+").replace(" -", "-"))
    return None


def iso_seconds(milliseconds: int) -> str:
    """Write a time as YYYY-MM-DDTHH:MM:SSZ."""
    moment = datetime.fromtimestamp(milliseconds // 1000, UTC)
    return f"{moment:%Y}".zfill(4) + f"{moment:-%m-%dT%H:%M:%SZ}"


def _milliseconds(moment: datetime) -> int | None:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    passed = moment - EPOCH
    seconds = passed.days * 86_400 + passed.seconds
    if not -62_135_596_800 <= seconds < LATEST_SECONDS:  # outside of the years 1 to 9999 once in UTC
        return None
    return seconds * 1000 + passed.microseconds // 1000


def _from_number(number: float) -> int | None:
    if not 0 < number < LATEST_SECONDS * 1000:
        return None
    return int(number if number >= MILLISECONDS_FROM else number * 1000)


def _access_log(text: str) -> int | None:
    try:
        return _milliseconds(datetime.strptime(text, "%d/%b/%Y:%H:%M:%S %z"))
    except ValueError:
        return None
