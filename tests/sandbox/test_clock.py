"""Spellings of time."""

from datetime import UTC, datetime

import pytest

from vibes_desktop.sandbox.clock import later_stamp, parse_moment, to_millisecond, to_minute, to_second

MOMENT = datetime(2017, 1, 15, 14, 30, 52, 123456, tzinfo=UTC)


def test_the_three_spellings() -> None:
    assert [spell(MOMENT) for spell in (to_minute, to_second, to_millisecond)] == [
        "2017-01-15T14:30Z",
        "2017-01-15T14:30:52Z",
        "2017-01-15T14:30:52.123Z",
    ]


@pytest.mark.parametrize(
    ("previous", "expected"),
    [
        ("", "2017-01-15T14:30Z"),
        ("2017-01-15T14:29Z", "2017-01-15T14:30Z"),
        ("2017-01-15T14:30Z", "2017-01-15T14:31Z"),
        ("2017-01-15T23:59Z", "2017-01-16T00:00Z"),
    ],
)
def test_a_stamp_is_always_later_than_the_one_before(previous: str, expected: str) -> None:
    assert later_stamp(previous, MOMENT) == expected


def test_a_moment_without_a_zone_is_utc() -> None:
    assert parse_moment("2017-01-15") == datetime(2017, 1, 15, tzinfo=UTC)
    assert to_second(parse_moment("2017-01-15T01:00:00-06:00")) == "2017-01-15T07:00:00Z"
    with pytest.raises(ValueError, match="isoformat"):
        parse_moment("soon")
    with pytest.raises(ValueError, match="first year"):
        parse_moment("0001-01-01T00:00:00+01:00")
