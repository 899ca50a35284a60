from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import ABSENT
from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonNumber, obj
from vibes_desktop.people.edit import Unfinished
from vibes_desktop.ui.people.json_editor import JsonEditor
from vibes_desktop.ui.people.json_sheet import MAX_EDITED_CHARACTERS, JsonSheet, JsonView
from vibes_desktop.ui.widgets.buttons import Button
from vibes_desktop.ui.widgets.labels import ElidedLabel

Shown = Callable[[QWidget], QWidget]


@pytest.fixture
def editor(in_window: Shown) -> JsonEditor:
    """Return an editor in a window."""
    made = JsonEditor("basket")
    in_window(made)
    return made


def preview(editor: JsonEditor) -> str:
    """Return what the line says."""
    label = editor.findChild(ElidedLabel)
    assert isinstance(label, ElidedLabel)
    return label.full_text


def opener(editor: JsonEditor) -> Button:
    """Return the button that opens the sheet: the one thing that takes keys."""
    assert isinstance(editor.control, Button)
    return editor.control


def test_shows_any_value_in_one_line(editor: JsonEditor) -> None:
    assert editor.can_show(obj())
    editor.show_value(obj(size=JsonNumber("1"), text="a\nb"))
    assert preview(editor) == '{"size": 1, "text": "a\\nb"}'
    editor.show_value("two\nlines")
    assert preview(editor) == "two␊lines"
    editor.show_value(Unfinished("{", "Broken."))
    assert preview(editor) == "{"
    editor.show_value(ABSENT)
    assert preview(editor) == "not set"
    editor.original = obj()
    editor.show_value(None)
    assert preview(editor) == ""


def test_enter_opens_the_value_as_json_and_takes_the_new_one(editor: JsonEditor, qtbot: QtBot) -> None:
    told: list[Json] = []
    editor.edited.connect(told.append)
    editor.show_value(obj(size=JsonNumber("1")))
    opener(editor).setFocus()
    QTest.keyClick(opener(editor), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), JsonSheet))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, JsonSheet)
    assert sheet.edit.toPlainText() == '{\n  "size": 1\n}'
    sheet.edit.setPlainText("[]")
    sheet.take.click()
    assert told == [JsonArray(())]


@pytest.mark.parametrize("value", [obj(size=JsonNumber("1")), "x" * MAX_EDITED_CHARACTERS])
def test_a_value_that_is_not_to_be_edited_is_shown(editor: JsonEditor, value: Json, qtbot: QtBot) -> None:
    editor.show_value(value)
    editor.set_read_only(not isinstance(value, str))
    assert opener(editor).accessibleName().startswith("basket: Show JSON")
    editor.open_sheet()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), JsonView))
    view = QApplication.activeModalWidget()
    assert view is not None
    code = view.findChild(QPlainTextEdit)
    assert isinstance(code, QPlainTextEdit)
    assert code.isReadOnly()


def test_the_button_says_of_which_field_it_is_and_how_large_the_value(editor: JsonEditor) -> None:
    editor.show_value(obj())
    assert opener(editor).accessibleName() == "basket: Edit JSON"
    editor.show_value("x" * 1_234_000)
    assert opener(editor).text() == "Show JSON · 1,234 kB"
    editor.show_value(obj())
    assert opener(editor).text() == "Edit JSON"
