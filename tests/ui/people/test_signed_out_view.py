"""Without a profile: the two ways to begin."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.people.signed_out_view import SignedOutView


def button(view: SignedOutView, words: str) -> QPushButton:
    return next(each for each in view.findChildren(QPushButton) if words in each.text())


def test_each_way_is_told(qtbot: QtBot) -> None:
    view = SignedOutView()
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.profile_requested, timeout=1000):
        QTest.keyClick(button(view, "Connect"), Qt.Key.Key_Return)
    with qtbot.waitSignal(view.sandbox_requested, timeout=1000):
        QTest.keyClick(button(view, "sandbox"), Qt.Key.Key_Space)


def test_the_focus_goes_to_the_first_way(qtbot: QtBot) -> None:
    view = SignedOutView()
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    assert button(view, "Connect").hasFocus()


def test_tab_leads_out_of_it(qtbot: QtBot) -> None:
    window = QWidget()
    before, view = QPushButton("before"), SignedOutView()
    column = QVBoxLayout(window)
    column.addWidget(before)
    column.addWidget(view)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    before.setFocus()
    for expected in (before, button(view, "Connect"), button(view, "sandbox"), before):
        assert QApplication.focusWidget() is expected
        QTest.keyClick(expected, Qt.Key.Key_Tab)
