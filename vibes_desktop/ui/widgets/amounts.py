"""Amounts with their units."""

from __future__ import annotations

KILO = 1_000
THREE_DIGITS = 100


def byte_words(count: int) -> str:
    """Write a number of bytes for a person."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < KILO or unit == "GB":
            break
        amount /= KILO
    if unit == "bytes":
        return f"{count} bytes" if count != 1 else "1 byte"
    return f"{amount:.0f} {unit}" if amount >= THREE_DIGITS or unit == "kB" else f"{amount:.1f} {unit}"


def second_words(seconds: float) -> str:
    """Write how long something took."""
    return f"{seconds:.1f} s" if seconds >= 1 else f"{max(round(seconds * 1000), 1)} ms"
