"""“Stop texting me”, by keyboard, with whatever breaks on the way."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from vibes_desktop.model.change import Outcome
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.people import SHARED_MDN
from vibes_desktop.ui.people.calls.stop_sheet import StopSheet
from vibes_desktop.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

WAIT_MS = 20_000


def opened(stage: "Stage") -> StopSheet:
    stage.look_up()
    stage.press("Ctrl+Shift+S")
    sheet = stage.sheet(StopSheet)
    stage.qtbot.waitUntil(lambda: sheet.plan is not None, timeout=WAIT_MS)
    return sheet


def told(sheet: StopSheet) -> str:
    return "\n".join(each.text for each in sheet.findChildren(Notice) if not each.isHidden())


def press_send(stage: "Stage", sheet: StopSheet) -> None:
    stage.qtbot.waitUntil(sheet.send.isEnabled, timeout=WAIT_MS)
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_all_lists_are_stopped_and_the_record_shows_it(stage: "Stage") -> None:
    sheet = opened(stage)
    sheet.reason.setText("rang us")
    stage.send(sheet)
    assert stage.page.record.notice.text.startswith("Messages stopped")
    assert stage.raw("GET", "/external/EXT542342/subscriptions")[1] == []
    records = stage.session.desk.journal.records(None)
    assert [each.intention.reason for each in records] == ["rang us", "rang us"]
    heading = stage.page.record.heading
    stage.qtbot.waitUntil(lambda: "no active list" in _texts(heading), timeout=WAIT_MS)


def test_trouble_leaves_the_sheet_with_what_is_still_active(stage: "Stage") -> None:
    sheet = opened(stage)
    stage.sandbox.faults.add(Fault(FaultKind.STATUS, method="DELETE", status=422, times=1))
    press_send(stage, sheet)
    stage.qtbot.waitUntil(lambda: "1 of 2 stopped" in told(sheet), timeout=WAIT_MS)
    stage.qtbot.waitUntil(lambda: [e.list_id for e in sheet.chosen] == ["SL1001"], timeout=WAIT_MS)
    press_send(stage, sheet)  # the way on: once more, for the rest
    stage.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=WAIT_MS)
    stage.settle()
    assert stage.raw("GET", "/external/EXT542342/subscriptions")[1] == []


def test_an_unknown_outcome_is_looked_up_before_anything_else_is_offered(stage: "Stage") -> None:
    sheet = opened(stage)
    stage.sandbox.faults.add(Fault(FaultKind.DROP_AFTER, method="DELETE"))
    stage.sandbox.faults.add(
        Fault(FaultKind.STATUS, status=403, method="GET", pattern="/subscriptions", times=2)
    )
    press_send(stage, sheet)
    stage.qtbot.waitUntil(lambda: "Nothing to stop" in told(sheet), timeout=WAIT_MS)
    stage.settle()
    outcomes = [each.outcome for each in stage.session.desk.journal.records(None)]
    assert outcomes == [Outcome.VERIFIED, Outcome.VERIFIED]
    sheet.reject()


def test_somebody_on_the_same_number_can_be_opened_instead(stage: "Stage") -> None:
    people = stage.sandbox.platform.people.by_mdn(SHARED_MDN)
    stage.look_up(people[0].person_key)
    stage.press("Ctrl+Shift+S")
    sheet = stage.sheet(StopSheet)
    stage.qtbot.waitUntil(lambda: sheet.choice is not None, timeout=WAIT_MS)
    assert sheet.choice is not None
    sheet.choice.open_requested.emit(sheet.plan.others[0].person if sheet.plan else None)
    stage.settle()
    assert stage.page.keeper.person.person_key == people[1].person_key


def test_leaving_it_sends_nothing(stage: "Stage") -> None:
    sheet = opened(stage)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    stage.settle()
    assert stage.received("DELETE") == 0


def test_a_reading_that_fails_is_said(stage: "Stage") -> None:
    stage.look_up()
    stage.sandbox.faults.add(Fault(FaultKind.STATUS, status=403))
    stage.press("Ctrl+Shift+S")
    sheet = stage.sheet(StopSheet)
    stage.qtbot.waitUntil(lambda: sheet.notice.isVisible(), timeout=WAIT_MS)
    assert len(sheet.notice.text.splitlines()) == 3
    assert not sheet.send.isEnabled()
    sheet.reject()


def _texts(widget: object) -> list[str]:
    from PySide6.QtWidgets import QLabel, QWidget

    assert isinstance(widget, QWidget)
    return [label.text() for label in widget.findChildren(QLabel)]
