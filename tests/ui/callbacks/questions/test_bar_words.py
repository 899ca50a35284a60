"""The words of a histogram."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from vibes_desktop.ui.callbacks.questions.bar_words import (
    LABEL_PIXELS,
    axis_labels,
    bar_words,
    callbacks,
    summary,
)
from vibes_desktop.ui.callbacks.questions.bars import DAY, HOUR_MS, STEPS, Bars, Step, Unit


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def days(count: int, first: str = "2026-10-20T00:00Z", *, width: int = 1) -> Bars:
    edges = tuple(ms(first) + place * width * DAY for place in range(count + 1))
    return Bars(edges, tuple(range(count)), Step(Unit.DAY, width, width * DAY), zone=UTC)


def hours(count: int, first: str = "2026-10-20T20:00Z") -> Bars:
    edges = tuple(ms(first) + place * HOUR_MS for place in range(count + 1))
    return Bars(edges, (1,) * count, Step(Unit.HOUR, 1, HOUR_MS), zone=UTC)


def test_days_are_labelled_on_mondays() -> None:
    labels = axis_labels(days(36), 34)
    assert labels[0] == (6, "26 Oct 2026")
    assert [text for _, text in labels[1:]] == ["2 Nov", "9 Nov", "16 Nov", "23 Nov"]


def test_hours_are_labelled_from_midnight() -> None:
    labels = axis_labels(hours(30), 30)
    assert (4, "21 Oct") in labels
    assert [text for _, text in labels] == [
        "20 Oct 2026",
        "21 Oct",
        "04:00",
        "08:00",
        "12:00",
        "16:00",
        "20:00",
        "22 Oct",
    ]


@pytest.mark.parametrize("pixels", [0.5, 3.0, 20.0, 200.0])
def test_labels_never_meet(pixels: float) -> None:
    for bars in (days(60), hours(60)):
        places = [place for place, _ in axis_labels(bars, pixels)]
        assert all((later - earlier) * pixels >= LABEL_PIXELS for earlier, later in pairwise(places))


def test_a_bar_says_when_and_how_many() -> None:
    assert bar_words(days(36), 14, 14) == "Tue 3 Nov 2026 · 14 callbacks"
    assert bar_words(days(36), 2, 1) == "21 Oct 2026 – 22 Oct 2026 · 3 callbacks"
    assert bar_words(days(3, width=7), 1, 1) == "27 Oct 2026 – 2 Nov 2026 · 1 callback"
    assert bar_words(hours(3), 0, 0) == "Tue 20 Oct 2026, 20:00\u201321:00 · 1 callback"


def test_months_and_years_say_so() -> None:
    months = Bars(
        (ms("2026-01-01T00:00Z"), ms("2026-02-01T00:00Z"), ms("2026-03-01T00:00Z")),
        (1, 2),
        STEPS[11],
        zone=UTC,
    )
    assert bar_words(months, 0, 0) == "January 2026 · 1 callback"
    assert bar_words(months, 0, 1) == "Jan 2026 – Feb 2026 · 3 callbacks"
    assert axis_labels(months, 100) == [(0, "Jan 2026"), (1, "Feb")]
    years = Bars((ms("2026-01-01T00:00Z"), ms("2027-01-01T00:00Z")), (1,), STEPS[13], zone=UTC)
    assert bar_words(years, 0, 0) == "2026 · 1 callback"


def test_the_summary_tells_what_is_left_out() -> None:
    assert summary(days(2)) == "20 Oct 2026 – 21 Oct 2026, by day"
    assert summary(days(2, width=7)).endswith(", by week")
    told = Bars(days(2).edges, (1, 1), days(2).step, outside=3, timeless=1234, zone=UTC)
    assert summary(told).endswith("by day · 3 far outside · 1,234 without this time")
    assert summary(Bars(timeless=1)) == "1 callback without this time"
    assert summary(Bars()) == ""


def test_callbacks_are_counted_in_words() -> None:
    assert (callbacks(0), callbacks(1), callbacks(1000)) == ("0 callbacks", "1 callback", "1,000 callbacks")
    assert timedelta(milliseconds=DAY) == timedelta(days=1)
