"""Asking as one types, with what is wrong said at its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.query import Term
from vibes_desktop.ui.callbacks.questions.query_box import QueryBox
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

Open = Callable[[int], Viewer]
Place = Callable[[QWidget], QWidget]


@pytest.fixture
def box(open_events: Open, place: Place) -> QueryBox:
    """Make a box over six removals, with the focus in it."""
    made = QueryBox(open_events(6))
    place(made)
    made.edit.setFocus()
    return made


@pytest.fixture
def viewer_of(box: QueryBox, viewer: Viewer) -> Viewer:
    return viewer


def test_it_asks_as_one_types(box: QueryBox, viewer_of: Viewer, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "reason:keyword_opt_out")
    qtbot.waitUntil(lambda: viewer_of.rows.tolist() == [0, 3])
    qtbot.waitUntil(lambda: box.count.text.startswith("2 of 6 · "))
    assert box.count.text.endswith(" ms")


def test_enter_asks_at_once_and_keeps_the_question(box: QueryBox, viewer_of: Viewer, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "list:1234")
    QTest.keyClick(box.edit, Qt.Key.Key_Return)
    assert viewer_of.question == "list:1234"
    assert box.history.questions == ("list:1234",)


def test_what_is_wrong_is_said_below(box: QueryBox, viewer_of: Viewer, qtbot: QtBot) -> None:
    size = box.size()
    QTest.keyClicks(box.edit, "attempt:x")
    QTest.keyClick(box.edit, Qt.Key.Key_Return)
    assert box.bubble.text == '"x" is not a number.'
    assert box.bubble.geometry().top() > box.geometry().bottom()
    assert box.edit.accessibleDescription() == '"x" is not a number.'
    assert box.size() == size
    assert viewer_of.question == ""
    box.edit.put("")
    QTest.keyClicks(box.edit, "attempt:1")
    qtbot.waitUntil(lambda: viewer_of.question == "attempt:1")
    assert box.bubble.text == ""


def test_escape_asks_for_everything(box: QueryBox, viewer_of: Viewer, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "list:1234")
    QTest.keyClick(box.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not viewer_of.is_answering)
    QTest.keyClick(box.edit, Qt.Key.Key_Escape)
    assert box.text == viewer_of.question == ""
    assert box.count.text == "6"


def test_there_is_a_button_for_it_while_something_is_asked(box: QueryBox, viewer_of: Viewer) -> None:
    assert box.clear_button.isHidden()
    viewer_of.ask("list:1234")
    assert not box.clear_button.isHidden()
    box.clear_button.click()
    assert viewer_of.question == ""
    assert box.clear_button.isHidden()


def test_arrows_walk_through_earlier_questions(box: QueryBox, viewer_of: Viewer, qtbot: QtBot) -> None:
    for question in ("list:1234", "list:1188"):
        box.edit.put(question)
        QTest.keyClick(box.edit, Qt.Key.Key_Return)
    QTest.keyClick(box.edit, Qt.Key.Key_Up)
    assert box.text == viewer_of.question == "list:1234"
    QTest.keyClick(box.edit, Qt.Key.Key_Down)
    assert box.text == viewer_of.question == "list:1188"


def test_a_question_asked_elsewhere_is_shown(box: QueryBox, viewer_of: Viewer) -> None:
    viewer_of.toggle(Term("list", "1234"))
    assert box.text == "list:1234"


def test_what_was_typed_stays_as_it_was_typed(box: QueryBox, viewer_of: Viewer, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "list:1234 AND  stop ")
    qtbot.waitUntil(lambda: viewer_of.question != "")
    assert box.text == "list:1234 AND  stop "


def test_the_menu_hides_numbers_too(box: QueryBox, viewer_of: Viewer, qtbot: QtBot) -> None:
    box.edit.put("mdn:+13125550143")
    QTest.keyClick(box.edit, Qt.Key.Key_Return)
    viewer_of.privacy.set_masking(True)
    box.earlier_button.click()
    menu = box.earlier_button.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["mdn:••••••••••43"]
    menu.actions()[0].trigger()
    assert box.text == "mdn:+13125550143"
    menu.close()


def test_a_question_mark_opens_the_help(box: QueryBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "?")
    sheet = box.findChild(SheetDialog)
    assert sheet is not None
    assert box.text == ""
    sheet.accept()


def test_everything_has_a_name(box: QueryBox) -> None:
    assert box.edit.accessibleName() == "Question about the callbacks"
    assert box.earlier_button.accessibleName() == "Earlier questions"
    assert box.help_button.accessibleName() == "How to ask"


def test_commands_are_offered_once_there_are_some(box: QueryBox) -> None:
    assert box.more_button.isHidden()
    box.offer([Command("a", "Group", lambda: None)])
    assert not box.more_button.isHidden()
    box.more_button.click()
    menu = box.more_button.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Group"]
    menu.close()
