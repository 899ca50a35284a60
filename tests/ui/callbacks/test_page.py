"""The page as a whole, over real files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.page import CallbacksPage
from vibes_desktop.ui.callbacks.viewer import Viewer

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
