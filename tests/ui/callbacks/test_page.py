"""The page as a whole, over real files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.page import CallbacksPage
from vibes_desktop.ui.callbacks.payload.actions import PayloadActions
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.table_columns import Field, Layout
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.shell.window_state import StateStore

Write = Callable[..., Path]
Open = Callable[..., Viewer]


def test_an_empty_page_says_what_to_do(page: CallbacksPage) -> None:
    texts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert any("Ctrl+V" in text for text in texts)
    assert page.initial_focus() is page.empty.open_button


def test_the_samples_are_one_press_away(page: CallbacksPage, viewer: Viewer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(viewer.opened):
        page.empty.samples_button.click()
    assert len(viewer.rows) > 20
    assert page.table.isVisible()
    assert page.initial_focus() is page.table


def test_a_question_from_elsewhere_waits_for_files(
    page: CallbacksPage, viewer: Viewer, open_events: Open, qtbot: QtBot
) -> None:
    page.show_question('person:"ex00002" OR mdn:"+12065550002"')
    assert page.notice.isVisible()
    page.show_question("")
    open_events(4)
    with qtbot.waitSignal(viewer.answered):
        page.show_question('person:"ex00002" OR mdn:"+12065550002"')
    assert viewer.rows.tolist() == [2]
    assert "ex00002" in page.query_box.text


def test_the_page_is_used_without_a_mouse(
    page: CallbacksPage, viewer: Viewer, open_events: Open, qtbot: QtBot
) -> None:
    open_events(30)
    page.activateWindow()
    page.query_box.setFocus()
    QTest.keyClicks(page.focusWidget(), "reason:keyword_opt_out")
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: viewer.rows.tolist() == list(range(0, 30, 3)))
    next(command for command in page.commands() if command.id == "callbacks.table").run()
    assert page.focusWidget() is page.table
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(page.table, key)
    assert viewer.current == 6
    for _ in range(2):
        with qtbot.waitSignal(viewer.answered):
            QTest.keyClick(page.table, Qt.Key.Key_S)
    assert viewer.rows.tolist() == list(range(27, -1, -3))
    assert viewer.current == page.table.current_row == 6
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "2026-02-01 00:06:00 UTC"
    with qtbot.waitSignal(viewer.answered):
        QTest.keyClick(page.table, Qt.Key.Key_X)
    assert page.query_box.text == "reason:keyword_opt_out -date:2026-02-01"
    qtbot.waitUntil(lambda: len(viewer.rows) == 0 and page.notice.isHidden())


def test_its_columns_and_panes_are_remembered(
    page: CallbacksPage, viewer: Viewer, memory: StateStore, qtbot: QtBot
) -> None:
    page.table.set_column_layout(Layout(shown=frozenset({Field.LINE, Field.TYPE})))
    again = CallbacksPage(viewer, PayloadPane(viewer, PayloadActions(open_person=lambda _: None)), memory)
    qtbot.addWidget(again)
    assert again.table.column_layout().visible == (Field.TYPE, Field.LINE)
