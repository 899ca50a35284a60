"""The review before saving, opened from the page, on a real platform."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton, QWidget

from vibes_desktop.model.change import Outcome
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.ui.people.review_sheet import ReviewSheet
from vibes_desktop.ui.people.review_table import ReviewTable
from vibes_desktop.ui.widgets.buttons import Button
from vibes_desktop.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

STEVE = "EXT542342"
BELOW = f"/external/{STEVE}"
WAIT_MS = 20_000


def press_send_key(widget: QWidget, *, repeats: bool = False) -> None:
    """Press Ctrl+Enter, or let it repeat as a key does that is held."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "\r", repeats)
        QApplication.sendEvent(widget, event)


def control(sheet: ReviewSheet, name: str) -> QWidget:
    """Find a control of the sheet by its accessible name."""
    found = [each for each in sheet.findChildren(QWidget) if each.accessibleName() == name]
    assert found, name
    return found[-1]


def notices(sheet: ReviewSheet) -> list[str]:
    return [notice.text for notice in sheet.findChildren(Notice) if not notice.isHidden()]


def sent_bodies(stage: Stage) -> list[object]:
    return [json.loads(each.body) for each in stage.sandbox.requests if each.method == "PUT"]


def test_points_out_what_others_changed_and_leaves_it(stage: Stage) -> None:
    stage.look_up()
    stage.raw("PUT", BELOW, {"custom_fields": {"email": "new@example.com", "visits": 13}})
    stage.put("last_name", "Miller")
    sheet = stage.review()
    told = "\n".join(notices(sheet))
    assert "Changed meanwhile" in told
    assert "email" in told
    assert "visits" in told
    stage.send(sheet)
    assert sent_bodies(stage)[-1] == {"custom_fields": {"last_name": "Miller"}}
    assert "left as it is" in stage.page.record.notice.text


def test_asks_whose_value_stands_where_both_changed_a_field(stage: Stage) -> None:
    stage.look_up()
    stage.raw("PUT", BELOW, {"custom_fields": {"last_name": "Theirs"}})
    stage.put("last_name", "Mine")
    stage.put("first_name", "Stefan")
    sheet = stage.review()
    assert not sheet.send.isEnabled()
    assert sheet.send.text() == "Decide first"
    assert "Theirs" in [label.text() for label in sheet.findChildren(QLabel)]
    theirs, mine = control(sheet, "last_name: Keep theirs"), control(sheet, "last_name: Use mine")
    assert not any(isinstance(each, QRadioButton) and each.isChecked() for each in (theirs, mine))
    theirs.setFocus()
    QTest.keyClick(theirs, Qt.Key.Key_Space)
    assert stage.focus().accessibleName() == "last_name: Keep theirs"
    assert sheet.review is not None
    assert [change.field.name for change in sheet.review.changes] == ["first_name"]
    QTest.keyClick(control(sheet, "last_name: Use mine"), Qt.Key.Key_Space)
    stage.send(sheet)
    assert stage.stored("last_name") == "Mine"
    assert stage.stored("first_name") == "Stefan"


def test_what_the_platform_holds_already_is_not_sent(stage: Stage) -> None:
    stage.look_up()
    stage.raw("PUT", BELOW, {"custom_fields": {"last_name": "Miller"}})
    stage.put("last_name", "Miller")
    sheet = stage.review()
    told = "\n".join(notices(sheet))
    assert "Already there" in told
    assert "Nothing left to send" in told
    assert not sheet.send.isEnabled()
    assert sheet.send.text() == "Nothing to save"
    sheet.reject()


