from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from logging import LogRecord

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.ui.shell.exception_hook import ExceptionHook, ExceptionSheet
from vibes_desktop.ui.shell.window import MainWindow

CANARY = "canary-Steve-+12065550143"
TakeLog = Callable[[str], LogRecord]

pytestmark = pytest.mark.qt_no_exception_capture


@pytest.fixture
def hook(window: MainWindow) -> Iterator[ExceptionHook]:
    """Return a hook that is installed, and given back after the test."""
    before, before_thread, before_unraisable = sys.excepthook, threading.excepthook, sys.unraisablehook
    made = ExceptionHook(lambda: window, {"Vibes Desktop": "1.0"}, window)
    made.install()
    yield made
    if made.sheet is not None:
        made.sheet.reject()
    sys.excepthook, threading.excepthook, sys.unraisablehook = before, before_thread, before_unraisable


def fail() -> None:
    """Fail with personal data in the message."""
    raise ValueError(CANARY)


def failing_button(window: MainWindow, act: Callable[[], None]) -> QPushButton:
    """Return a button in the window whose slot fails."""
    made = QPushButton("Fail", window)
    made.clicked.connect(lambda: act())
    made.show()
    return made


def shown(hook: ExceptionHook) -> ExceptionSheet:
    """Return the sheet in view."""
    assert hook.sheet is not None
    assert hook.sheet.isVisible()
    return hook.sheet


def test_an_exception_in_a_slot_is_shown_without_data_and_the_program_goes_on(
    window: MainWindow, hook: ExceptionHook, take_log: TakeLog
) -> None:
    failing = failing_button(window, fail)
    QTest.mouseClick(failing, Qt.MouseButton.LeftButton)
    sheet = shown(hook)
    words = "\n".join(label.text() for label in sheet.findChildren(QLabel)) + sheet.block.toPlainText()
    assert "builtins.ValueError" in sheet.block.toPlainText()
    assert "test_exception_hook.py" in sheet.block.toPlainText()
    assert CANARY not in words
    record = take_log("unexpected exception")
    assert CANARY not in record.getMessage()
    assert record.exc_info is None
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert hook.sheet is None
    assert window.isVisible()


def test_the_report_can_be_copied(window: MainWindow, hook: ExceptionHook, take_log: TakeLog) -> None:
    failing_button(window, fail).click()
    take_log("unexpected exception")
    sheet = shown(hook)
    sheet.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "Vibes Desktop 1.0" in copied
    assert CANARY not in copied


def test_more_exceptions_are_counted_in_the_same_sheet(
    window: MainWindow, hook: ExceptionHook, take_log: TakeLog
) -> None:
    failing = failing_button(window, fail)
    for _ in range(3):
        failing.click()
        take_log("unexpected exception")
    sheet = shown(hook)
    assert any("3 of these so far" in label.text() for label in sheet.findChildren(QLabel))
    assert sheet.block.toPlainText().count("builtins.ValueError") == 1


def test_an_error_of_our_own_speaks_for_itself_but_not_in_the_report(
    window: MainWindow, hook: ExceptionHook, take_log: TakeLog
) -> None:
    def refuse() -> None:
        raise InvalidInput(f"{CANARY} can't be used", "Use another.")

    failing_button(window, refuse).click()
    assert CANARY not in take_log("unexpected exception").getMessage()
    sheet = shown(hook)
    assert any(CANARY in label.text() for label in sheet.findChildren(QLabel))
    assert CANARY not in sheet.block.toPlainText()


def test_an_exception_of_another_thread_is_shown_by_the_windows_thread(
    window: MainWindow, hook: ExceptionHook, take_log: TakeLog, qtbot: QtBot
) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    take_log("unexpected exception")
    qtbot.waitUntil(lambda: hook.sheet is not None)
    assert "builtins.ValueError" in shown(hook).block.toPlainText()


def test_an_exception_at_an_objects_end_is_not_printed(
    hook: ExceptionHook, take_log: TakeLog, capsys: pytest.CaptureFixture[str]
) -> None:
    class Failing:
        def __del__(self) -> None:
            fail()

    Failing()
    assert CANARY not in take_log("unexpected exception").getMessage()
    assert "builtins.ValueError" in shown(hook).block.toPlainText()
    assert capsys.readouterr().err == ""


def test_an_interrupt_from_the_keyboard_shows_nothing(hook: ExceptionHook, qapp: QApplication) -> None:
    hook.handle(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert hook.sheet is None


def test_python_gets_its_hooks_back(hook: ExceptionHook) -> None:
    hook.remove()
    assert sys.excepthook is sys.__excepthook__
    assert sys.unraisablehook is sys.__unraisablehook__
    assert threading.excepthook is threading.__excepthook__
