"""What every review shares: when sending is possible, stopping, errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.profile import Safety
from vibes_desktop.ui.widgets.labels import plain_label
from vibes_desktop.ui.widgets.send_sheet import EXACTLY, REASON, SendSheet, request_text
from vibes_desktop.vibes.request import Request

WAIT_MS = 20_000
REQUEST = Request(
    "PUT", "https://vibes.example/persons/k", "/persons/k", (("X-API-Version", "2"),), '{"a":{"b":null}}'
)


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Return a function that shows a widget in an active window of its own."""

    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show


@pytest.fixture
def sheet(shown: Callable[[QWidget], QWidget]) -> SendSheet:
    """Show a sheet that still waits for the platform."""
    made = SendSheet("Save Steve", Safety.TEST, "Demo · US")
    shown(made)
    return made


@pytest.fixture
def sent(sheet: SendSheet) -> list[str]:
    """Return the reasons that were sent."""
    reasons: list[str] = []
    sheet.sent.connect(reasons.append)
    return reasons


def test_nothing_can_be_sent_before_it_was_painted(sheet: SendSheet, sent: list[str], qtbot: QtBot) -> None:
    assert not sheet.send.isEnabled()
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sheet.show_content([plain_label("Millar → Miller")], "Save 1 change", REQUEST)
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent == []
    qtbot.waitUntil(sheet.send.isEnabled)
    QTest.keyClick(sheet, Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)
    assert sent == [""]


def test_without_a_request_it_stays_impossible(sheet: SendSheet, sent: list[str], qtbot: QtBot) -> None:
    sheet.show_content([plain_label("Decide")], "Decide first", None)
    sheet.repaint()
    QApplication.processEvents()
    assert not sheet.send.isEnabled()
    assert not sheet.code.isVisible()
    sheet.show_content([plain_label("Decided")], "Save 1 change", REQUEST)
    qtbot.waitUntil(sheet.send.isEnabled)
    assert sheet.code.isVisible()


def test_is_sent_once_with_the_reason(sheet: SendSheet, sent: list[str], qtbot: QtBot) -> None:
    sheet.show_content([plain_label("a → b")], "Save 1 change", REQUEST)
    qtbot.waitUntil(sheet.send.isEnabled)
    sheet.reason.setText("  TICKET-7 ")
    sheet.send.click()
    sheet.send.click()
    assert sent == ["TICKET-7"]
    assert not sheet.reason.isEnabled()


def test_leaving_while_it_is_sent_only_asks_to_stop(sheet: SendSheet, sent: list[str], qtbot: QtBot) -> None:
    stops: list[bool] = []
    sheet.stopped.connect(lambda: stops.append(True))
    sheet.show_content([plain_label("a → b")], "Save 1 change", REQUEST)
    qtbot.waitUntil(sheet.send.isEnabled)
    sheet.send.click()
    sheet.show_progress("Sending")
    assert sheet.cancel.text() == "Stop"
    assert sheet.progress.running
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert stops == [True]
    assert sheet.isVisible()
    sheet.close_finished()
    assert not sheet.isVisible()


def test_an_error_is_said_inside_and_what_was_shown_stays(sheet: SendSheet, qtbot: QtBot) -> None:
    content = plain_label("Millar → Miller")
    sheet.show_content([content], "Save 1 change", REQUEST)
    qtbot.waitUntil(sheet.send.isEnabled)
    sheet.send.click()
    sheet.show_problem(StorageError("The disk is full", "Nothing was sent.", "Make room."))
    assert sheet.notice.text == "The disk is full\nNothing was sent.\nMake room."
    assert content.isVisible()
    assert not sheet.send.isEnabled()
    qtbot.waitUntil(sheet.cancel.hasFocus)
    sheet.cancel.click()
    assert not sheet.isVisible()


def test_on_production_cancel_keeps_the_focus(shown: Callable[[QWidget], QWidget], qtbot: QtBot) -> None:
    for safety, has_focus in ((Safety.PRODUCTION, "cancel"), (Safety.TEST, "send")):
        sheet = SendSheet("Save", safety, "")
        shown(sheet)
        sheet.show_content([plain_label("a → b")], "Save 1 change", REQUEST)
        qtbot.waitUntil(sheet.send.isEnabled)
        qtbot.waitUntil(getattr(sheet, has_focus).hasFocus)
        sheet.done(0)


def test_lays_a_request_out_and_shortens_what_would_stall_the_window() -> None:
    text = request_text(REQUEST)
    assert text.splitlines()[:2] == ["PUT https://vibes.example/persons/k", "X-API-Version: 2"]
    assert text.endswith('{\n  "a": {\n    "b": null\n  }\n}')
    long = request_text(replace(REQUEST, body='"' + "x" * 1_000_000 + '"'))
    assert len(long) < 200_000
    assert "900,002 characters more" in long
    assert request_text(replace(REQUEST, body=None)).count("\n") == 1
    assert request_text(replace(REQUEST, body="{broken")).endswith("{broken")


def test_its_controls_have_names(sheet: SendSheet) -> None:
    assert sheet.code.accessibleName() == EXACTLY
    assert sheet.reason.accessibleName() == REASON


def test_a_reason_is_asked_for_only_where_it_is_kept(
    shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    made = SendSheet("Register", Safety.TEST, "", asks_reason=False)
    shown(made)
    made.show_content([plain_label("x")], "Register", REQUEST)
    qtbot.waitUntil(made.send.isEnabled)
    assert made.code.isVisible()
    assert not made.reason.isVisible()


def test_what_can_not_be_taken_back_leaves_the_focus_on_cancel(
    shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    made = SendSheet("Stop", Safety.TEST, "", is_for_good=True)
    shown(made)
    made.show_content([plain_label("x")], "Stop", REQUEST)
    qtbot.waitUntil(made.send.isEnabled)
    qtbot.waitUntil(made.cancel.hasFocus)


class _Asking(SendSheet):
    said = ""

    def may_send(self) -> bool:
        return bool(self.said)


def test_it_is_sent_only_once_the_person_has_said_what_must_be_said(
    shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    made = _Asking("Opt in", Safety.TEST, "")
    shown(made)
    made.show_content([plain_label("x")], "Opt in", REQUEST)
    made.ask_again_whether_to_send()
    assert not made.send.isEnabled()
    made.said = "yes"
    made.ask_again_whether_to_send()
    assert made.send.isEnabled()
    made.said = ""
    made.ask_again_whether_to_send()
    assert not made.send.isEnabled()
