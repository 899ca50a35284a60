"""The model of the table, under Qt's own tester."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.table_columns import Field
from vibes_desktop.ui.callbacks.table_model import FIELDS, PayloadModel
from vibes_desktop.ui.callbacks.viewer import Order, Viewer

Write = Callable[..., Path]
Open = Callable[..., Viewer]


@pytest.fixture
def model(viewer: Viewer) -> PayloadModel:
    made = PayloadModel(viewer, viewer)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def said(model: PayloadModel, place: int, field: Field) -> object:
    return model.index(place, FIELDS.index(field)).data()


def test_it_holds_through_filtering_sorting_adding_and_closing(
    model: PayloadModel, open_events: Open, write_events: Write, qtbot: QtBot
) -> None:
    viewer = open_events(20)
    assert model.rowCount() == 20
    with qtbot.waitSignal(viewer.answered):
        viewer.ask("reason:keyword_opt_out")
    assert model.rowCount() == 7
    with qtbot.waitSignal(viewer.answered):
        viewer.sort(Order("time", descending=True))
    assert said(model, 0, Field.LINE) == "19"
    viewer.open([str(write_events(10, "more.ndjson", first=20))], add=True)
    qtbot.waitUntil(lambda: model.rowCount() == 10)
    viewer.close()
    qtbot.waitUntil(lambda: model.rowCount() == 0)


def test_rows_that_come_at_the_end_are_inserted(model: PayloadModel, open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(5)
    all_rows = viewer.rows
    viewer.rows = all_rows[:3]
    viewer.answered.emit()
    inserted: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    viewer.rows = all_rows
    with qtbot.assertNotEmitted(model.modelReset):
        viewer.grew.emit()
    assert inserted == [(3, 4)]


def test_the_title_tells_the_order(model: PayloadModel, open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(2)

    def title() -> object:
        return model.headerData(FIELDS.index(Field.TIME), Qt.Orientation.Horizontal)

    assert title() == "Time"
    with qtbot.waitSignal(viewer.answered):
        viewer.sort(Order("time", descending=True))
    assert title() == "Time ▾"


def test_a_value_with_line_ends_stays_in_its_line(
    model: PayloadModel, viewer: Viewer, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "odd.json").write_text('{"callback_type": "<b>two\\nlines</b>"}')
    with qtbot.waitSignal(viewer.answered):
        viewer.open([str(tmp_path)])
    assert said(model, 0, Field.TYPE) == "<b>two↵lines</b>"
    tooltip = model.index(0, FIELDS.index(Field.TYPE)).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tooltip


def test_a_table_has_no_rows_below_its_rows(model: PayloadModel, open_events: Open) -> None:
    open_events(2)
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0
