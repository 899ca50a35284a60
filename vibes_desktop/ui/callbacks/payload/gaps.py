"""Spans of time in words; knows no Qt."""

from __future__ import annotations

SECOND = 1_000  # milliseconds
_UNITS = ((86_400 * SECOND, "day"), (3_600 * SECOND, "h"), (60 * SECOND, "min"), (SECOND, "s"))


def gap_words(milliseconds: int) -> str:
    """Write a span by its two largest units: `4 min 12 s`, `2 days 3 h`."""
    rest = abs(milliseconds)
    if rest < SECOND:
        return f"{rest} ms"
    words: list[str] = []
    for size, unit in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            words.append(f"{count:,} {unit}{'s' if unit == 'day' and count > 1 else ''}")
        if len(words) == 2 or (words and not count):
            break
    return " ".join(words)
