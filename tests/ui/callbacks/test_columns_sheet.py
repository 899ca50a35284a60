"""Choosing columns."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.columns_sheet import ColumnsSheet
from vibes_desktop.ui.callbacks.table_columns import SHOWN_AT_FIRST, Field, Layout


@pytest.fixture
def told() -> list[Layout]:
    return []


@pytest.fixture
def sheet(told: list[Layout], qtbot: QtBot) -> Iterator[ColumnsSheet]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 900)
    window.show()
    made = ColumnsSheet(Layout(), told.append, window)
    made.open()
    yield made
    made.accept()


def test_columns_are_shown_and_hidden(sheet: ColumnsSheet, told: list[Layout]) -> None:
    sheet.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert told[-1].visible == tuple(field for field in SHOWN_AT_FIRST if field is not Field.TYPE)
    sheet.reset_button.click()
    assert told[-1] == Layout()


def test_columns_are_moved_by_key(sheet: ColumnsSheet, told: list[Layout]) -> None:
    sheet.list.setCurrentRow(0)
    sheet.down_button.click()
    assert told[-1].order[:2] == (Field.TYPE, Field.TIME)
    QTest.keyClick(sheet, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert told[-1].order[:2] == (Field.TIME, Field.TYPE)
    sheet.up_button.click()
    assert sheet.list.currentRow() == 0


def test_the_last_column_stays(sheet: ColumnsSheet, told: list[Layout]) -> None:
    for place in range(len(Field)):
        sheet.list.item(place).setCheckState(Qt.CheckState.Unchecked)
    assert len(told[-1].shown) == 1
