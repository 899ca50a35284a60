"""Dates and times in all spellings of the platform."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.people.dates import (
    day_words,
    moment_words,
    read_stamp,
    same_date,
    stamp_words,
    write_day,
)


@pytest.mark.parametrize("hours", [-12, 0, 14])
@pytest.mark.parametrize(
    ("text", "words"),
    [("0001-01-01T00:00:00Z", "1 Jan 1"), ("9999-12-31T23:59:59+00:00", "31 Dec 9999")],
)
def test_a_day_that_stands_for_never_is_shown_in_any_zone(text: str, words: str, hours: int) -> None:
    assert stamp_words(text, timezone(timedelta(hours=hours))) == words


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2017-01-15T14:30Z", datetime(2017, 1, 15, 14, 30, tzinfo=UTC)),
        ("2017-01-15T15:34:52Z", datetime(2017, 1, 15, 15, 34, 52, tzinfo=UTC)),
        ("2018-05-07T15:27:33.664Z", datetime(2018, 5, 7, 15, 27, 33, 664000, tzinfo=UTC)),
        ("2017-02-18T15:34:52+0000", datetime(2017, 2, 18, 15, 34, 52, tzinfo=UTC)),
        ("2019-06-04T22:29:51+00:00", datetime(2019, 6, 4, 22, 29, 51, tzinfo=UTC)),
        ("2020-08-23T21:38:05.258+01:00", datetime(2020, 8, 23, 20, 38, 5, 258000, tzinfo=UTC)),
        ("1990-12-01T01:00:00z", datetime(1990, 12, 1, 1, tzinfo=UTC)),
        ("2017-04-05 14:30:00 -0600", datetime(2017, 4, 5, 20, 30, tzinfo=UTC)),
        ("2017-04-05 14:30:00 UTC", datetime(2017, 4, 5, 14, 30, tzinfo=UTC)),
    ],
)
def test_every_spelling_of_a_time_is_read(text: str, moment: datetime) -> None:
    stamp = read_stamp(text)
    assert stamp is not None
    assert stamp.moment == moment
    assert not stamp.is_date_only


@pytest.mark.parametrize(
    "text", ["1950-12-01T00:00:00Z", "1950-12-01T00:00:00z", "1950-12-01", "1950-12-01T00:00-06:00"]
)
def test_midnight_and_a_bare_day_are_a_day_of_the_calendar(text: str) -> None:
    stamp = read_stamp(text)
    assert stamp is not None
    assert stamp.is_date_only
    assert day_words(stamp.day) == "1 Dec 1950"


@pytest.mark.parametrize(
    "text",
    ["", "20170115", "02134", "2017-02-30", "2017-1-5", "2017-01-15T25:00Z", "2017-01-15x", "١٩٥٠-12-01"],
)
def test_other_texts_are_no_dates(text: str) -> None:
    assert read_stamp(text) is None
    assert stamp_words(text) == text


def test_a_moment_is_told_in_a_zone() -> None:
    there = timezone(timedelta(hours=-6), "CST")
    assert moment_words(datetime(2017, 1, 15, 14, 30, tzinfo=UTC), there) == "15 Jan 2017, 08:30 CST"
    assert stamp_words("2017-01-15T14:30:07Z", UTC) == "15 Jan 2017, 14:30:07 UTC"
    assert stamp_words("2017-01-15", there) == "15 Jan 2017"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("1950-12-01T00:00:00Z", "1950-12-01T00:00:00z", True),
        ("1950-12-01T00:00:00Z", "1950-12-01", True),
        ("2017-01-15T14:30Z", "2017-01-15T08:30:00-0600", True),
        ("2017-01-15T14:30Z", "2017-01-15T14:31Z", False),
        ("1950-12-01", "1950-12-02", False),
        ("1950-12-01T12:00:00Z", "1950-12-01", False),
        ("1950-12-01", "first of December", False),
    ],
)
def test_dates_are_compared_by_meaning(a: str, b: str, same: bool) -> None:
    assert same_date(a, b) is same
    assert same_date(b, a) is same


def test_an_unchanged_day_keeps_its_spelling() -> None:
    assert write_day(date(1950, 12, 1), "1950-12-01T00:00:00z") == "1950-12-01T00:00:00z"
    assert write_day(date(1950, 12, 2), "1950-12-01T00:00:00z") == "1950-12-02T00:00:00Z"
    assert write_day(date(1950, 12, 1), "soon") == "1950-12-01T00:00:00Z"


@given(st.dates())
def test_a_written_day_reads_back_as_the_same_day(day: date) -> None:
    stamp = read_stamp(write_day(day))
    assert stamp is not None
    assert stamp.day == day
    assert stamp.is_date_only


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    stamp = read_stamp(text)
    assert stamp is None or stamp.day.isoformat() == text.strip()[:10]
