"""“I changed my number”: to the end, or to a state with a way on."""

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from vibes_desktop.people.number_standing import Offer
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.people import SHARED_MDN
from vibes_desktop.ui.people.calls.number_sheet import NumberSheet
from vibes_desktop.ui.people.calls.number_state_sheet import NumberStateSheet
from vibes_desktop.ui.people.calls.person_calls import ENDED, SEE, UNFINISHED

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

OLD, NEW = "+12065550143", "+12065550187"
WAIT_MS = 20_000


def number(stage: "Stage") -> Any:
    stage.sandbox.faults.clear()
    phone = stage.raw("GET", "/external/EXT542342")[1]["mobile_phone"]
    return phone and phone["mdn"]


def planned(stage: "Stage") -> NumberSheet:
    stage.look_up()
    stage.press("Ctrl+Shift+N")
    sheet = stage.sheet(NumberSheet)
    stage.qtbot.waitUntil(sheet.number.hasFocus)
    QTest.keyClicks(sheet.number, "(206) 555-0187")
    QTest.keyClick(sheet.number, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(sheet.send.isEnabled, timeout=WAIT_MS)
    return sheet


def stopped(stage: "Stage") -> NumberStateSheet:
    """Let the addition be refused."""
    sheet = planned(stage)
    stage.sandbox.faults.add(Fault(FaultKind.STATUS, method="POST", status=422))
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    state = stage.sheet(NumberStateSheet)
    stage.qtbot.waitUntil(state.buttons[Offer.GO_ON].isEnabled, timeout=WAIT_MS)
    stage.settle()
    return state


def ended(stage: "Stage") -> None:
    stage.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=WAIT_MS)
    stage.settle()


def notice(stage: "Stage") -> str:
    return stage.page.record.notice.text


def test_the_same_person_has_the_new_number(stage: "Stage") -> None:
    stage.send(planned(stage))
    assert notice(stage).startswith("The number was changed")
    assert "the same lists as before" in notice(stage)
    assert number(stage) == NEW
    assert stage.page.keeper.person.mdn == NEW


@pytest.mark.parametrize(
    ("offer", "held", "words"),
    [
        (Offer.GO_ON, NEW, "The number was changed"),
        (Offer.RESTORE, OLD, "The old number was restored"),
    ],
)
def test_stopped_half_way_it_goes_on_or_back(stage: "Stage", offer: Offer, held: str, words: str) -> None:
    state = stopped(stage)
    assert "Stopped half-way" in state.notice.text
    assert stage.page.keeper.person.mdn is None  # the record shows what is so
    stage.sandbox.faults.clear()
    state.buttons[offer].click()
    ended(stage)
    assert notice(stage).startswith(words)
    assert number(stage) == held


def test_going_on_into_the_same_trouble_stays_there(stage: "Stage") -> None:
    state = stopped(stage)
    state.buttons[Offer.GO_ON].click()
    stage.qtbot.waitUntil(lambda: stage.received("POST") == 2, timeout=WAIT_MS)
    stage.qtbot.waitUntil(state.buttons[Offer.RESTORE].isEnabled, timeout=WAIT_MS)
    assert "Stopped half-way" in state.notice.text
    state.reject()


def test_left_open_it_is_offered_at_the_next_look_up_and_the_next_start(stage: "Stage") -> None:
    stopped(stage).reject()
    stage.sandbox.faults.clear()
    stage.look_up()
    assert UNFINISHED in stage.page.note.text
    stage.page.set_session(stage.session)  # as at the next start
    stage.qtbot.waitUntil(lambda: UNFINISHED in stage.page.note.text, timeout=WAIT_MS)
    stage.settle()
    assert stage.page.note.way_back.text() == SEE
    stage.page.note.way_back.click()
    state = stage.sheet(NumberStateSheet)
    stage.qtbot.waitUntil(state.buttons[Offer.GO_ON].isEnabled, timeout=WAIT_MS)
    state.buttons[Offer.GO_ON].click()
    ended(stage)
    assert number(stage) == NEW
    stage.look_up()
    assert not stage.page.note.isVisible()


def test_gone_on_with_from_elsewhere_the_record_comes_into_view(stage: "Stage") -> None:
    stopped(stage).reject()
    stage.sandbox.faults.clear()
    stage.look_up("CRM-000001")
    stage.page.set_session(stage.session)
    stage.qtbot.waitUntil(lambda: UNFINISHED in stage.page.note.text, timeout=WAIT_MS)
    stage.settle()
    stage.page.note.way_back.click()
    state = stage.sheet(NumberStateSheet)
    stage.qtbot.waitUntil(state.buttons[Offer.RESTORE].isEnabled, timeout=WAIT_MS)
    state.buttons[Offer.RESTORE].click()
    ended(stage)
    assert stage.page.keeper.person.external_person_id == "EXT542342"
    assert notice(stage).startswith("The old number was restored")
    assert stage.page.record.notice.isVisible()


def test_the_command_goes_on_with_what_was_begun(stage: "Stage") -> None:
    stopped(stage).reject()
    stage.sandbox.faults.clear()
    stage.look_up()
    stage.press("Ctrl+Shift+N")
    state = stage.sheet(NumberStateSheet)
    stage.qtbot.waitUntil(state.buttons[Offer.LEAVE].isEnabled, timeout=WAIT_MS)
    state.buttons[Offer.LEAVE].click()
    ended(stage)
    assert stage.session.desk.number_changes.unfinished(stage.session.profile.id) == ()
    assert stage.page.note.text.startswith(ENDED)
    assert number(stage) is None


def test_without_an_external_id_nothing_can_be_typed(stage: "Stage") -> None:
    record = stage.sandbox.platform.people.by_external_id("EXT542342")
    assert record is not None
    stage.sandbox.platform.people.set_external_id(record, None)
    stage.look_up(record.person_key)
    stage.press("Ctrl+Shift+N")
    sheet = stage.sheet(NumberSheet)
    stage.qtbot.waitUntil(lambda: sheet.notice.isVisible(), timeout=WAIT_MS)
    assert "Nothing was removed." in sheet.notice.text
    assert "external ID first" in sheet.notice.text
    assert not sheet.number.isEnabled()
    sheet.reject()


def test_what_has_changed_since_the_look_up_is_shown_before_anything_is_sent(stage: "Stage") -> None:
    sheet = planned(stage)
    people = stage.sandbox.platform.people
    people.set_phone(people.by_mdn(SHARED_MDN)[0], NEW)
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.qtbot.waitUntil(lambda: "Somebody else has" in sheet.notice.text, timeout=WAIT_MS)
    assert not sheet.send.isEnabled()
    assert stage.received("PUT") == 0
    sheet.reject()


def test_a_failed_look_up_is_said(stage: "Stage") -> None:
    stage.look_up()
    stage.press("Ctrl+Shift+N")
    sheet = stage.sheet(NumberSheet)
    stage.sandbox.faults.add(Fault(FaultKind.STATUS, status=403))
    sheet.number.setText("206 555 0187")
    sheet.look_up.click()
    stage.qtbot.waitUntil(lambda: sheet.notice.isVisible(), timeout=WAIT_MS)
    assert len(sheet.notice.text.splitlines()) == 3
    sheet.reject()
