"""The line in which a question is written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QGuiApplication, QTextCharFormat, QTextCursor, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.questions.query_edit import QueryEdit
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.theme import Color, ThemeName, active_theme, apply, load_theme


def made_and_used(qtbot: QtBot, text: str, privacy: Privacy) -> QueryEdit:
    """Put the cursor into it, as somebody who writes."""
    edit = made(qtbot, text, privacy)
    edit.show()
    edit.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    return edit


def made(qtbot: QtBot, text: str = "", privacy: Privacy | None = None) -> QueryEdit:
    edit = QueryEdit(privacy or Privacy())
    qtbot.addWidget(edit)
    edit.put(text)
    return edit


def looks(edit: QueryEdit) -> list[QTextLayout.FormatRange]:
    return edit.document().firstBlock().layout().formats()


def ink_at(edit: QueryEdit, place: int) -> QColor:
    """Give the colour of a character; the last format that covers it counts."""
    ranges = looks(edit)
    inks = [
        QColor(each.format.foreground().color()) for each in ranges if 0 <= place - each.start < each.length
    ]
    return inks[-1]


def underlined(edit: QueryEdit) -> str:
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    return "".join(
        edit.text[each.start : each.start + each.length]
        for each in looks(edit)
        if each.format.underlineStyle() is wave
    )


def test_fields_are_coloured_and_follow_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    edit = made(qtbot, "type:a")
    assert ink_at(edit, 0) == active_theme().color(Color.ACCENT)
    assert ink_at(edit, 5) == active_theme().color(Color.TEXT)
    apply(qapp, load_theme(ThemeName.DARK))
    assert ink_at(edit, 0) == load_theme(ThemeName.DARK).color(Color.ACCENT)


def test_what_is_wrong_is_underlined_at_its_place(qtbot: QtBot) -> None:
    edit = made(qtbot, "type:a attempt:x b")
    edit.mark_error(15)
    assert underlined(edit) == "x"
    edit.mark_error(None)
    assert underlined(edit) == ""


def test_an_error_at_the_end_underlines_the_last_character(qtbot: QtBot) -> None:
    edit = made(qtbot, "a OR ")
    edit.mark_error(5)
    assert underlined(edit) == "R"


def test_numbers_are_covered_while_personal_data_are_hidden(qtbot: QtBot) -> None:
    privacy = Privacy()
    edit = made_and_used(qtbot, "mdn:+13125550143", privacy)
    assert ink_at(edit, 6).alpha() == 255
    privacy.set_masking(True)
    edit.recolor()
    assert ink_at(edit, 6).alpha() == 0
    assert ink_at(edit, 15).alpha() == 255
    assert edit.text == "mdn:+13125550143"


def test_hidden_numbers_stay_so_when_they_are_selected_and_copied(qtbot: QtBot) -> None:
    privacy = Privacy()
    edit = made_and_used(qtbot, "🙂 mdn:+13125550143", privacy)
    edit.selectAll()
    edit.copy()
    assert QGuiApplication.clipboard().text() == "🙂 mdn:+13125550143"
    privacy.set_masking(True)
    edit.recolor()
    edit.copy()
    assert QGuiApplication.clipboard().text() == f"🙂 mdn:{'•' * 10}43"


@pytest.mark.parametrize("is_masking", [False, True])
def test_hidden_numbers_look_alike_even_when_they_are_selected(qtbot: QtBot, *, is_masking: bool) -> None:
    pictures = []
    for number in ("+13125550143", "+12067777743"):
        edit = made_and_used(qtbot, f"mdn:{number}", Privacy(is_masking=is_masking))
        edit.recolor()
        edit.resize(400, 30)
        edit.selectAll()
        pictures.append(edit.grab().toImage())
    assert (pictures[0] == pictures[1]) is is_masking


def test_left_alone_it_holds_dots_for_those_who_listen_too(qtbot: QtBot) -> None:
    privacy = Privacy()
    edit = made_and_used(qtbot, "mdn:+13125550143", privacy)
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    privacy.set_masking(True)
    edit.recolor()
    assert edit.toPlainText() == "mdn:+13125550143", "while somebody writes"
    with qtbot.assertNotEmitted(edit.typed):
        edit.clearFocus()
        assert edit.toPlainText() == f"mdn:{'•' * 10}43"
        assert (edit.text, edit.cursor_at) == ("mdn:+13125550143", 0)
        edit.put("mdn:+12067777745 type:a")
        assert edit.toPlainText() == f"mdn:{'•' * 10}45 type:a"
        edit.setFocus()
        qtbot.waitUntil(edit.hasFocus)
    assert (edit.text, edit.toPlainText()) == ("mdn:+12067777745 type:a",) * 2
    assert edit.cursor_at == len(edit.text)
    edit.undo()
    assert edit.text == "mdn:+13125550143"


def test_typing_is_told_and_putting_is_not(qtbot: QtBot) -> None:
    edit = made(qtbot)
    with qtbot.assertNotEmitted(edit.typed):
        edit.put("type:a")
    with qtbot.waitSignal(edit.typed):
        QTest.keyClicks(edit, "b")
    assert edit.text == "type:ab"


def test_what_was_put_can_be_undone(qtbot: QtBot) -> None:
    edit = made(qtbot)
    QTest.keyClicks(edit, "old")
    edit.put("new")
    edit.undo()
    assert edit.text == "old"


def test_pasted_lines_become_one(qtbot: QtBot) -> None:
    edit, pasted = made(qtbot), QMimeData()
    pasted.setText("\n type:a\r\nlist:1\n")
    edit.insertFromMimeData(pasted)
    assert edit.text == "type:a  list:1"


def test_enter_submits_once_and_never_breaks_the_line(qtbot: QtBot) -> None:
    edit = made(qtbot, "a")
    submitted: list[None] = []
    edit.submitted.connect(lambda: submitted.append(None))
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert len(submitted) == 1
    assert edit.text == "a"


def test_keys_are_offered_to_the_filter_first(qtbot: QtBot) -> None:
    edit = made(qtbot, "a")
    edit.key_filter = lambda event: event.key() == Qt.Key.Key_X
    QTest.keyClicks(edit, "xy")
    assert edit.text == "ay"


def test_places_are_counted_in_characters_beyond_the_basic_plane_too(qtbot: QtBot) -> None:
    edit = made(qtbot, "😀 type:a")
    assert edit.cursor_at == 8
    edit.put_between(2, 8, "list:1")
    assert edit.text == "😀 list:1"
    assert edit.cursor_at == 8
