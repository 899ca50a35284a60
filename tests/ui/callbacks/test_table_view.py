"""The table on screen: walked, selected, sorted, rearranged."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.table_columns import Field
from vibes_desktop.ui.callbacks.table_model import FIELDS
from vibes_desktop.ui.callbacks.table_view import PayloadTable
from vibes_desktop.ui.callbacks.viewer import Order, Viewer

Open = Callable[..., Viewer]
MANY = 10_000_000


@pytest.fixture
def table(viewer: Viewer, qtbot: QtBot) -> PayloadTable:
    made = PayloadTable(viewer)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def test_walking_looks_at_rows(table: PayloadTable, open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(5)
    table.setFocus()
    table.go_to(0)
    assert viewer.current == 0
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert viewer.current == 1
    assert table.selected_rows.tolist() == [1]
    with qtbot.waitSignal(table.opened):
        QTest.keyClick(table, Qt.Key.Key_Return)


def test_what_is_looked_at_elsewhere_is_gone_to(table: PayloadTable, open_events: Open) -> None:
    viewer = open_events(200)
    viewer.show(150)
    assert table.current_row == 150
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


def test_the_row_stays_current_through_sorting_and_filtering(
    table: PayloadTable, open_events: Open, qtbot: QtBot
) -> None:
    viewer = open_events(9)
    viewer.show(6)
    with qtbot.waitSignal(viewer.answered):
        viewer.sort(Order("time", descending=True))
    assert table.currentIndex().row() == 2
    with qtbot.waitSignal(viewer.answered):
        viewer.ask("reason:keyword_opt_out")
    assert table.currentIndex().row() == 0
    with qtbot.waitSignal(viewer.answered):
        viewer.ask("reason:user_opt_out")
    assert table.current_row is None
    assert viewer.current == 6


def test_all_rows_are_selected_in_the_order_shown(
    table: PayloadTable, open_events: Open, qtbot: QtBot
) -> None:
    viewer = open_events(4)
    with qtbot.waitSignal(viewer.answered):
        viewer.sort(Order("time", descending=True))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert viewer.selected.tolist() == [3, 2, 1, 0]


def test_ten_million_rows_are_one_range(table: PayloadTable, open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(1)
    viewer.rows = np.zeros(MANY, dtype=np.int64)
    viewer.answered.emit()
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.selectionModel().selection().size() == 1
    assert len(viewer.selected) == MANY
    assert np.shares_memory(viewer.selected, viewer.rows)


def test_typing_does_not_search_ten_million_rows(
    table: PayloadTable, open_events: Open, qtbot: QtBot
) -> None:
    open_events(5)
    table.setFocus()
    table.go_to(0)
    QTest.keyClicks(table, "xyz")
    assert table.current_row == 0


def test_a_key_asks_for_the_cells_like(table: PayloadTable, open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(6)
    table.setFocus()
    table.go_to(0)
    table.go_to_column(FIELDS.index(Field.REASON))
    with qtbot.waitSignal(viewer.answered):
        QTest.keyClick(table, Qt.Key.Key_F)
    assert viewer.question == "reason:keyword_opt_out"
    with qtbot.waitSignal(viewer.answered):
        QTest.keyClick(table, Qt.Key.Key_X)
    assert viewer.question == "-reason:keyword_opt_out"
    assert table.current_field is Field.REASON


def test_a_title_or_a_key_sorts(table: PayloadTable, open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(3)
    table.setFocus()
    table.go_to(1)
    for expected in (Order("time"), Order("time", descending=True), None):
        with qtbot.waitSignal(viewer.answered):
            QTest.keyClick(table, Qt.Key.Key_S)
        assert viewer.order == expected
    header = table.horizontalHeader()
    place = header.sectionViewportPosition(FIELDS.index(Field.TYPE)) + 20
    with qtbot.waitSignal(viewer.answered):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 10))
    assert viewer.order == Order("type")


def test_following_keeps_the_newest_in_sight(table: PayloadTable, open_events: Open) -> None:
    viewer = open_events(300)
    all_rows = viewer.rows
    viewer.rows = all_rows[:100]
    viewer.answered.emit()
    viewer.rows = all_rows[:200]
    viewer.grew.emit()
    assert table.verticalScrollBar().value() == 0
    table.set_following(True)
    viewer.rows = all_rows
    viewer.grew.emit()
    assert table.rowAt(table.viewport().height() - 2) == 299
    assert table.is_following
    table.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderPageStepSub)
    assert not table.is_following


def test_the_first_row_is_looked_at_until_another_is_chosen(table: PayloadTable, open_events: Open) -> None:
    viewer = open_events(3)
    assert viewer.current == 0
    assert table.selected_rows.tolist() == [0]
