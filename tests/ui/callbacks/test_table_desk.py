"""Around the table: copying, columns, their memory."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.callbacks.cell_menu import CellMenu
from vibes_desktop.ui.callbacks.columns_sheet import ColumnsSheet
from vibes_desktop.ui.callbacks.copying_rows import COPIED_AT_MOST
from vibes_desktop.ui.callbacks.page import CallbacksPage
from vibes_desktop.ui.callbacks.table_columns import Field, Layout, layout_from
from vibes_desktop.ui.callbacks.table_desk import KEY
from vibes_desktop.ui.callbacks.table_model import FIELDS
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.privacy import MASKED_COPY
from vibes_desktop.ui.shell.window_state import StateStore

Open = Callable[..., Viewer]


def press_copy(page: CallbacksPage) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def test_one_row_copies_its_cell(page: CallbacksPage, open_events: Open) -> None:
    open_events(3)
    page.table.setFocus()
    page.table.go_to(1)
    page.table.go_to_column(FIELDS.index(Field.LIST))
    press_copy(page)
    assert QGuiApplication.clipboard().text() == "1234"


@pytest.mark.parametrize("is_masking", [False, True])
def test_copying_says_whether_it_was_masked(
    page: CallbacksPage, open_events: Open, qtbot: QtBot, *, is_masking: bool
) -> None:
    viewer = open_events(3)
    viewer.privacy.set_masking(is_masking)
    page.table.setFocus()
    page.table.go_to(1)
    page.table.go_to_column(FIELDS.index(Field.PERSON))
    qtbot.waitUntil(lambda: page.table.payloads.cells.text(1, Field.PERSON) != "")
    said: list[str] = []
    page.table_desk.copied.connect(said.append)
    press_copy(page)
    assert said == [MASKED_COPY if is_masking else "Copied"]
    assert ("•" in QGuiApplication.clipboard().text()) is is_masking


def test_several_rows_are_copied_as_a_table(page: CallbacksPage, open_events: Open, qtbot: QtBot) -> None:
    open_events(3)
    page.table.setFocus()
    page.table.selectAll()
    press_copy(page)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().count("\n") == 4)
    assert QGuiApplication.clipboard().text().startswith("Time\tType\tPerson\t")


def test_too_many_rows_are_refused(page: CallbacksPage, open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(1)
    viewer.rows = np.zeros(COPIED_AT_MOST + 1, dtype=np.int64)
    viewer.answered.emit()
    page.table.selectAll()
    told: list[VibesDesktopError] = []
    viewer.failed.connect(told.append)
    page.table_desk.copy_rows()
    assert "20,001" in told[0].title


def test_columns_are_remembered(page: CallbacksPage, memory: StateStore) -> None:
    page.table.set_column_layout(Layout(shown=frozenset({Field.LINE, Field.TIME})))
    assert layout_from(memory.get(KEY)).visible == (Field.TIME, Field.LINE)


def test_columns_are_chosen_in_a_sheet(page: CallbacksPage, qtbot: QtBot) -> None:
    page.table_desk.choose_columns()
    sheet = page.window().findChildren(ColumnsSheet)[0]
    sheet.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert Field.TIME not in page.table.column_layout().visible
    sheet.accept()


def test_the_menu_comes_by_key_and_by_mouse(page: CallbacksPage, open_events: Open, qtbot: QtBot) -> None:
    open_events(3)
    page.table.setFocus()
    page.table.go_to(1)
    for reason in (QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse):
        event = QContextMenuEvent(reason, QPoint(20, 20), QPoint(20, 20))
        QApplication.sendEvent(page.table.viewport(), event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, CellMenu)
        menu.close()
