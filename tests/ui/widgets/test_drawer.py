from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.widgets.buttons import Button
from vibes_desktop.ui.widgets.drawer import Drawer

WIDE, NARROW = 1300, 900


@pytest.fixture
def make_drawer(qtbot: QtBot) -> Callable[[int], Drawer]:
    """Return what shows a drawer of a given width, in an active window."""

    def make(width: int) -> Drawer:
        main, side = QWidget(), QWidget()
        column = QVBoxLayout(main)
        edit = QLineEdit()
        edit.setAccessibleName("main")
        column.addWidget(edit)
        QVBoxLayout(side).addWidget(QLineEdit("side"))
        drawer = Drawer(main, side, "Subscriptions")
        column.addWidget(drawer.toggle_button)
        qtbot.addWidget(drawer)
        drawer.resize(width, 500)
        drawer.show()
        drawer.activateWindow()
        qtbot.waitUntil(drawer.isActiveWindow)
        return drawer

    return make


def edits(drawer: Drawer) -> tuple[QLineEdit, QLineEdit]:
    """Return the fields in the main and in the side pane."""
    both = {edit.text(): edit for edit in drawer.findChildren(QLineEdit)}
    return both[""], both["side"]


def test_beside_the_page_where_there_is_room(make_drawer: Callable[[int], Drawer]) -> None:
    drawer = make_drawer(WIDE)
    main, side = edits(drawer)
    assert not drawer.collapsed
    assert not drawer.toggle_button.isVisible()
    assert side.isVisible()
    assert side.mapTo(drawer, QPoint()).x() > main.mapTo(drawer, main.rect().topRight()).x()
    drawer.open_side()
    assert not drawer.side_open


def test_over_the_page_where_there_is_none(make_drawer: Callable[[int], Drawer]) -> None:
    drawer = make_drawer(NARROW)
    _, side = edits(drawer)
    assert drawer.collapsed
    assert drawer.toggle_button.isVisible()
    assert not side.isVisible()
    drawer.toggle_button.click()
    assert drawer.side_open
    assert side.isVisible()
    assert drawer.rect().contains(side.mapTo(drawer, side.rect().bottomRight()))


def test_escape_closes_it_and_gives_the_focus_back(make_drawer: Callable[[int], Drawer]) -> None:
    drawer = make_drawer(NARROW)
    main, side = edits(drawer)
    main.setFocus()
    drawer.toggle()
    side.setFocus()
    QTest.keyClick(side, Qt.Key.Key_Escape)
    assert not drawer.side_open
    assert main.hasFocus()


def test_its_cross_and_a_click_beside_it_close_it(make_drawer: Callable[[int], Drawer]) -> None:
    drawer = make_drawer(NARROW)
    drawer.open_side()
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button)
    assert focused.accessibleName() == "Close Subscriptions"
    QTest.mouseClick(focused, Qt.MouseButton.LeftButton)
    assert not drawer.side_open
    drawer.open_side()
    QTest.mouseClick(drawer, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(3, 400))
    assert not drawer.side_open


def test_it_follows_the_width(make_drawer: Callable[[int], Drawer]) -> None:
    drawer = make_drawer(NARROW)
    told: list[bool] = []
    drawer.collapsed_changed.connect(told.append)
    drawer.open_side()
    drawer.resize(WIDE, 500)
    _, side = edits(drawer)
    assert (drawer.collapsed, drawer.side_open, side.isVisible()) == (False, False, True)
    drawer.resize(NARROW, 500)
    assert (drawer.collapsed, side.isVisible()) == (True, False)
    assert told == [False, True]
