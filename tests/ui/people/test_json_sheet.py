from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonNumber, obj, parse
from vibes_desktop.ui.people.json_sheet import (
    MAX_EDITED_CHARACTERS,
    SHOWN_COLUMNS,
    SHOWN_LINES,
    JsonSheet,
    JsonView,
    open_json,
    spelled_out,
)

Shown = Callable[[QWidget], QWidget]
SheetT = TypeVar("SheetT", bound=QWidget)

CTRL = Qt.KeyboardModifier.ControlModifier
VALUES: list[Json] = [
    obj(size=JsonNumber("1.50"), name="Zoë \u00a0 and \u2028 \u2029"),
    JsonArray(("tab\t, end\r\n, nul\0, mark\u202e", None, True)),
    "👩‍👧\ufeff\u00ad",
    "\x85\x1f\x7f",
]


@pytest.fixture
def window(in_window: Shown) -> QWidget:
    """Return the window that a sheet is shown over."""
    made = in_window(QWidget())
    made.resize(1093, 614)
    return made


@pytest.fixture
def sheet(window: QWidget, qtbot: QtBot) -> JsonSheet:
    """Return an open sheet."""
    made = JsonSheet("basket\u202e", '{\n  "size": 1\n}', window)
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize("value", VALUES)
def test_every_value_comes_back_as_it_was(value: Json, window: QWidget) -> None:
    text = spelled_out(value)
    assert parse(text) == value
    sheet = JsonSheet("basket", text, window)
    sheet.accept()
    assert sheet.value == value


def test_a_no_break_space_that_was_typed_stays_one(sheet: JsonSheet) -> None:
    sheet.edit.setPlainText('"a\u00a0b"')
    assert sheet.value == "a\u00a0b"


def test_what_cannot_be_read_cannot_be_taken_over_and_is_marked(sheet: JsonSheet) -> None:
    accepted: list[int] = []
    sheet.accepted.connect(lambda: accepted.append(1))
    sheet.edit.setPlainText('{\n  "size": 1,\n  oops\n}')
    assert not sheet.take.isEnabled()
    assert sheet.problem.text().startswith("Line 3, column 3:")
    (mark,) = sheet.edit.extraSelections()
    assert mark.cursor.blockNumber() == 2
    assert mark.cursor.selectedText() == "o"
    QTest.keyClick(sheet.edit, Qt.Key.Key_Return, CTRL)
    assert accepted == []
    sheet.edit.setPlainText("[1]")
    assert (sheet.problem.text(), sheet.edit.extraSelections()) == ("", [])
    QTest.keyClick(sheet.edit, Qt.Key.Key_Return, CTRL)
    assert accepted == [1]
    assert sheet.value == JsonArray((JsonNumber("1"),))


@pytest.mark.parametrize("text", ["NaN", '{"a": 1, "a": 2}', '"\\ud800"', ""])
def test_what_cannot_be_sent_cannot_be_taken_over(sheet: JsonSheet, text: str) -> None:
    sheet.edit.setPlainText(text)
    assert not sheet.take.isEnabled()
    assert sheet.problem.text()


def test_the_text_has_the_focus_a_name_and_lets_tab_go(sheet: JsonSheet) -> None:
    assert sheet.edit.hasFocus()
    assert sheet.edit.accessibleName() == "basket⟨U+202E⟩ as JSON"
    assert sheet.windowTitle() == "Edit basket⟨U+202E⟩"
    QTest.keyClick(sheet.edit, Qt.Key.Key_Tab)
    assert not sheet.edit.hasFocus()
    assert "\t" not in sheet.edit.toPlainText()


def test_a_sheet_hands_over_what_was_taken_and_nothing_on_escape(window: QWidget, qtbot: QtBot) -> None:
    taken: list[Json] = []
    for key, modifiers in ((Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Return, CTRL)):
        open_json("basket", "[]", window, taken.append)
        edit = opened(JsonSheet, qtbot).edit
        edit.setPlainText("[1]")
        QTest.keyClick(edit, key, modifiers)
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert taken == [JsonArray((JsonNumber("1"),))]


def test_without_a_taker_the_text_is_only_shown_and_copied(window: QWidget, qtbot: QtBot) -> None:
    open_json("basket", "[1]", window, None)
    view = opened(JsonView, qtbot)
    code = view.findChild(QPlainTextEdit)
    assert isinstance(code, QPlainTextEdit)
    assert (code.toPlainText(), code.isReadOnly(), code.accessibleName()) == ("[1]", True, "basket as JSON")
    view.copy.click()
    assert QGuiApplication.clipboard().text() == "[1]"


def test_of_a_very_large_value_the_beginning_is_shown_and_all_is_copied(
    window: QWidget, qtbot: QtBot
) -> None:
    lines = ["x" * (SHOWN_COLUMNS + 1)] * (MAX_EDITED_CHARACTERS // SHOWN_COLUMNS) + ["x"] * SHOWN_LINES
    text = "\n".join(lines)
    taken: list[Json] = []
    open_json("basket", text, window, taken.append)
    view = opened(JsonView, qtbot)
    code = view.findChild(QPlainTextEdit)
    assert isinstance(code, QPlainTextEdit)
    shown = code.toPlainText().split("\n")
    assert len(shown) == SHOWN_LINES + 1
    assert shown[0] == "x" * SHOWN_COLUMNS + " …"
    assert shown[-1] == "…"
    view.copy.click()
    assert QGuiApplication.clipboard().text() == text


def opened(kind: type[SheetT], qtbot: QtBot) -> SheetT:
    """Return the sheet that is open."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, kind)
    qtbot.waitUntil(sheet.isActiveWindow)
    return sheet
