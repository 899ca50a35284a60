"""Completing a question from the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.completing import Completion
from vibes_desktop.ui.callbacks.questions.query_box import QueryBox
from vibes_desktop.ui.callbacks.viewer import Viewer

Open = Callable[[int], Viewer]
Place = Callable[[QWidget], QWidget]


@pytest.fixture
def box(open_events: Open, place: Place) -> QueryBox:
    """Make a box over six removals, with the focus in it."""
    made = QueryBox(open_events(6))
    window = place(made)
    window.activateWindow()
    made.edit.setFocus()
    return made


def offered(box: QueryBox) -> list[str]:
    return [each.shown for each in box.suggestions.model.completions] if box.suggestions.isVisible() else []


def test_fields_are_offered_and_tab_takes_the_first(box: QueryBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "re")
    qtbot.waitUntil(lambda: "reason:" in offered(box))
    assert box.suggestions.geometry().top() > box.geometry().bottom()
    QTest.keyClick(box.edit, Qt.Key.Key_Tab)
    assert box.text == "reason:"
    qtbot.waitUntil(lambda: "keyword_opt_out" in offered(box))
    assert box.edit.hasFocus()


def test_arrows_and_enter_choose_a_value_that_occurs(box: QueryBox, viewer: Viewer, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "reason:")
    qtbot.waitUntil(lambda: offered(box) == ["user_opt_out", "keyword_opt_out"])
    QTest.keyClick(box.edit, Qt.Key.Key_Down)
    QTest.keyClick(box.edit, Qt.Key.Key_Down)
    QTest.keyClick(box.edit, Qt.Key.Key_Return)
    assert box.text == "reason:keyword_opt_out "
    qtbot.waitUntil(lambda: len(viewer.rows) == 2)


def test_enter_asks_while_nothing_is_chosen(box: QueryBox, viewer: Viewer, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "re")
    qtbot.waitUntil(lambda: bool(offered(box)))
    QTest.keyClick(box.edit, Qt.Key.Key_Return)
    assert viewer.question == box.text == "re"
    assert offered(box) == []


def test_escape_closes_the_list_before_it_clears(box: QueryBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "re")
    qtbot.waitUntil(lambda: bool(offered(box)))
    QTest.keyClick(box.edit, Qt.Key.Key_Escape)
    assert (offered(box), box.text) == ([], "re")
    QTest.keyClick(box.edit, Qt.Key.Key_Escape)
    assert box.text == ""


def test_a_click_takes_one(box: QueryBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "list:")
    qtbot.waitUntil(lambda: len(offered(box)) == 2)
    suggestions = box.suggestions.list
    first = suggestions.visualRect(suggestions.model().index(0, 0)).center()
    QTest.mouseClick(suggestions.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert box.text.strip() in {"list:1188", "list:1234"}


def test_what_is_chosen_is_read_out_with_the_box(box: QueryBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "reason:")
    qtbot.waitUntil(lambda: "keyword_opt_out" in offered(box))
    QTest.keyClick(box.edit, Qt.Key.Key_Up)
    assert box.edit.accessibleDescription() == "keyword_opt_out, 2 callbacks"


def test_whoever_is_faster_than_the_list_gets_what_was_typed_completed(box: QueryBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "r")
    qtbot.waitUntil(lambda: bool(offered(box)))
    QTest.keyClicks(box.edit, "eas")
    QTest.keyClick(box.edit, Qt.Key.Key_Down)
    QTest.keyClick(box.edit, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: box.text == "reason:")


def test_moving_the_cursor_closes_the_list(box: QueryBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "list:1234 re")
    qtbot.waitUntil(lambda: "reason:" in offered(box))
    QTest.keyClick(box.edit, Qt.Key.Key_Home)
    assert offered(box) == []
    assert box.text == "list:1234 re"


def test_whose_data_they_are_is_covered_while_that_is_asked_for(box: QueryBox, viewer: Viewer) -> None:
    completion = Completion(0, 4, "mdn:+13125550143", "+13125550143")
    assert box.suggestions._masked(completion).shown == "+13125550143"
    viewer.privacy.set_masking(True)
    masked = box.suggestions._masked(completion)
    assert (masked.shown, masked.text) == ("mdn:••••••••••43", "mdn:+13125550143")
    plain = Completion(0, 4, "list:1234", "1234")
    assert box.suggestions._masked(plain) == plain


def test_leaving_the_box_closes_the_list(box: QueryBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "re")
    qtbot.waitUntil(lambda: bool(offered(box)))
    box.help_button.setFocus()
    assert offered(box) == []


def test_what_is_wrong_waits_until_the_list_is_closed(box: QueryBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box.edit, "list:")
    qtbot.waitUntil(lambda: bool(offered(box)) and box.error is not None)
    assert box.bubble.text == ""
    QTest.keyClick(box.edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: box.bubble.text == "list: needs a value.")
