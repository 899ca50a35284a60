"""Following and copying results."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.callbacks.questions.result_model import ResultColumn, ResultModel
from vibes_desktop.ui.callbacks.questions.result_table import ResultTable

Place = Callable[[QWidget], QWidget]
NAME: ResultColumn[str] = ResultColumn("Name", lambda row: row, lambda row: row, is_link=True)
LENGTH: ResultColumn[str] = ResultColumn(
    "Length", lambda row: str(len(row)), len, bar=lambda row: -len(row) / 9
)


@pytest.fixture
def table(place: Place) -> ResultTable:
    model = ResultModel((NAME, LENGTH))
    made = ResultTable(model, "Names")
    place(made)
    model.set_rows(["one", "three", "to"])
    made.setFocus()
    return made


def opened(table: ResultTable) -> list[str]:
    rows: list[str] = []
    table.opened.connect(rows.append)
    return rows


def click(table: ResultTable, row: int, column: int) -> None:
    place = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_link_opens_its_row_and_other_cells_select(table: ResultTable) -> None:
    rows = opened(table)
    click(table, 1, 1)
    assert rows == []
    click(table, 1, 0)
    assert rows == ["three"]


def test_enter_opens_the_current_row(table: ResultTable) -> None:
    rows = opened(table)
    table.setCurrentIndex(table.model().index(2, 1))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert rows == ["to"]


def test_a_click_on_a_title_sorts(table: ResultTable) -> None:
    header = table.horizontalHeader()
    place = header.viewport().rect().center()
    place.setX(header.sectionPosition(1) + 10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    ascending = [table.model().index(row, 0).data() for row in range(3)]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert ascending in (["to", "one", "three"], ["three", "one", "to"])
    assert [table.model().index(row, 0).data() for row in range(3)] == ascending[::-1]


def test_the_selection_is_copied_or_everything(table: ResultTable) -> None:
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Name\tLength\nthree\t5\n"
    table.clearSelection()
    table.copy()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 4


def test_tab_leaves_it(table: ResultTable) -> None:
    assert not table.tabKeyNavigation()
    assert table.accessibleName() == "Names"
    assert not table.grab().isNull()