def test_a_field_is_reverted_in_the_review_and_in_the_form(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.put("first_name", "Stefan")
    sheet = stage.review()
    revert = control(sheet, "Revert first_name")
    assert isinstance(revert, Button)
    revert.click()
    assert stage.row("first_name").copied_value() == "Steve"
    stage.send(sheet)
    assert sent_bodies(stage) == [{"custom_fields": {"last_name": "Miller"}}]


def test_revert_all_leaves_the_review_and_drops_the_draft(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.put("first_name", "Stefan")
    sheet = stage.review()
    revert_all = control(sheet, "Revert all")
    assert isinstance(revert_all, Button)
    revert_all.click()
    stage.qtbot.waitUntil(lambda: not sheet.isVisible(), timeout=WAIT_MS)
    assert not stage.page.desk.edit.is_changed
    drafts = stage.session.desk.drafts
    stage.qtbot.waitUntil(lambda: drafts.all(stage.session.profile.id) == (), timeout=WAIT_MS)
    assert sent_bodies(stage) == []


def test_the_removal_of_a_number_has_two_spellings(stage: Stage) -> None:
    stage.look_up()
    stage.page.record.identity.rows[1].clear_field()
    stage.page.record.identity.rows[0].take_focus()
    sheet = stage.review()
    assert '"mobile_phone": null' in sheet.code.toPlainText()
    other = control(sheet, "Spell the removal of the number the other way")
    assert isinstance(other, Button)
    other.setFocus()
    other.click()
    assert '"mdn": null' in sheet.code.toPlainText()
    assert stage.focus().accessibleName() == "Spell the removal of the number the other way"
    stage.send(sheet)
    assert sent_bodies(stage) == [{"mobile_phone": {"mdn": None}}]
    assert stage.raw("GET", BELOW)[1]["mobile_phone"] is None


def test_shows_the_new_review_where_the_record_changed_while_reading_it(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Mine")
    sheet = stage.review()
    stage.qtbot.waitUntil(sheet.send.isEnabled, timeout=WAIT_MS)
    stage.raw("PUT", BELOW, {"custom_fields": {"last_name": "Theirs"}})
    sheet.send.click()
    stage.qtbot.waitUntil(lambda: sheet.send.text() == "Decide first", timeout=WAIT_MS)
    assert sheet.isVisible()
    assert any("has changed while you were reading" in text for text in notices(sheet))
    assert len(sent_bodies(stage)) == 1  # theirs
    assert sheet.findChildren(ReviewTable)
    sheet.reject()


def test_says_exactly_what_will_be_sent(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Mill\u00e9r")
    sheet = stage.review()
    text = sheet.code.toPlainText()
    assert text.startswith(f"PUT {stage.sandbox.url}/companies/{stage.sandbox.company_key}/mobiledb/persons/")
    assert "X-API-Version: 2" in text
    stage.send(sheet)
    put = next(request for request in stage.sandbox.requests if request.method == "PUT")
    assert put.target in text
    assert json.loads(text.split("\n\n", 1)[1]) == json.loads(put.body)


def test_a_held_key_opens_the_review_and_never_sends(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    press_send_key(stage.focus())
    sheet = stage.sheet(ReviewSheet)
    stage.qtbot.waitUntil(sheet.send.isEnabled, timeout=WAIT_MS)
    for target in (sheet, sheet.send, sheet.cancel):
        press_send_key(target, repeats=True)
    assert stage.received("PUT") == 0
    assert sheet.isVisible()
    stage.send(sheet)
    assert stage.received("PUT") == 1


def test_stopping_before_it_is_sent_sends_nothing(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    sheet = stage.review()
    stage.qtbot.waitUntil(sheet.send.isEnabled, timeout=WAIT_MS)
    stage.sandbox.faults.add(Fault(FaultKind.LATENCY, seconds=20.0, method="GET"))
    sheet.send.click()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    stage.qtbot.waitUntil(lambda: sheet.notice.isVisible(), timeout=WAIT_MS)
    assert "Nothing was sent." in sheet.notice.text
    assert stage.received("PUT") == 0
    sheet.reject()
    assert stage.row("last_name").copied_value() == "Miller"


def test_stopping_while_it_is_sent_still_tells_the_outcome(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    sheet = stage.review()
    stage.qtbot.waitUntil(sheet.send.isEnabled, timeout=WAIT_MS)
    stage.sandbox.faults.add(Fault(FaultKind.LATENCY, seconds=20.0, method="PUT", times=1))
    sheet.send.click()
    stage.qtbot.waitUntil(lambda: stage.received("PUT") == 1, timeout=WAIT_MS)
    sheet.reject()
    stage.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=WAIT_MS)
    stage.settle()
    outcome = stage.session.desk.journal.records(None)[0].outcome
    assert outcome in {Outcome.UNKNOWN, Outcome.VERIFIED, Outcome.NOT_SAVED}
    assert stage.page.record.notice.isVisible()
