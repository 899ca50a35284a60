"""From an edit to its outcome: one sheet, one request, one result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from vibes_desktop.model.change import Outcome
from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.outcome import SaveResult
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.ui.people.review_sheet import ReviewSheet
from vibes_desktop.ui.people.save_flow import SaveFlow

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

STEVE = Identifier(IdentifierKind.EXTERNAL_ID, "EXT542342")
NAME = FieldRef("last_name")
WAIT_MS = 20_000


def start(stage: Stage, flow: SaveFlow, text: str = "Miller") -> PersonEdit:
    person = stage.result_of(stage.session.client.person(STEVE))
    edit = PersonEdit(person, stage.session.profile.api_version).set(NAME, text)
    flow.start(stage.session, stage.session.profile, edit)
    return edit


def test_tells_the_result_with_the_reason_in_the_journal(stage: Stage) -> None:
    flow = SaveFlow(stage.bridge, stage.page)
    results: list[SaveResult] = []
    flow.finished.connect(results.append)
    start(stage, flow)
    sheet = stage.sheet(ReviewSheet)
    sheet.reason.setText("TICKET-7")
    stage.send(sheet)
    assert [result.outcome for result in results] == [Outcome.VERIFIED]
    record = stage.session.desk.journal.records(None)[0]
    assert record.intention.reason == "TICKET-7"
    assert record.intention.os_user == "tester"
    assert record.intention.before is not None


def test_leaving_the_sheet_ends_the_reading(stage: Stage) -> None:
    flow = SaveFlow(stage.bridge, stage.page)
    stage.sandbox.faults.add(Fault(FaultKind.LATENCY, seconds=20.0, skip=1))
    start(stage, flow)
    sheet = stage.sheet(ReviewSheet)
    sheet.reject()
    stage.settle()
    assert QApplication.activeModalWidget() is None
    assert stage.session.desk.journal.records(None) == ()


def test_a_reading_that_fails_is_said_in_the_sheet(stage: Stage) -> None:
    flow = SaveFlow(stage.bridge, stage.page)
    stage.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, skip=1))
    start(stage, flow)
    sheet = stage.sheet(ReviewSheet)
    stage.qtbot.waitUntil(lambda: sheet.notice.isVisible(), timeout=WAIT_MS)
    assert len(sheet.notice.text.splitlines()) == 3
    assert not sheet.send.isEnabled()
    sheet.reject()


def test_tells_which_edits_are_left_after_a_revert_in_the_review(stage: Stage) -> None:
    flow = SaveFlow(stage.bridge, stage.page)
    edits: list[PersonEdit] = []
    flow.edit_changed.connect(edits.append)
    edit = start(stage, flow)
    sheet = stage.sheet(ReviewSheet)
    stage.qtbot.waitUntil(lambda: sheet.review is not None, timeout=WAIT_MS)
    assert edits[-1] == edit
    assert sheet.review is not None
    sheet.show_review(sheet.review.revert(NAME))
    assert not edits[-1].is_changed
    sheet.reject()


def test_a_journal_that_cannot_be_written_sends_nothing(stage: Stage) -> None:
    flow = SaveFlow(stage.bridge, stage.page)
    start(stage, flow)
    sheet = stage.sheet(ReviewSheet)
    stage.qtbot.waitUntil(sheet.send.isEnabled, timeout=WAIT_MS)
    stage.session.desk.close()
    sheet.send.click()
    stage.qtbot.waitUntil(lambda: sheet.notice.isVisible(), timeout=WAIT_MS)
    assert stage.received("PUT") == 0
    sheet.reject()
