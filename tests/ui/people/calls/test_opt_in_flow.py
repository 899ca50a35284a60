"""“You stopped writing”: one text message, or why there is none."""

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.change import Outcome
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.persons import PersonRecord
from vibes_desktop.ui.people.calls.opt_in_sheet import OptInSheet

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

WAIT_MS = 20_000


def steve(stage: "Stage") -> PersonRecord:
    record = stage.sandbox.platform.people.by_external_id("EXT542342")
    assert record is not None
    return record


def opened(stage: "Stage") -> OptInSheet:
    """Open the sheet for somebody who left all lists, with the consent in it."""
    for list_id in ("SL1001", "SL1002"):
        stage.sandbox.platform.subscriptions.unsubscribe(steve(stage), list_id)
    stage.look_up()
    stage.press("Ctrl+Shift+O")
    sheet = stage.sheet(OptInSheet)
    stage.qtbot.waitUntil(lambda: sheet.plan is not None, timeout=WAIT_MS)
    sheet.consent.setText("asked for it on the phone")
    return sheet


def list_of(sheet: OptInSheet) -> str | None:
    return None if sheet.plan is None else sheet.plan.list_id


def notice(stage: "Stage") -> str:
    return stage.page.record.notice.text


def test_the_text_is_sent_once_and_the_answer_awaited(stage: "Stage") -> None:
    stage.send(opened(stage))
    assert notice(stage).startswith("The opt-in text was sent")
    (record,) = stage.session.desk.journal.records(None)
    assert record.intention.reason == "Consent: asked for it on the phone"
    assert stage.received("POST") == 1
    assert not stage.page.record.notice.undo.isVisible()


def test_each_refusal_says_what_can_be_done(stage: "Stage") -> None:
    stage.sandbox.platform.campaigns.block("ACQ1001", steve(stage).mdn or "")
    stage.send(opened(stage))
    assert notice(stage).startswith("They answered No before")
    assert "DEALS" in notice(stage)


def test_an_unknown_outcome_is_never_repeated_but_looked_up(stage: "Stage") -> None:
    sheet = opened(stage)
    stage.sandbox.faults.add(Fault(FaultKind.DROP_AFTER, method="POST"))
    stage.sandbox.faults.add(
        Fault(FaultKind.STATUS, status=403, method="GET", pattern="/participants", skip=1)
    )
    stage.qtbot.waitUntil(sheet.send.isEnabled, timeout=WAIT_MS)
    sheet.send.click()
    stage.qtbot.waitUntil(lambda: stage.received("POST") == 1, timeout=WAIT_MS)
    sheet.reject()  # stop: one look is enough
    stage.qtbot.waitUntil(lambda: stage.page.record.notice.look.isVisible(), timeout=WAIT_MS)
    stage.settle()
    assert "It is not known" in notice(stage)
    assert stage.received("POST") == 1
    stage.sandbox.faults.clear()
    stage.page.record.notice.look.click()
    stage.settle()
    (record,) = stage.session.desk.journal.records(None)
    assert record.outcome is Outcome.VERIFIED
    assert stage.received("POST") == 1
    assert notice(stage).startswith("Opted in")


@pytest.mark.parametrize("pattern", ["subscription_lists/$", "acquisition_campaigns", "participants"])
def test_a_reading_that_fails_is_said_and_nothing_is_sent(stage: "Stage", pattern: str) -> None:
    stage.look_up()
    stage.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, pattern=pattern))
    stage.press("Ctrl+Shift+O")
    sheet = stage.sheet(OptInSheet)
    stage.qtbot.waitUntil(lambda: sheet.notice.isVisible(), timeout=WAIT_MS)
    assert len(sheet.notice.text.splitlines()) == 3
    assert not sheet.send.isEnabled()
    sheet.reject()


def test_another_list_asks_anew(stage: "Stage") -> None:
    sheet = opened(stage)
    sheet.list.setCurrentIndex(1)
    sheet.list.activated.emit(1)
    assert not sheet.send.isEnabled()
    stage.qtbot.waitUntil(lambda: list_of(sheet) == "SL1002", timeout=WAIT_MS)
    stage.send(sheet)
    assert notice(stage).startswith("Subscribed")
