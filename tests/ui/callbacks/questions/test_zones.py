"""Dates of a question in a zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.query import Term, moment_range, parse, terms_of, write
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.questions.zones import in_utc, range_of
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times, Zone

BERLIN = ZoneInfo("Europe/Berlin")


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def test_a_day_is_the_zones_own_day() -> None:
    assert range_of(Term("date", "2026-11-01"), UTC) == (ms("2026-11-01T00:00Z"), ms("2026-11-02T00:00Z"))
    assert range_of(Term("date", "2026-11-01"), BERLIN) == (ms("2026-10-31T23:00Z"), ms("2026-11-01T23:00Z"))


def test_a_day_on_which_the_clocks_change_has_another_length() -> None:
    begin, end = range_of(Term("date", "2026-10-25"), BERLIN)
    assert (begin, end) == (ms("2026-10-24T22:00Z"), ms("2026-10-25T23:00Z"))


def test_a_date_in_utc_stays_that() -> None:
    assert range_of(Term("date", "2026-11-01T10Z"), BERLIN) == (
        ms("2026-11-01T10:00Z"),
        ms("2026-11-01T11:00Z"),
    )


@pytest.mark.parametrize(
    "value", ["2026-11", "2026-11-01..2026-11-07", ">2026-11-01", "..2026", "<=2026-11-01"]
)
def test_a_question_in_utc_means_the_same(value: str) -> None:
    term = Term("date", value)
    written = in_utc(term, BERLIN)
    assert isinstance(written, Term)
    assert moment_range(written.value) == range_of(term, BERLIN)


@pytest.mark.parametrize("zone", [None, BERLIN, UTC])
@pytest.mark.parametrize("value", ["0001", "9998", "0002..", "0001-01-01..9998-12-31"])
def test_far_off_years_are_no_trouble(value: str, zone: tzinfo | None) -> None:
    begin, end = range_of(Term("date", value), zone)
    assert begin < end
    assert in_utc(Term("date", value), zone) != Term("", value)


def test_only_dates_are_rewritten() -> None:
    query = parse("type:a (date:2026-11-01 OR -received:2026) b")
    rewritten = parse(write(in_utc(query, BERLIN)))
    assert [term.field for term in terms_of(rewritten)] == ["type", "date", "received", ""]
    assert write(in_utc(parse("type:a -b"), BERLIN)) == "type:a -b"


def test_this_computers_zone_is_taken_without_one() -> None:
    begin, end = range_of(Term("date", "2026-11-01"), None)
    assert datetime.fromtimestamp(begin / 1000).astimezone().hour == 0
    assert end > begin


def test_the_viewer_reads_dates_in_the_windows_zone(
    bridge: Bridge, write_events: Callable[[int], Path], qtbot: QtBot
) -> None:
    """The events are a minute apart from midnight in UTC: one o'clock in Berlin."""
    viewer = Viewer(bridge, Privacy(), Times(local=BERLIN), None)
    viewer.open([str(write_events(90))])
    qtbot.waitUntil(lambda: len(viewer.rows) == 90)
    viewer.ask("date:2026-02-01T01")
    qtbot.waitUntil(lambda: len(viewer.rows) == 60)
    viewer.times.set_zone(Zone.UTC)
    qtbot.waitUntil(lambda: len(viewer.rows) == 30)
    viewer.close()
    qtbot.waitUntil(lambda: not bridge.running)
