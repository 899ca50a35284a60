"""Registering, changing, ending and testing from the sheet, on a real platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.ui.registrations.form_sheet import FormSheet
from vibes_desktop.ui.registrations.registration_list import RegistrationList
from vibes_desktop.ui.registrations.registrations_sheet import EMPTY, RegistrationsSheet, open_registrations
from vibes_desktop.ui.registrations.words import LOCKED
from vibes_desktop.ui.widgets.buttons import Button
from vibes_desktop.ui.widgets.empty_state import EmptyState
from vibes_desktop.ui.widgets.send_sheet import SendSheet

if TYPE_CHECKING:
    from tests.ui.registrations.conftest import Stage

LISTENER = "http://127.0.0.1:8787/c/token"
WAIT_MS = 20_000


def rows(sheet: RegistrationsSheet) -> RegistrationList:
    """Return the list that is shown."""
    assert isinstance(sheet.shown, RegistrationList)
    return sheet.shown


def pressed(parent: QWidget, name: str) -> None:
    """Press the button of an accessible name."""
    (found,) = [each for each in parent.findChildren(Button) if each.accessibleName().startswith(name)]
    found.click()


def form(stage: Stage) -> FormSheet:
    """Wait for the form."""
    found = stage.modal(FormSheet)
    assert isinstance(found, FormSheet)
    return found


def send(stage: Stage, sheet: RegistrationsSheet) -> None:
    """Send what the review shows, and wait until it is known how it ended."""
    review = stage.modal(SendSheet)
    assert isinstance(review, SendSheet)
    stage.qtbot.waitUntil(review.send.isEnabled, timeout=WAIT_MS)
    review.send.click()
    stage.qtbot.waitUntil(lambda: sheet.notice.isVisible() or review.notice.isVisible(), timeout=WAIT_MS)
    stage.settle()


def test_an_empty_list_says_what_registering_is_for(stage: Stage) -> None:
    sheet = stage.open()
    assert isinstance(sheet.shown, EmptyState)
    assert sheet.shown.accessibleName() or EMPTY


def test_registering_offers_the_listener_s_address_and_is_verified(stage: Stage) -> None:
    sheet = stage.open(LISTENER)
    sheet.register.click()
    shown = form(stage)
    assert shown.url.text() == LISTENER
    stage.qtbot.waitUntil(shown.isActiveWindow, timeout=WAIT_MS)
    QTest.keyClick(shown, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    review = stage.modal(SendSheet)
    assert isinstance(review, SendSheet)
    assert LISTENER in review.code.toPlainText()
    send(stage, sheet)
    assert "Registered and verified" in sheet.notice.text
    (registered,) = stage.sandbox.platform.callbacks.current()
    assert (registered.callback_type, registered.url) == ("person_updated", LISTENER)
    assert len(rows(sheet).buttons) == 3


def test_what_is_missing_is_said_at_its_field(stage: Stage) -> None:
    sheet = stage.open()
    sheet.register.click()
    shown = form(stage)
    shown.review.click()
    assert shown.isVisible()
    assert "https" in shown._rows["url"].error_text
    shown.url.setText("https://example.com/c")
    shown.callback_type.setCurrentText("subscription_removed")
    shown.review.click()
    assert "List ID" in shown._rows["subject"].error_text
    assert shown._rows["url"].error_text == ""
    shown.reject()


def test_changing_and_ending(stage: Stage) -> None:
    stage.register()
    sheet = stage.open()
    pressed(rows(sheet), "Change person_updated")
    shown = form(stage)
    assert not shown.callback_type.isEnabled()
    shown.url.setText("https://example.com/other")
    shown.review.click()
    send(stage, sheet)
    assert "Changed and verified" in sheet.notice.text
    pressed(rows(sheet), "End person_updated to https://example.com/other")
    send(stage, sheet)
    assert "Ended and verified" in sheet.notice.text
    assert stage.sandbox.platform.callbacks.current() == []
    assert isinstance(sheet.shown, EmptyState)


def test_a_test_event_is_asked_for(stage: Stage) -> None:
    stage.register()
    sheet = stage.open()
    pressed(rows(sheet), "Send a test of person_updated")
    send(stage, sheet)
    (event,) = stage.sandbox.platform.events
    assert event.event_id in sheet.notice.text


def test_a_refusal_stays_in_the_review(stage: Stage) -> None:
    stage.register()
    sheet = stage.open("https://example.com/callbacks")
    sheet.register.click()
    form(stage).review.click()
    send(stage, sheet)
    review = stage.modal(SendSheet)
    assert isinstance(review, SendSheet)
    assert review.notice.isVisible()
    assert not sheet.notice.isVisible()
    review.reject()


def test_a_locked_account_can_only_be_read(stage: Stage) -> None:
    stage.register()
    stage.locked[0] = True
    sheet = stage.open()
    assert not sheet.register.isEnabled()
    assert not any(made.isEnabled() for made in rows(sheet).buttons)
    assert sheet._note.text() == LOCKED


def test_a_list_that_cannot_be_read_is_said(stage: Stage) -> None:
    stage.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, times=1))
    sheet = stage.open()
    assert sheet.notice.isVisible()
    sheet.again.click()
    stage.settle()
    assert isinstance(sheet.shown, EmptyState)


def test_it_opens_over_its_window(stage: Stage, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = open_registrations(stage.bridge, stage.desk, "", window)
    stage.settle()
    assert sheet.isVisible()
    sheet.reject()
