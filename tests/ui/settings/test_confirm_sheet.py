"""Asking before something can't be taken back: only a deliberate yes is one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.settings.confirm_sheet import ConfirmSheet

SENTENCES = ("<b>Acme & Söhne</b> is forgotten.", "Its secrets are deleted from the keyring.")


@pytest.fixture
def confirmed() -> list[str]:
    """Return what was confirmed."""
    return []


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1000, 600)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def sheet(owner: QWidget, confirmed: list[str], qtbot: QtBot) -> ConfirmSheet:
    made = ConfirmSheet("Delete?", SENTENCES, "Delete it", lambda: confirmed.append("yes"), owner)
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def sheets(owner: QWidget) -> list[ConfirmSheet]:
    """Give the sheets that are kept, once what is to be deleted is."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return owner.findChildren(ConfirmSheet)


def test_it_says_as_plain_text_what_would_be_done(sheet: ConfirmSheet) -> None:
    labels = [label for label in sheet.findChildren(QLabel) if label.isVisible()]
    words = [label.text() for label in labels]
    assert [text for text in words if text in SENTENCES] == list(SENTENCES)
    assert "Delete?" in words
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert (sheet.confirm_button.text(), sheet.cancel_button.text()) == ("Delete it", "Cancel")
    assert sheet.isModal()
    sheet.reject()


def test_enter_at_once_does_nothing(sheet: ConfirmSheet, confirmed: list[str]) -> None:
    assert sheet.cancel_button.hasFocus()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert not sheet.isVisible()
    assert confirmed == []


@pytest.mark.parametrize(
    "leave",
    [
        lambda sheet: QTest.keyClick(sheet, Qt.Key.Key_Escape),
        lambda sheet: QTest.mouseClick(sheet.cancel_button, Qt.MouseButton.LeftButton),
        lambda sheet: sheet.close(),
    ],
    ids=["escape", "cancel", "close"],
)
def test_every_other_way_out_does_nothing(
    sheet: ConfirmSheet, owner: QWidget, confirmed: list[str], leave: Callable[[ConfirmSheet], object]
) -> None:
    leave(sheet)
    assert confirmed == []
    assert sheets(owner) == []


def test_the_button_confirms_once_and_the_sheet_goes(
    sheet: ConfirmSheet, owner: QWidget, confirmed: list[str]
) -> None:
    sheet.confirm_button.setFocus()
    QTest.keyClick(sheet.confirm_button, Qt.Key.Key_Return)
    assert confirmed == ["yes"]
    assert not sheet.isVisible()
    assert sheets(owner) == []


def test_a_key_that_is_held_down_confirms_nothing(sheet: ConfirmSheet, confirmed: list[str]) -> None:
    sheet.confirm_button.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True)
        QApplication.sendEvent(sheet.confirm_button, press)
    assert sheet.isVisible()
    assert confirmed == []
    sheet.reject()
