"""Without a profile: the two ways to begin."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
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
    assert view.focusProxy() is button(view, "Connect")
