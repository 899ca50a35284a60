"""Histograms in steps that people count in."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.columns import ABSENT_MS, Columns
from vibes_desktop.callbacks.query import moment_range
from vibes_desktop.callbacks.views import TimeBasis
from vibes_desktop.ui.callbacks.questions.bars import Bars, Unit, bars_of, range_term
from vibes_desktop.ui.callbacks.questions.zones import range_of

BERLIN = ZoneInfo("Europe/Berlin")


class Moments(Columns):
    """Columns that hold times alone."""

    def __init__(self, moments: list[int]) -> None:
        super().__init__()
        self._moments = np.array(moments, np.int64)

    def of(self, _name: str, rows: np.typing.NDArray[np.int64]) -> np.typing.NDArray[np.int64]:
        return self._moments[rows]

    def part(self, _name: str, begin: int, end: int) -> np.typing.NDArray[np.int64]:
        return self._moments[begin:end]


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def made(moments: list[int], zone: tzinfo | None = UTC, at_most: int = 60) -> Bars:
    return bars_of(Moments(moments), np.arange(len(moments)), TimeBasis.EVENT, zone, at_most)


def test_days_begin_at_the_zones_midnight() -> None:
    bars = made([ms("2026-10-20T12:00Z"), ms("2026-11-20T23:30Z")], BERLIN)
    assert bars.step.unit is Unit.DAY
    assert bars.edges[0] == ms("2026-10-19T22:00Z")
    assert bars.edges[-1] == ms("2026-11-21T23:00Z")
    assert (bars.counts[0], bars.counts[-1], sum(bars.counts)) == (1, 1, 2)


def test_a_day_on_which_clocks_change_is_one_bar() -> None:
    bars = made([ms("2026-10-01T00:00Z"), ms("2026-10-31T00:00Z")], BERLIN)
    widths = {later - earlier for earlier, later in zip(bars.edges, bars.edges[1:], strict=False)}
    assert widths == {24 * 3_600_000, 25 * 3_600_000}


@pytest.mark.parametrize(
    ("last", "unit", "count"),
    [
        ("2026-11-01T00:00:09Z", Unit.SECOND, 1),
        ("2026-11-01T00:30:00Z", Unit.MINUTE, 1),
        ("2026-11-02T00:00:00Z", Unit.HOUR, 1),
        ("2026-12-20T00:00:00Z", Unit.DAY, 1),
        ("2027-06-01T00:00:00Z", Unit.DAY, 7),
        ("2030-06-01T00:00:00Z", Unit.MONTH, 1),
        ("2070-06-01T00:00:00Z", Unit.YEAR, 1),
    ],
)
def test_the_step_fits_the_range(last: str, unit: Unit, count: int) -> None:
    bars = made([ms("2026-11-01T00:00:00Z"), ms(last)])
    assert (bars.step.unit, bars.step.count) == (unit, count)


@given(
    st.lists(st.integers(ms("1990-01-01T00:00Z"), ms("2090-01-01T00:00Z")), min_size=1, max_size=40),
    st.integers(12, 90),
    st.sampled_from((UTC, BERLIN)),
)
def test_every_row_is_in_one_bar(moments: list[int], at_most: int, zone: tzinfo) -> None:
    bars = made(moments, zone, at_most)
    assert sum(bars.counts) == len(moments)
    assert len(bars) <= at_most
    assert list(bars.edges) == sorted(set(bars.edges))
    for moment in moments:
        place = bars.at(moment)
        assert place is not None
        assert bars.edges[place] <= moment < bars.edges[place + 1]


def test_a_few_strays_do_not_press_the_rest_together() -> None:
    bars = made(
        [*(ms("2026-11-01T00:00Z") + hour * 3_600_000 for hour in range(2000)), ms("2126-01-01T00:00Z")]
    )
    assert bars.step.unit is Unit.DAY
    assert bars.outside > 0
    assert sum(bars.counts) + bars.outside == 2001


def test_rows_in_any_order_are_counted_alike() -> None:
    moments = [ms("2026-11-01T00:00Z") + hour * 3_600_000 for hour in range(48)]
    columns = Moments(moments)
    mixed = bars_of(columns, np.array([5, 3, 40]), TimeBasis.EVENT, UTC)
    assert sum(mixed.counts) == 3
    assert [mixed.edges[0], mixed.edges[-1]] == [moments[3], moments[41]]


def test_rows_without_a_time_are_told() -> None:
    assert made([ABSENT_MS, ABSENT_MS]) == Bars(timeless=2, zone=UTC)
    assert made([]) == Bars(zone=UTC)
    assert made([ABSENT_MS, ms("2026-11-01T00:00Z")]).timeless == 1


@pytest.mark.parametrize(
    ("begin", "end", "written"),
    [
        ("2026-11-01T00:00Z", "2026-11-02T00:00Z", "2026-11-01"),
        ("2026-11-01T00:00Z", "2026-11-08T00:00Z", "2026-11-01..2026-11-07"),
        ("2026-11-01T00:00Z", "2026-12-01T00:00Z", "2026-11"),
        ("2026-01-01T00:00Z", "2027-01-01T00:00Z", "2026"),
        ("2026-11-01T10:00Z", "2026-11-01T13:00Z", "2026-11-01T10..2026-11-01T12"),
        ("2026-11-01T10:15Z", "2026-11-01T10:30Z", "2026-11-01T10:15..2026-11-01T10:29"),
        ("2026-11-01T10:15:05Z", "2026-11-01T10:15:06Z", "2026-11-01T10:15:05"),
    ],
)
def test_a_range_is_written_as_coarsely_as_says_it(begin: str, end: str, written: str) -> None:
    term = range_term(TimeBasis.EVENT, ms(begin), ms(end), UTC)
    assert (term.field, term.value) == ("date", written)
    assert moment_range(term.value) == (ms(begin), ms(end))


@given(
    st.lists(st.integers(ms("2020-01-01T00:00Z"), ms("2030-01-01T00:00Z")), min_size=2, max_size=10),
    st.sampled_from((UTC, BERLIN)),
    st.data(),
)
def test_what_a_bar_writes_means_that_bar(moments: list[int], zone: tzinfo, data: st.DataObject) -> None:
    bars = made(moments, zone)
    place = data.draw(st.integers(0, len(bars) - 1))
    begin, end = bars.edges[place], bars.edges[place + 1]
    first, last = range_of(range_term(TimeBasis.OPT_OUT, begin, end, zone), zone)
    # an hour that a clock shows twice cannot be told apart by what it shows
    assert abs(first - begin) <= 3_600_000
    assert abs(last - end) <= 3_600_000
    if zone is UTC:
        assert (first, last) == (begin, end)
