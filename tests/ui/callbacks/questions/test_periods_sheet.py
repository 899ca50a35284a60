"""Comparing two periods."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.questions.periods_sheet import (
    PeriodsSheet,
    first_days,
    open_periods_sheet,
    signed,
)
from vibes_desktop.ui.callbacks.viewer import Viewer

Open = Callable[[int], Viewer]
MINUTES = 1440
DAYS = 9


@pytest.fixture
def sheet(open_events: Open, qtbot: QtBot) -> Iterator[PeriodsSheet]:
    """Open nine days of a removal a minute, from 1 February 2026, but for an hour of the last."""
    window = QWidget()
    qtbot.addWidget(window)
    made = open_periods_sheet(open_events(DAYS * MINUTES - 60), window)
    yield made
    made.reject()


def rows(sheet: PeriodsSheet) -> list[tuple[str | None, int, int]]:
    found = [part.contribution for part in sheet.model.rows]
    return [(each.key, each.before, each.after) for each in found]


def test_it_begins_with_the_newest_day_and_the_one_a_week_earlier(sheet: PeriodsSheet, qtbot: QtBot) -> None:
    assert sheet.after[0].date() == sheet.after[1].date() == QDate(2026, 2, 9)
    assert sheet.before[0].date() == sheet.before[1].date() == QDate(2026, 2, 2)
    qtbot.waitUntil(lambda: rows(sheet) == [("1188", 720, 690), ("1234", 720, 690)])
    assert sheet.words.text() == "1,440 distinct events before, 1,380 after: −60 (−4%)."
    assert sheet.model.index(0, 3).data() == "−30"


def test_hours_show_where_it_changed(sheet: PeriodsSheet, qtbot: QtBot) -> None:
    sheet.by.setCurrentText("Hour of the day")
    qtbot.waitUntil(lambda: rows(sheet)[:1] == [("23:00", 60, 0)])
    assert rows(sheet)[1] == ("00:00", 60, 60)


def test_deliveries_are_counted_on_a_switch(sheet: PeriodsSheet, qtbot: QtBot) -> None:
    sheet.deliveries.setChecked(True)
    qtbot.waitUntil(lambda: "deliveries before" in sheet.words.text())


def test_another_period_is_compared(sheet: PeriodsSheet, qtbot: QtBot) -> None:
    sheet.after[0].setDate(QDate(2026, 2, 8))
    qtbot.waitUntil(lambda: "1,440 distinct events before, 2,820 after" in sheet.words.text())
    sheet._week_before()
    assert sheet.before[0].date() == QDate(2026, 2, 1)
    qtbot.waitUntil(lambda: "2,880 distinct events before" in sheet.words.text())


def test_a_contribution_is_put_into_the_question(sheet: PeriodsSheet, viewer: Viewer, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(rows(sheet)) == 2)
    sheet.table.opened.emit(sheet.model.rows[0])
    assert viewer.question == "list:1188 date:2026-02-09"


def test_the_questions_own_range_is_taken(open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(3)
    viewer.ask("date:2026-11-01..2026-11-07")
    assert first_days(viewer) == (QDate(2026, 11, 1), QDate(2026, 11, 7))
    viewer.ask("date:>2026")
    qtbot.waitUntil(lambda: len(viewer.rows) == 0)
    assert first_days(viewer) == (QDate.currentDate(), QDate.currentDate())


def test_tab_goes_from_day_to_day(sheet: PeriodsSheet) -> None:
    sheet.activateWindow()
    sheet.before[0].setFocus()
    QTest.keyClick(sheet.before[0], Qt.Key.Key_Tab)
    assert sheet.before[1].hasFocus()


def test_changes_have_their_sign() -> None:
    assert (signed(1200), signed(-3), signed(0)) == ("+1,200", "−3", "+0")
