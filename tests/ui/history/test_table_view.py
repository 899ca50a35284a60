"""The table as it is seen and walked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHeaderView, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.change import ChangeId, Outcome
from vibes_desktop.storage.journal import Journal
from vibes_desktop.ui.history.table_model import Column, HistoryModel
from vibes_desktop.ui.history.table_view import HistoryTable
from vibes_desktop.ui.theme import Color, active_theme, load_measures

Write = Callable[..., ChangeId]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.setLayout(QVBoxLayout())
    return made


@pytest.fixture
def table(journal: Journal, write: Write, window: QWidget) -> HistoryTable:
    ids = [write("Ann", outcome=Outcome.NOT_SAVED), write("Bob"), write("Cid")][::-1]
    model = HistoryModel(lambda _: None, window)
    model.set_ids(ids)
    model.put([journal.record(change_id) for change_id in ids])
    made = HistoryTable(model)
    _put_into(window, made)
    window.show()
    return made


def _put_into(window: QWidget, widget: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    layout.addWidget(widget)


def _cell(table: HistoryTable, row: int, column: Column) -> QImage:
    area: QRect = table.visualRect(table.model().index(row, column))
    return table.viewport().grab(area).toImage()


def _colors(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_rows_have_one_height_and_the_header_a_selection_of_its_own(table: HistoryTable) -> None:
    assert table.verticalHeader().sectionResizeMode(0) is QHeaderView.ResizeMode.Fixed
    assert table.rowHeight(0) == load_measures().table_row
    assert table.horizontalHeader().selectionModel() is not table.selectionModel()


def test_the_outcome_is_a_pill_in_its_tone(table: HistoryTable) -> None:
    theme = active_theme()
    assert theme.color(Color.OK_SOFT).name() in _colors(_cell(table, 0, Column.OUTCOME))
    assert theme.color(Color.BAD_SOFT).name() in _colors(_cell(table, 2, Column.OUTCOME))
    assert theme.color(Color.BAD_SOFT).name() not in _colors(_cell(table, 2, Column.PERSON))


def test_the_row_with_the_focus_is_framed(table: HistoryTable, qtbot: QtBot) -> None:
    accent = active_theme().color(Color.ACCENT).name()
    table.go_to(1)
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    framed = [row for row in range(3) if accent in _colors(_cell(table, row, Column.CHANGE))]
    assert framed == [1]


def test_arrows_walk_and_enter_opens(table: HistoryTable, qtbot: QtBot) -> None:
    table.go_to(0)
    with qtbot.waitSignal(table.current_changed):
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current_row == 1
    with qtbot.waitSignal(table.opened):
        QTest.keyClick(table, Qt.Key.Key_Return)


def test_tab_leaves_the_table(table: HistoryTable, window: QWidget, qtbot: QtBot) -> None:
    after = QLineEdit()
    _put_into(window, after)
    window.activateWindow()
    table.setFocus()
    qtbot.waitUntil(lambda: table.hasFocus() and after.isVisible())
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert after.hasFocus()
