"""Grouping the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.questions.groups_sheet import GroupsSheet, open_groups_sheet
from vibes_desktop.ui.callbacks.viewer import Viewer

Open = Callable[[int], Viewer]


@pytest.fixture
def sheet(open_events: Open, qtbot: QtBot) -> Iterator[GroupsSheet]:
    window = QWidget()
    qtbot.addWidget(window)
    made = open_groups_sheet(open_events(6), window)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    yield made
    made.reject()


def cells(sheet: GroupsSheet) -> list[list[str]]:
    model = sheet.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def choose(sheet: GroupsSheet, first: str, second: str = "Nothing else") -> None:
    sheet.first.setCurrentText(first)
    sheet.second.setCurrentText(second)


def test_groups_by_one_and_by_two_columns(sheet: GroupsSheet, qtbot: QtBot) -> None:
    choose(sheet, "Opt-out reason")
    qtbot.waitUntil(
        lambda: cells(sheet) == [["user_opt_out", "4", "66.7%"], ["keyword_opt_out", "2", "33.3%"]]
    )
    assert sheet.words.text() == "2 groups, 6 deliveries."
    choose(sheet, "Opt-out reason", "List")
    qtbot.waitUntil(lambda: len(cells(sheet)) == 4)
    assert cells(sheet)[0] == ["user_opt_out", "1188", "2", "33.3%"]


def test_days_and_hours_are_groups_too(sheet: GroupsSheet, qtbot: QtBot) -> None:
    choose(sheet, "Day", "Hour")
    qtbot.waitUntil(lambda: cells(sheet) == [["2026-02-01", "2026-02-01T00", "6", "100.0%"]])


def test_people_can_be_counted(sheet: GroupsSheet, qtbot: QtBot) -> None:
    sheet.counting.setCurrentText("Distinct people")
    qtbot.waitUntil(lambda: sheet.words.text() == "1 group, 6 distinct people.")


def test_a_group_is_put_into_the_question(sheet: GroupsSheet, viewer: Viewer, qtbot: QtBot) -> None:
    choose(sheet, "List", "Opt-out reason")
    qtbot.waitUntil(lambda: len(cells(sheet)) == 4 and cells(sheet)[0][0] in {"1188", "1234"})
    sheet.table.opened.emit(sheet.model.rows[0])
    keys = sheet.model.rows[0].group.keys
    assert viewer.question == f"list:{keys[0]} reason:{keys[1]}"
