"""The sheet of a stop, and what it says of each that was tried."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from vibes_desktop.model.change import Outcome
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.people.calls import Calls
from vibes_desktop.people.holders import Holder
from vibes_desktop.people.stop import Stop
from vibes_desktop.people.stop_messages import StopReport
from vibes_desktop.people.stopping import StopPlan
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.ui.people.calls.stop_sheet import (
    NOTHING_ACTIVE,
    StopSheet,
    report_sentences,
    report_title,
    report_tone,
)
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

KEY = "c5235a10-e243-42d7-979c-7f6234a21b60"
WAIT_MS = 20_000


def plan_of(stage: "Stage") -> StopPlan:
    person = stage.result_of(stage.session.client.person(Identifier(IdentifierKind.PERSON_KEY, KEY)))
    return stage.result_of(Calls(stage.session).plan_stop(person))


def sheet_of(stage: "Stage", list_id: str | None = None, privacy: Privacy | None = None) -> StopSheet:
    plan = plan_of(stage)
    profile = stage.session.profile
    sheet = StopSheet(plan.own.person, list_id, profile, privacy or Privacy(), Times(), stage.window)
    sheet.show_plan(plan)
    sheet.open()
    return sheet


def told(sheet: StopSheet) -> str:
    return "\n".join(each.text for each in sheet.findChildren(Notice) if not each.isHidden())


def test_one_list_or_all_are_ticked_and_each_request_is_in_sight(stage: "Stage") -> None:
    sheet = sheet_of(stage, "SL1002")
    assert [each.list_id for each in sheet.chosen] == ["SL1002"]
    assert "subscriptions/SL1002" in sheet.code.toPlainText()
    assert "SL1001" not in sheet.code.toPlainText()
    assert "can't be undone" in told(sheet)
    assert "real text message" in told(sheet)
    sheet.done(0)
    whole = sheet_of(stage)
    assert whole.send.text() == "Stop 2 lists"
    stage.qtbot.waitUntil(whole.send.isEnabled, timeout=WAIT_MS)
    assert whole.cancel.hasFocus()  # for good: the safe button has the focus
    whole.done(0)


def test_nothing_ticked_can_not_be_sent(stage: "Stage") -> None:
    sheet = sheet_of(stage, "SL1002")
    assert sheet.choice is not None
    for tick in list(sheet.choice.ticks):
        tick.setChecked(False)
    assert not sheet.chosen
    assert sheet.send.text() == "Nothing chosen"
    assert not sheet.send.isEnabled()
    sheet.done(0)


def test_nothing_active_is_said(stage: "Stage") -> None:
    sheet = sheet_of(stage)
    assert sheet.plan is not None
    sheet.show_plan(replace(sheet.plan, own=Holder(sheet.plan.own.person), stoppable=()))
    assert NOTHING_ACTIVE in told(sheet)
    assert not sheet.send.isEnabled()
    sheet.done(0)


def test_sharers_who_are_not_known_are_said(stage: "Stage") -> None:
    stage.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, pattern="mdn="))
    sheet = sheet_of(stage)
    assert "Who shares this number is not known" in told(sheet)
    sheet.done(0)


def test_hiding_redraws_it(stage: "Stage") -> None:
    privacy = Privacy()
    sheet = sheet_of(stage, privacy=privacy)
    privacy.set_masking(True)
    words = [label.accessibleName() or label.text() for label in sheet.findChildren(QLabel)]
    assert not [each for each in words if "+12065550143" in each and "Stop messages to" not in each]
    sheet.done(0)


def report_of(stage: "Stage", *faults: Fault) -> StopReport:
    plan = plan_of(stage)
    for each in faults:
        stage.sandbox.faults.add(each)
    calls = Calls(stage.session)
    report = stage.result_of(calls.stop_messages(plan.on_list(None), reason="", stop=Stop()))
    stage.sandbox.faults.clear()
    return report


def test_a_whole_success_has_one_title(stage: "Stage") -> None:
    report = report_of(stage)
    assert (report_title(report), report_tone(report)) == ("Messages stopped", Tone.OK)
    assert report_sentences(report)[0].startswith("Weekly deals: stopped")


def test_a_partial_success_counts(stage: "Stage") -> None:
    report = report_of(stage, Fault(FaultKind.STATUS, method="DELETE", status=422, times=1))
    assert (report_title(report), report_tone(report)) == ("1 of 2 stopped", Tone.WARN)
    assert report_sentences(report)[0].startswith("Weekly deals: not stopped.")


def test_what_was_not_tried_is_named(stage: "Stage") -> None:
    report = report_of(stage, Fault(FaultKind.STATUS, method="DELETE", status=401))
    assert (report_title(report), report_tone(report)) == ("Not stopped", Tone.BAD)
    assert report_sentences(report)[-1] == "Order updates: not tried, still active."
    assert report.results[0][1].outcome is Outcome.NOT_SAVED
    stage.session.client.resume()
