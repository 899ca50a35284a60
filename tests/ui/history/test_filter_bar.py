"""The filter bar, used by keyboard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.model.change import Outcome
from vibes_desktop.people.history import HistoryFilter
from vibes_desktop.ui.history.filter_bar import Days, FilterBar


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    made = FilterBar()
    qtbot.addWidget(made)
    made.show()
    return made


def _choose(bar: FilterBar, days: Days) -> None:
    bar.days.setCurrentText(days.value)


def test_nothing_chosen_means_everything(bar: FilterBar) -> None:
    assert bar.chosen == HistoryFilter()
    assert not bar.is_all_profiles


def test_typing_is_told_once_it_pauses(bar: FilterBar, qtbot: QtBot) -> None:
    told: list[HistoryFilter] = []
    bar.changed.connect(lambda: told.append(bar.chosen))
    QTest.keyClicks(bar.text, " ann ")
    qtbot.waitUntil(lambda: bool(told))
    assert told == [HistoryFilter("ann")]


def test_enter_tells_at_once(bar: FilterBar, qtbot: QtBot) -> None:
    told: list[str] = []
    bar.changed.connect(lambda: told.append(bar.chosen.text))
    bar.text.setText("ann")
    QTest.keyClick(bar.text, Qt.Key.Key_Return)
    assert told == ["ann"]


def test_outcomes_that_are_open_count_as_one(bar: FilterBar) -> None:
    bar.outcome.setCurrentText("Not finished")
    assert bar.chosen.outcomes == {Outcome.INTENDED, Outcome.SENDING}


def test_every_outcome_can_be_chosen(bar: FilterBar) -> None:
    offered: set[Outcome] = set()
    for index in range(bar.outcome.count()):
        bar.outcome.setCurrentIndex(index)
        offered |= bar.chosen.outcomes
    assert offered == set(Outcome)


@pytest.mark.parametrize(("days", "back"), [(Days.TODAY, 0), (Days.LAST_7, 6), (Days.LAST_30, 29)])
def test_spans_of_days_end_today(bar: FilterBar, days: Days, back: int) -> None:
    _choose(bar, days)
    chosen = bar.chosen
    assert chosen.until is not None
    assert chosen.since == chosen.until - timedelta(days=back)


def test_chosen_days_have_their_own_fields(bar: FilterBar, qtbot: QtBot) -> None:
    assert not bar.since.isVisible()
    _choose(bar, Days.CHOSEN)
    assert bar.since.isVisible()
    with qtbot.waitSignal(bar.changed):
        bar.since.setDate(QDate(2026, 2, 1))
    bar.until.setDate(QDate(2026, 2, 28))
    assert (bar.chosen.since, bar.chosen.until) == (date(2026, 2, 1), date(2026, 2, 28))


def test_clearing_shows_everything_again(bar: FilterBar, qtbot: QtBot) -> None:
    bar.text.setText("ann")
    bar.outcome.setCurrentIndex(2)
    _choose(bar, Days.CHOSEN)
    with qtbot.waitSignal(bar.changed):
        bar.clear()
    assert bar.chosen == HistoryFilter()
