from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.people.popup_frame import GAP, PopupFrame, popup_place

Shown = Callable[[QWidget], QWidget]
SIZE = QSize(200, 150)


@pytest.fixture
def field(in_window: Shown) -> QLineEdit:
    """Return a field in a window."""
    made = QLineEdit()
    in_window(made)
    made.setFocus()
    return made


def moved(field: QWidget, x: int, y: int) -> QWidget:
    """Move the window so that the field's corner is at a place."""
    window = field.window()
    window.move(window.pos() + QPoint(x, y) - field.mapToGlobal(QPoint(0, 0)))
    return field


def test_opens_below_its_field_with_the_focus_in_its_content(field: QLineEdit, qtbot: QtBot) -> None:
    moved(field, 100, 100)
    content = QLineEdit()
    popup = PopupFrame(field, content)
    popup.open_at(field)
    assert popup.pos() == field.mapToGlobal(QPoint(0, field.height() + GAP))
    qtbot.waitUntil(content.hasFocus)
    popup.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_escape_and_tab_close_it_and_the_focus_is_where_it_was(
    field: QLineEdit, key: Qt.Key, qtbot: QtBot
) -> None:
    content = QLineEdit()
    popup = PopupFrame(field, content)
    gone: list[int] = []
    popup.destroyed.connect(lambda: gone.append(1))
    popup.open_at(field)
    qtbot.waitUntil(content.hasFocus)
    QTest.keyClick(content, key)
    assert not popup.isVisible()
    assert field.hasFocus()
    qtbot.waitUntil(lambda: bool(gone))


def test_other_keys_reach_the_content_and_do_not_close(field: QLineEdit, qtbot: QtBot) -> None:
    content = QLineEdit()
    popup = PopupFrame(field, content)
    popup.open_at(field)
    qtbot.waitUntil(content.hasFocus)
    QTest.keyClicks(content, "ab")
    QTest.keyClick(content, Qt.Key.Key_Down)
    assert content.text() == "ab"
    assert popup.isVisible()
    popup.close()


def test_a_click_beside_it_closes_it(field: QLineEdit, qtbot: QtBot) -> None:
    popup = PopupFrame(field, QLineEdit())
    popup.open_at(field)
    QTest.mouseClick(popup, Qt.MouseButton.LeftButton, pos=QPoint(-50, -50))
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_stands_above_where_the_screen_ends_below(field: QLineEdit) -> None:
    room = field.screen().availableGeometry()
    moved(field, room.left() + 50, room.bottom() - 60)
    top = field.mapToGlobal(QPoint(0, 0)).y()
    assert popup_place(field, SIZE).y() + SIZE.height() + GAP == top


def test_never_leaves_the_screen(field: QLineEdit) -> None:
    room = field.screen().availableGeometry()
    moved(field, room.right() - 20, room.top() + 50)
    assert popup_place(field, SIZE).x() + SIZE.width() == room.right() + 1
    moved(field, room.left() - 40, room.top() + 50)
    assert popup_place(field, SIZE).x() == room.left()
    tall = QSize(200, room.height())
    moved(field, 0, room.top() + room.height() // 2)
    assert popup_place(field, tall).y() == room.top()
