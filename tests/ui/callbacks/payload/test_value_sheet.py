"""One value in full."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.payload.value_sheet import SHOWN_CHARACTERS, ValueSheet
from vibes_desktop.ui.widgets.buttons import Button


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(800, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_value_is_plain_text_and_is_copied_whole(window: QWidget, qtbot: QtBot) -> None:
    sheet = ValueSheet("a.b", "<b>bold</b>\nnext", window)
    sheet.open()
    assert sheet.view.toPlainText() == "<b>bold</b>\nnext"
    assert sheet.windowTitle() == "a.b"
    copy = next(each for each in sheet.findChildren(Button) if each.text() == "Copy value")
    with qtbot.waitSignal(sheet.copy_wanted) as wanted:
        copy.click()
    assert wanted.args == ["<b>bold</b>\nnext", "value"]
    sheet.reject()


def test_a_huge_value_is_shown_in_part_and_copied_whole(window: QWidget, qtbot: QtBot) -> None:
    text = "line\n" * SHOWN_CHARACTERS
    sheet = ValueSheet("a.b", text, window)
    sheet.open()
    qtbot.waitUntil(lambda: not sheet.view.is_filling)
    assert sheet._note.text() == "The first 200,000 of 1,000,000 characters are shown."
    assert len(sheet.view.toPlainText()) == SHOWN_CHARACTERS
    sheet.reject()
