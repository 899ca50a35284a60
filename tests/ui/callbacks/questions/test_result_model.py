"""A small table of results."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from vibes_desktop.ui.callbacks.questions.result_model import (
    BAR_ROLE,
    LINK_ROLE,
    ROWS_AT_MOST,
    ResultColumn,
    ResultModel,
)

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
Pair = tuple[str, int]
NAME: ResultColumn[Pair] = ResultColumn("Name", lambda row: row[0], lambda row: row[0], is_link=True)
COUNT: ResultColumn[Pair] = ResultColumn(
    "Count", lambda row: f"{row[1]:,}", lambda row: row[1], is_number=True, bar=lambda row: row[1] / 10
)


@pytest.fixture
def model(qapp: object) -> ResultModel:
    made = ResultModel((NAME, COUNT))
    QAbstractItemModelTester(made, FATAL, made)
    made.set_rows([("b", 5), ("a", 10), ("c\n", 1234)])
    return made


def shown(model: ResultModel, column: int = 0) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_cells_are_one_line_of_plain_text(model: ResultModel) -> None:
    assert shown(model) == ["b", "a", "c↵"]
    assert shown(model, 1) == ["5", "10", "1,234"]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Count"
    assert model.index(0, 0).data(LINK_ROLE) is True
    assert model.index(0, 1).data(BAR_ROLE) == 0.5


def test_sorting_goes_by_value_and_keeps_hold_of_rows(model: ResultModel) -> None:
    held = QPersistentModelIndex(model.index(2, 0))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert shown(model, 1) == ["1,234", "10", "5"]
    assert held.row() == 0
    model.sort(0)
    assert shown(model) == ["a", "b", "c↵"]
    model.sort(7)
    assert shown(model) == ["a", "b", "c↵"]


def test_columns_may_change_with_the_rows(model: ResultModel) -> None:
    model.set_columns([COUNT], [("x", 1)])
    assert (model.columnCount(), model.rowCount()) == (1, 1)
    model.set_columns([], [])
    assert model.rowCount() == 0


def test_copied_text_has_titles_and_tabs(model: ResultModel) -> None:
    assert model.copied([1, 2]) == "Name\tCount\na\t10\nc↵\t1,234\n"


def test_it_is_bounded(model: ResultModel) -> None:
    model.set_rows([("x", number) for number in range(ROWS_AT_MOST + 1)])
    assert model.rowCount() == ROWS_AT_MOST
