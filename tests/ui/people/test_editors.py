from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from vibes_desktop.model.fields import ABSENT, FieldKind
from vibes_desktop.model.jsonvalue import Json, JsonNumber, JsonObject, obj
from vibes_desktop.people.edit import Unfinished
from vibes_desktop.ui.people.editors import (
    BLANK_HINT,
    MAX_LINE_CHARACTERS,
    ChoiceEditor,
    Editor,
    LineEditor,
    fits_line,
    worded,
    yes_no_editor,
)

HOSTILE = "<b>bold</b> & a\u0009tab"
RED = obj(option_key="red", id=JsonNumber("1"), name="<i>Red</i> & co")
GREEN = obj(option_key="green", id=JsonNumber("2"), name="Green")

Told = list[object]
Shown = Callable[[QWidget], QWidget]


def told_by(editor: Editor) -> Told:
    """Collect what an editor tells."""
    told: Told = []
    editor.edited.connect(told.append)
    editor.unfinished.connect(lambda text, problem: told.append((text, bool(problem))))
    return told


def typed(editor: LineEditor, text: str) -> None:
    """Put a text in place of what stands there, as a person does."""
    editor.edit.selectAll()
    if text:
        QTest.keyClicks(editor.edit, text)
    else:
        QTest.keyClick(editor.edit, Qt.Key.Key_Delete)


def test_showing_a_value_tells_nobody() -> None:
    line = LineEditor("points", FieldKind.NUMBER)
    choice = ChoiceEditor("colour", worded([RED, GREEN]))
    of_line, of_choice = told_by(line), told_by(choice)
    line.show_value(JsonNumber("12.50"))
    choice.show_value(GREEN)
    assert line.edit.text() == "12.50"
    assert choice.box.currentText() == "Green"
    assert (of_line, of_choice) == ([], [])


def test_a_number_keeps_its_spelling_and_what_is_none_is_unfinished(shown: Shown) -> None:
    editor = LineEditor("points", FieldKind.NUMBER)
    editor.original = JsonNumber("1")
    shown(editor)
    told = told_by(editor)
    typed(editor, "1.")
    typed(editor, "7.50")
    assert told[:2] == [JsonNumber("1"), ("1.", True)]
    assert told[-1] == JsonNumber("7.50")


def test_text_that_was_set_can_become_blank_while_an_empty_number_clears(shown: Shown) -> None:
    text, number = LineEditor("first_name", FieldKind.TEXT), LineEditor("points", FieldKind.NUMBER)
    text.original, number.original = "Steve", JsonNumber("1")
    for editor in (text, number):
        editor.show_value(editor.original)
        shown(editor)
    of_text, of_number = told_by(text), told_by(number)
    typed(text, "")
    typed(number, "")
    assert of_text == [""]
    assert of_number == [None]


def test_text_that_was_not_set_is_not_set_again_when_it_is_emptied(shown: Shown) -> None:
    editor = LineEditor("nothing", FieldKind.TEXT)
    editor.show_value(ABSENT)
    shown(editor)
    told = told_by(editor)
    typed(editor, "x")
    typed(editor, "")
    assert told == ["x", None]


def test_an_empty_line_says_what_it_stands_for() -> None:
    editor = LineEditor("first_name", FieldKind.TEXT)
    editor.show_value(None)
    assert editor.edit.placeholderText() == "not set"
    editor.original = "Steve"
    editor.show_value("")
    assert "not the same as “not set”" in editor.edit.placeholderText()
    assert "Alt Del" in editor.edit.placeholderText()
    editor.original = ""
    editor.show_value("")
    assert editor.edit.placeholderText() == BLANK_HINT
    editor.original = "Steve"
    editor.show_value(None)
    assert editor.edit.placeholderText() == ""


def test_the_cursor_stays_in_a_spelling_of_the_same_value_until_the_field_is_left(shown: Shown) -> None:
    editor = LineEditor("birthday", FieldKind.DATE)
    editor.edited.connect(editor.show_value)
    shown(editor)
    editor.edit.setFocus()
    QTest.keyClicks(editor.edit, " 1990-12-31")
    assert editor.edit.text() == " 1990-12-31"
    editor.edit.clearFocus()
    assert editor.edit.text() == "1990-12-31"


def test_only_what_a_line_gives_back_unharmed_goes_into_one() -> None:
    assert fits_line("Zoë 👩‍👧 <b>&")
    for text in ("two\nlines", "no-break\u00a0space", "mark\u202e", "x" * (MAX_LINE_CHARACTERS + 1)):
        assert not fits_line(text)
        assert not LineEditor("note", FieldKind.TEXT).can_show(text)
    number = LineEditor("points", FieldKind.NUMBER)
    assert number.can_show(JsonNumber("1"))
    assert not number.can_show("1")
    assert number.can_show(Unfinished("1,", "Not a number."))
    assert not LineEditor("note", FieldKind.TEXT).can_show(JsonNumber("1"))


def test_a_read_only_line_takes_no_keys_and_is_still_named(shown: Shown) -> None:
    editor = LineEditor("first_name", FieldKind.TEXT)
    editor.show_value("Steve")
    editor.set_read_only(True)
    shown(editor)
    told = told_by(editor)
    typed(editor, "x")
    assert (told, editor.edit.text()) == ([], "Steve")
    assert editor.edit.accessibleName() == "first_name"
    assert isinstance(editor.line_edit, QLineEdit)


@pytest.mark.parametrize(("key", "value"), [(Qt.Key.Key_Down, False), (Qt.Key.Key_Up, True)])
def test_yes_and_no_are_chosen_by_key(shown: Shown, key: Qt.Key, value: bool) -> None:
    editor = yes_no_editor("is_member")
    editor.show_value(not value)
    shown(editor)
    told = told_by(editor)
    QTest.keyClick(editor.box, key)
    assert told == [value]
    assert editor.box.accessibleName() == "is_member"


def test_a_choice_gives_the_option_as_it_was_read_and_shows_its_name_literally(shown: Shown) -> None:
    editor = ChoiceEditor("colour", worded([RED, GREEN]))
    editor.show_value(obj(option_key="green"))
    assert editor.box.currentText() == "Green"
    shown(editor)
    told = told_by(editor)
    QTest.keyClick(editor.box, Qt.Key.Key_Up)
    assert told == [RED]
    assert editor.box.currentText() == "<i>Red</i> & co"


def test_a_choice_shows_no_option_for_any_other_value() -> None:
    editor = ChoiceEditor("colour", worded([RED, GREEN]))
    editor.show_value(GREEN)
    editor.show_value(None)
    assert (editor.box.currentIndex(), editor.box.placeholderText()) == (-1, "not set")
    blue: JsonObject = obj(option_key="blue")
    others: tuple[Json, ...] = (blue, "red", JsonNumber("1"))
    assert not any(editor.can_show(value) for value in others)
    assert editor.can_show(ABSENT)
    truth = yes_no_editor("is_member")
    assert truth.can_show(True)
    assert not truth.can_show("Yes")


def test_the_wheel_changes_no_choice_even_with_the_focus(shown: Shown) -> None:
    editor = yes_no_editor("is_member")
    editor.show_value(True)
    shown(editor)
    editor.box.setFocus()
    told = told_by(editor)
    centre = QPointF(editor.box.rect().center())
    turn = QWheelEvent(
        centre,
        editor.box.mapToGlobal(centre),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.box, turn)
    assert (told, editor.box.currentText()) == ([], "Yes")
    assert not turn.isAccepted()
