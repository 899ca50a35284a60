"""The last look before something is sent."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import Safety
from vibes_desktop.ui.people.send_sheet import CODE_CHARACTERS, SendSheet, request_text
from vibes_desktop.vibes.request import Request

REQUEST = Request(
    "PUT", "https://example.com/p", "/p", (("X-API-Version", "2"),), '{"custom_fields":{"a":"<b>"}}'
)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.resize(1000, 700)
    with qtbot.waitExposed(owner):
        owner.show()
    yield owner
    modal = QApplication.activeModalWidget()
    if isinstance(modal, SendSheet):
        modal.close_finished()


def opened(qtbot: QtBot, window: QWidget, safety: Safety = Safety.TEST) -> SendSheet:
    sheet = SendSheet("Save somebody", safety, "Demo", window)
    sheet.open()
    qtbot.waitUntil(sheet.isActiveWindow)
    return sheet


def ready(qtbot: QtBot, sheet: SendSheet, request: Request | None = REQUEST) -> None:
    sheet.show_content([QLabel("content")], "Save 1 change", request)
    if request is not None:
        qtbot.waitUntil(sheet.send.isEnabled)


def press_send(sheet: SendSheet) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_Return, CONTROL)


def test_nothing_is_sent_before_it_was_painted(qtbot: QtBot, window: QWidget) -> None:
    sheet = opened(qtbot, window)
    sent: list[str] = []
    sheet.sent.connect(sent.append)
    press_send(sheet)
    sheet.show_content([QLabel("content")], "Save 1 change", REQUEST)
    assert not sheet.send.isEnabled()
    press_send(sheet)
    assert sent == []
    qtbot.waitUntil(sheet.send.isEnabled)
    sheet.reason.setText("  TICKET-1 ")
    press_send(sheet)
    assert sent == ["TICKET-1"]


def test_a_held_key_sends_nothing(qtbot: QtBot, window: QWidget) -> None:
    sheet = opened(qtbot, window)
    sent: list[str] = []
    sheet.sent.connect(sent.append)
    ready(qtbot, sheet)
    for modifier in (CONTROL, Qt.KeyboardModifier.NoModifier):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, modifier, "\r", autorep=True)
        QApplication.sendEvent(QApplication.focusWidget() or sheet, held)
    assert sent == []


def test_on_production_cancel_has_the_focus(qtbot: QtBot, window: QWidget) -> None:
    sheet = opened(qtbot, window, Safety.PRODUCTION)
    ready(qtbot, sheet)
    assert sheet.cancel.hasFocus()


def test_elsewhere_the_primary_button_has_it(qtbot: QtBot, window: QWidget) -> None:
    sheet = opened(qtbot, window)
    ready(qtbot, sheet)
    assert sheet.send.hasFocus()


def test_without_a_request_nothing_can_be_sent(qtbot: QtBot, window: QWidget) -> None:
    sheet = opened(qtbot, window)
    ready(qtbot, sheet, None)
    press_send(sheet)
    assert not sheet.send.isEnabled()
    assert sheet.code.isHidden()


def test_it_is_sent_once_and_can_be_stopped_but_not_left(qtbot: QtBot, window: QWidget) -> None:
    sheet = opened(qtbot, window)
    sent: list[str] = []
    stopped: list[bool] = []
    sheet.sent.connect(sent.append)
    sheet.stopped.connect(lambda: stopped.append(True))
    ready(qtbot, sheet)
    press_send(sheet)
    press_send(sheet)
    assert len(sent) == 1
    assert sheet.cancel.text() == "Stop"
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert stopped == [True]
    assert sheet.isVisible()


def test_a_problem_leaves_everything_in_place(qtbot: QtBot, window: QWidget) -> None:
    sheet = opened(qtbot, window)
    ready(qtbot, sheet)
    press_send(sheet)
    sheet.show_problem(InvalidInput("It can't be sent", "Mend it."))
    assert "Mend it." in sheet.notice.text
    assert sheet.cancel.text() == "Close"
    assert not sheet.send.isEnabled()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_the_request_is_shown_exactly_and_as_text() -> None:
    text = request_text(REQUEST)
    assert text.startswith("PUT https://example.com/p\nX-API-Version: 2\n\n{")
    assert '"a": "<b>"' in text


def test_a_huge_line_says_how_much_is_left_out() -> None:
    body = '{"a":"' + "x" * (CODE_CHARACTERS + 10_000) + '"}'
    text = request_text(Request("PUT", "https://example.com/p", "/p", (), body))
    assert "characters more" in text
    assert len(text) < CODE_CHARACTERS + 1_000
