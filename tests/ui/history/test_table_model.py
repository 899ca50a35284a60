"""The table's model, watched by Qt's own tester through every edit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from vibes_desktop.model.change import ChangeId, Outcome
from vibes_desktop.storage.journal import Journal
from vibes_desktop.ui.history.table_model import (
    EDITS_AT_MOST,
    ID_ROLE,
    KEPT_ROWS,
    Column,
    HistoryModel,
    tone_of,
)
from vibes_desktop.ui.widgets.pill import Tone

Write = Callable[..., ChangeId]
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


class Fetched:
    """Remembers what a model asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[ChangeId, ...]] = []

    def __call__(self, ids: tuple[ChangeId, ...]) -> None:
        self.asked.append(ids)


@pytest.fixture
def fetched() -> Fetched:
    return Fetched()


@pytest.fixture
def model(qapp: object, fetched: Fetched) -> HistoryModel:
    made = HistoryModel(fetched)
    QAbstractItemModelTester(made, FATAL, made)
    return made


def _ids(*numbers: int) -> list[ChangeId]:
    return [ChangeId(number) for number in numbers]


def _shown(model: HistoryModel, row: int, column: Column) -> object:
    return model.data(model.index(row, column))


def _all(model: HistoryModel) -> list[object]:
    return [model.index(row, 0).data(ID_ROLE) for row in range(model.rowCount())]


@given(st.lists(st.sets(st.integers(1, 40)), min_size=1, max_size=6))
def test_any_change_of_the_ids_is_told_correctly(qapp: object, steps: list[set[int]]) -> None:
    model = HistoryModel(lambda _: None)
    QAbstractItemModelTester(model, FATAL, model)
    for step in steps:
        wanted = _ids(*sorted(step, reverse=True))
        model.set_ids(wanted)
        assert _all(model) == wanted == list(model.ids)
    model.deleteLater()


def test_a_row_that_stays_keeps_its_place(model: HistoryModel) -> None:
    model.set_ids(_ids(9, 7, 5))
    kept = QPersistentModelIndex(model.index(1, 0))
    model.set_ids(_ids(12, 11, 9, 7, 2))
    assert (kept.row(), kept.data(ID_ROLE)) == (3, 7)


def test_very_many_edits_become_one_reset(model: HistoryModel, qtbot: QtBot) -> None:
    model.set_ids(_ids(*range(EDITS_AT_MOST * 4, 0, -1)))
    with qtbot.waitSignal(model.modelReset):
        model.set_ids(_ids(*range(EDITS_AT_MOST * 4, 0, -2)))
    assert model.rowCount() == EDITS_AT_MOST * 2


def test_a_row_is_asked_for_when_it_is_painted_and_only_once(
    model: HistoryModel, fetched: Fetched, qtbot: QtBot
) -> None:
    model.set_ids(_ids(3, 2, 1))
    assert _shown(model, 0, Column.WHEN) == "…"
    assert _shown(model, 0, Column.PERSON) is None
    assert _shown(model, 2, Column.WHEN) == "…"
    qtbot.waitUntil(lambda: bool(fetched.asked))
    _shown(model, 0, Column.WHEN)
    qtbot.wait(1)
    assert fetched.asked == [(3, 1)]


def test_rows_that_arrive_are_shown(
    model: HistoryModel, journal: Journal, write: Write, qtbot: QtBot
) -> None:
    change_id = write("Ann", outcome=Outcome.DIFFERS, reason="TICKET\n7")
    model.set_ids([change_id])
    with qtbot.waitSignal(model.dataChanged):
        model.put([journal.record(change_id)])
    cells = {column: _shown(model, 0, column) for column in Column}
    assert cells[Column.PERSON] == "Ann Millar"
    assert cells[Column.CHANGE] == "last_name"
    assert cells[Column.OUTCOME] == "saved, differs"
    assert cells[Column.OS_USER] == "mia"
    assert cells[Column.REASON] == "TICKET↵7"
    assert tone_of(model.index(0, Column.OUTCOME)) is Tone.WARN
    assert tone_of(model.index(0, Column.PERSON)) is None


def test_a_stale_row_is_shown_until_it_is_read_again(
    model: HistoryModel, journal: Journal, write: Write, fetched: Fetched, qtbot: QtBot
) -> None:
    change_id = write("Ann", outcome=Outcome.SENDING)
    model.set_ids([change_id])
    model.put([journal.record(change_id)])
    fetched.asked.clear()
    journal.close(change_id, Outcome.VERIFIED)
    model.mark_stale()
    assert _shown(model, 0, Column.OUTCOME) == "not finished"
    qtbot.waitUntil(lambda: fetched.asked == [(change_id,)])
    model.put([journal.record(change_id)])
    assert _shown(model, 0, Column.OUTCOME) == "saved"


def test_the_tooltip_tells_utc_and_never_markup(model: HistoryModel, journal: Journal, write: Write) -> None:
    change_id = write("<img src=x>")
    model.set_ids([change_id])
    model.put([journal.record(change_id)])
    tips = [model.data(model.index(0, column), Qt.ItemDataRole.ToolTipRole) for column in Column]
    assert tips[Column.WHEN] == "2026-03-01 12:00:00 UTC"
    assert "&lt;img" in tips[Column.PERSON]
    assert tips[Column.OUTCOME].startswith("Saved and verified")


def test_only_so_many_rows_are_kept(model: HistoryModel, journal: Journal, write: Write) -> None:
    from dataclasses import replace

    one = journal.record(write("Ann"))
    many = [replace(one, id=ChangeId(number)) for number in range(KEPT_ROWS + 10, 0, -1)]
    model.set_ids([record.id for record in many])
    model.put(many)
    assert model.record(0) is None
    assert model.record(10) is many[10]
    assert model.record(-1) is None


def test_outside_the_table_there_is_nothing(model: HistoryModel) -> None:
    model.set_ids(_ids(1))
    inside = model.index(0, 0)
    assert model.rowCount(inside) == model.columnCount(inside) == 0
    assert model.data(QModelIndex()) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(Column.WHEN, Qt.Orientation.Horizontal) == "When (local time)"
    assert model.row_of(ChangeId(1)) == 0
    assert model.row_of(ChangeId(2)) is None
