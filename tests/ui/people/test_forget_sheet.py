from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.people.forget_sheet import SENTENCES, ForgetSheet

Shown = Callable[[QWidget], QWidget]


@pytest.fixture
def sheet(in_window: Shown, qtbot: QtBot) -> ForgetSheet:
    """Return an open sheet."""
    made = ForgetSheet("<b>Steve</b>", in_window(QWidget()))
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def results(sheet: ForgetSheet) -> list[int]:
    """Return how the sheet was closed."""
    found: list[int] = []
    sheet.finished.connect(found.append)
    return found


def test_says_what_is_erased_and_what_stays(sheet: ForgetSheet) -> None:
    labels = [label for label in sheet.findChildren(QLabel) if label.text()]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert set(SENTENCES) < {label.text() for label in labels}
    assert sheet.accessibleName() == "Forget <b>Steve</b> on this computer?"
    sheet.reject()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_forget_nobody(
    sheet: ForgetSheet, results: list[int], key: Qt.Key, qtbot: QtBot
) -> None:
    qtbot.waitUntil(sheet.cancel.hasFocus)
    QTest.keyClick(sheet.cancel, key)
    assert results == [QDialog.DialogCode.Rejected]


def test_forgetting_takes_a_step_to_its_button(sheet: ForgetSheet, results: list[int], qtbot: QtBot) -> None:
    qtbot.waitUntil(sheet.cancel.hasFocus)
    QTest.keyClick(sheet.cancel, Qt.Key.Key_Tab)
    assert sheet.forget.hasFocus()
    QTest.keyClick(sheet.forget, Qt.Key.Key_Return)
    assert results == [QDialog.DialogCode.Accepted]
