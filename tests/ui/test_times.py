"""Times in the zone that was chosen."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.times import Times, Zone

MOMENT = 1_487_435_692_000  # 2017-02-18T16:34:52Z
CHICAGO = timezone(timedelta(hours=-6))
TOKYO = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        (Zone.LOCAL, "2017-02-18 10:34:52"),
        (Zone.UTC, "2017-02-18 16:34:52"),
        (Zone.BOTH, "2017-02-18 10:34:52 (16:34:52 UTC)"),
    ],
)
def test_a_moment_is_written_in_the_zone_in_use(zone: Zone, written: str) -> None:
    assert Times(zone=zone, local=CHICAGO).moment(MOMENT) == written


def test_another_day_in_utc_is_said() -> None:
    assert (
        Times(zone=Zone.BOTH, local=TOKYO).moment(MOMENT) == "2017-02-19 01:34:52 (2017-02-18 16:34:52 UTC)"
    )


def test_the_zone_is_named_where_asked_for() -> None:
    assert Times(local=CHICAGO).moment(MOMENT, with_zone=True) == "2017-02-18 10:34:52 local"
    assert Times(zone=Zone.UTC).moment(MOMENT, with_zone=True) == "2017-02-18 16:34:52 UTC"
    assert Times(local=CHICAGO).in_utc(MOMENT) == "2017-02-18 16:34:52 UTC"


def test_a_moment_beyond_the_calendar_is_empty() -> None:
    assert Times().moment(10**18) == Times().in_utc(-(10**18)) == ""


def test_a_change_is_told(qtbot: QtBot) -> None:
    times = Times()
    with qtbot.waitSignal(times.changed):
        times.set_zone(Zone.UTC)
    assert times.zone is Zone.UTC
