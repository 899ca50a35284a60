"""Dates in their usual spelling, thousands at a time."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

PATTERN = np.frombuffer(b"0000-00-00T00:00:00Z", np.uint8)
USUAL = len(PATTERN)
ZERO = ord("0")
DIGITS = np.flatnonzero(ZERO == PATTERN)
MARKS = np.flatnonzero(ZERO != PATTERN)
MONTHS = 12
LAST_MONTH = 9999 * MONTHS - 1  # from January of the year 1, which is 0
HOURS, MINUTES, SECONDS = 24, 60, 60
SECONDS_A_DAY = 86_400


def usual_times(letters: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64] | None:
    """Read dates, a row of letters each, as milliseconds since 1970; None if one of them is odd."""
    if letters.shape[1] != USUAL:
        return None
    digits = letters[:, DIGITS] - np.uint8(ZERO)
    if (digits > 9).any() or (letters[:, MARKS] != PATTERN[MARKS]).any():
        return None
    pairs = digits[:, 0::2] * np.uint8(10) + digits[:, 1::2]
    century, year, month, day, hour, minute, second = pairs.T.astype(np.int32)
    months = (century * 100 + year - 1) * MONTHS + month - 1
    if months.min() < 0 or months.max() > LAST_MONTH or month.min() < 1 or month.max() > MONTHS:
        return None
    first = _first_days()[months]
    if day.min() < 1 or (first + day > _first_days()[months + 1]).any():
        return None
    if hour.max() >= HOURS or minute.max() >= MINUTES or second.max() >= SECONDS:
        return None
    seconds = (first + day - 1).astype(np.int64) * SECONDS_A_DAY + (hour * 3600 + minute * 60 + second)
    found: npt.NDArray[np.int64] = seconds * 1000
    return found


@cache
def _first_days() -> npt.NDArray[np.int32]:
    """Give the first day of every month of the years 1 to 9999, and of the one after, since 1970."""
    months = np.arange("0001-01", "10000-02", dtype="datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64).astype(np.int32)
