"""Days in the zone shown."""

from datetime import UTC, datetime, timedelta, timezone

from vibes_desktop.ui.people.calls.day import UNKNOWN_DAY, day_of, milliseconds, moment_of
from vibes_desktop.ui.times import Times, Zone

TOKYO = timezone(timedelta(hours=9))


def test_a_day_follows_the_zone() -> None:
    late = "2017-02-18T22:00:00Z"
    assert day_of(late, Times(zone=Zone.UTC)) == "18 Feb 2017"
    assert day_of(late, Times(local=TOKYO)) == "19 Feb 2017"
    assert moment_of(late, Times(zone=Zone.UTC)) == "2017-02-18 22:00:00 UTC"


def test_what_is_no_moment_stays_as_it_is() -> None:
    times = Times()
    assert day_of("2017-02-18", times) == "18 Feb 2017"
    assert day_of("soon", times) == moment_of("soon", times) == "soon"
    assert day_of(None, times) == moment_of(None, times) == UNKNOWN_DAY


def test_milliseconds_count_from_1970() -> None:
    assert milliseconds(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)) == 1000
