"""The view of a sheet's table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.payload.rows_model import Cell, RowsModel
from vibes_desktop.ui.callbacks.payload.rows_view import RowsView
from vibes_desktop.ui.theme import Color, active_theme
from vibes_desktop.ui.widgets.pill import Tone


@pytest.fixture
def view(qtbot: QtBot) -> RowsView:
    model: RowsModel[int] = RowsModel(
        ("Number", "State"), lambda number: (Cell(f"number {number}"), Cell("conflict", Tone.BAD))
    )
    made = RowsView("Numbers", model, (120, 0))
    made.resize(400, 200)
    qtbot.addWidget(made)
    made.show_items(range(5))
    made.show()
    made.setFocus()
    return made


def test_the_first_row_is_current(view: RowsView) -> None:
    assert view.currentIndex().row() == 0


def test_enter_and_a_double_click_open_a_row(view: RowsView, qtbot: QtBot) -> None:
    opened: list[int] = []
    view.opened.connect(opened.append)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    place = view.visualRect(view.model().index(3, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [1, 3]


def test_a_row_is_copied_by_key(view: RowsView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.copy_wanted) as copied:
        QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied.args == ["number 0\tconflict", "line"]


def test_an_empty_table_opens_nothing(view: RowsView, qtbot: QtBot) -> None:
    view.show_items(())
    with qtbot.assertNotEmitted(view.opened):
        QTest.keyClick(view, Qt.Key.Key_Return)
        view.open_current()


def test_a_tone_is_painted_as_a_pill(view: RowsView) -> None:
    picture = view.grab().toImage()
    colors = {picture.pixelColor(x, y).name() for x in range(0, 400, 2) for y in range(0, 200, 2)}
    assert active_theme().color(Color.BAD_SOFT).name() in colors
    assert active_theme().color(Color.ACCENT_SOFT).name() in colors


def test_columns_give_way_in_a_narrow_window(view: RowsView) -> None:
    assert view.columnWidth(0) == 120
    view.resize(200, 200)
    assert 50 <= view.columnWidth(0) < 120
    assert view.horizontalScrollBar().maximum() == 0
