"""Tests of vibes_desktop.vibes.retry."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vibes_desktop.vibes.answer import Answer
from vibes_desktop.vibes.limits import DEFAULT
from vibes_desktop.vibes.retry import is_repeatable, longest_backoff, retry_after

NOON = datetime(2026, 1, 5, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("7", 7),
        (" 7 ", 7),
        ("120", 120),
        ("121", 120),
        ("9" * 400, 120),
        ("Mon, 05 Jan 2026 12:00:30 GMT", 30),
        ("Mon, 05 Jan 2026 11:59:00 GMT", 0),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 120),
        ("Monday, 05-Jan-26 12:00:30 GMT", 30),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("٣", None),
        ("Mon, 45 Jan 2026 12:00:30 GMT", None),
    ],
)
def test_reads_both_forms_within_bounds(value: str, seconds: float | None) -> None:
    assert retry_after(Answer(429, {"retry-after": value}), NOON, DEFAULT) == seconds


def test_measures_a_date_by_the_answers_own_clock() -> None:
    headers = {"retry-after": "Mon, 05 Jan 2026 15:00:30 GMT", "date": "Mon, 05 Jan 2026 15:00:00 GMT"}
    assert retry_after(Answer(503, headers), NOON, DEFAULT) == 30


def test_waits_grow_to_a_bound() -> None:
    assert [longest_backoff(attempt, DEFAULT) for attempt in range(1, 7)] == [0.5, 1, 2, 4, 8, 8]


def test_a_write_is_repeated_only_where_nothing_was_done() -> None:
    assert {status for status in range(100, 600) if is_repeatable(status, is_write=True)} == {429}
    assert not is_repeatable(501, is_write=False)
    assert is_repeatable(503, is_write=False)
