"""Adding a person: look first, then each answer ends in the right record on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vibes_desktop.model.change import Outcome
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.ui.people.add_sheet import AddSheet
from vibes_desktop.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

STEVE_NUMBER = "+12065550143"
SHARED_NUMBER = "+12065550150"
FREE_NUMBER = "+13125550177"
WAIT_MS = 20_000


def begin(stage: Stage, external_id: str = "", number: str = "") -> None:
    """Fill the form of a new person."""
    stage.press("Ctrl+N")
    if external_id:
        stage.put("external_person_id", external_id)
    if number:
        stage.put("mobile_phone", number)


def review(stage: Stage) -> AddSheet:
    stage.press("Ctrl+Return")
    sheet = stage.sheet(AddSheet)
    stage.qtbot.waitUntil(sheet.send.isEnabled, timeout=WAIT_MS)
    return sheet


def told(sheet: AddSheet) -> str:
    return "\n".join(each.text for each in sheet.findChildren(Notice) if not each.isHidden())


def is_new(stage: Stage) -> bool:
    return stage.page.desk.edit.is_new


def heading(stage: Stage) -> str:
    return stage.page.record.heading.name.full_text


def test_created(stage: Stage) -> None:
    stage.look_up()  # the catalogue learns the fields
    begin(stage, "NEW-1", "(312) 555-0177")
    stage.put("first_name", "Ana")
    sheet = review(stage)
    assert "Nobody has this external ID or mobile number yet." in told(sheet)
    stage.send(sheet)
    assert heading(stage) == "Ana"
    assert stage.page.record.notice.text.startswith("Added and verified")
    status, person = stage.raw("GET", "/external/NEW-1")
    assert status == 200
    assert person["mobile_phone"]["mdn"] == FREE_NUMBER
    assert not is_new(stage)
    assert stage.session.desk.drafts.all(stage.session.profile.id) == ()


def test_merged_into_somebody_is_shown_before_and_after(stage: Stage) -> None:
    begin(stage, "NEW-2", "206 555 0143")
    sheet = review(stage)
    assert "This person exists already" in told(sheet)
    assert sheet.send.text() == "Merge into this person"
    stage.send(sheet)
    assert heading(stage) == "Steve Millar"
    assert stage.page.record.notice.text.startswith("Merged and verified")
    assert stage.row("external_person_id").copied_value() == "NEW-2"


def test_the_one_who_exists_can_be_opened_instead(stage: Stage) -> None:
    begin(stage, "NEW-3", STEVE_NUMBER)
    sheet = review(stage)
    card = sheet.cards[0]
    card.open.click()
    stage.settle()
    assert heading(stage) == "Steve Millar"
    assert stage.received("POST") == 0
    assert "the new person" in stage.page.note.text
    stage.page.note.way_back.click()
    assert stage.row("external_person_id").copied_value() == "NEW-3"


def test_a_conflict_ends_on_the_form_with_the_others_beside_it(stage: Stage) -> None:
    begin(stage, "EXT542342", SHARED_NUMBER)
    sheet = review(stage)
    assert "These identifiers belong to different people" in told(sheet)
    stage.send(sheet)
    assert stage.page.record.notice.text.startswith("Not saved")
    assert is_new(stage)
    assert stage.row("external_person_id").copied_value() == "EXT542342"
    cards = stage.page.record.met.cards
    assert len(cards) == 4
    cards[0].open.click()
    stage.settle()
    assert heading(stage) == "Steve Millar"
    assert not stage.page.record.met.isVisible()


def test_an_unknown_outcome_keeps_the_form_and_is_found_out_later(stage: Stage) -> None:
    begin(stage, "NEW-4")
    sheet = review(stage)
    stage.sandbox.faults.add(Fault(FaultKind.DROP_AFTER, method="POST"))
    stage.sandbox.faults.add(Fault(FaultKind.STATUS, method="GET", status=403, skip=1))
    sheet.send.click()
    stage.qtbot.waitUntil(lambda: stage.received("POST") == 1, timeout=WAIT_MS)
    sheet.reject()  # stop: once is enough to look
    stage.qtbot.waitUntil(lambda: stage.page.record.notice.look.isVisible(), timeout=WAIT_MS)
    stage.settle()
    assert stage.received("POST") == 1
    assert stage.page.record.notice.text.startswith("It is not known whether this was saved")
    assert is_new(stage)
    stage.sandbox.faults.clear()
    stage.page.record.notice.look.click()
    stage.settle()
    assert not is_new(stage)
    assert stage.row("external_person_id").copied_value() == "NEW-4"
    assert stage.session.desk.journal.records(None)[0].outcome is Outcome.VERIFIED
    assert stage.session.desk.drafts.all(stage.session.profile.id) == ()


def test_somebody_who_came_by_meanwhile_is_shown_before_it_is_sent(stage: Stage) -> None:
    begin(stage, "NEW-5")
    sheet = review(stage)
    stage.raw("POST", "/", {"external_person_id": "NEW-5"})
    sheet.send.click()
    stage.qtbot.waitUntil(lambda: sheet.send.text() == "Merge into this person", timeout=WAIT_MS)
    assert "The platform has changed while you were reading" in told(sheet)
    assert stage.received("POST") == 1  # the other one's
    sheet.reject()


def test_without_an_identifier_the_bar_says_what_is_missing(stage: Stage) -> None:
    stage.look_up()
    begin(stage)
    assert "needs an external ID or a mobile number" in stage.page.bar.names.full_text
    stage.put("first_name", "Ana")
    stage.press("Ctrl+Return")
    assert stage.focus() is stage.row("external_person_id").editor.control


def test_a_number_of_another_country_is_refused_for_version_1_while_typing(stage: Stage) -> None:
    begin(stage, number="+44 7700 900123")
    assert stage.row("mobile_phone").copied_value() == "+447700900123"
    assert not stage.page.desk.edit.problems()
    stage.put("mobile_phone", "+1 31")
    assert stage.page.desk.edit.problems()
