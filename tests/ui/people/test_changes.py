"""Every outcome of a change, on the record it concerns; undoing, discarding, what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from vibes_desktop.model.change import ChangeKind, Outcome
from vibes_desktop.model.fields import MOBILE
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.sandbox.faults import Change, Fault, FaultKind
from vibes_desktop.ui.people.changes import name_of, nobody
from vibes_desktop.ui.people.review_sheet import ReviewSheet

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

STEVE = "EXT542342"
BELOW = f"/external/{STEVE}"
WAIT_MS = 20_000


def notice(stage: Stage) -> str:
    assert stage.page.record.notice.isVisible()
    return stage.page.record.notice.text


def save_last_name(stage: Stage, text: str = "Miller") -> None:
    stage.put("last_name", text)
    stage.send(stage.review())


def newest(stage: Stage) -> Outcome:
    return stage.session.desk.journal.records(None)[0].outcome


def test_verified(stage: Stage) -> None:
    stage.look_up()
    save_last_name(stage)
    assert notice(stage).startswith("Saved and verified\nRead back and compared: last_name.")
    assert stage.page.record.notice.undo.isVisible()
    assert not stage.page.record.notice.look.isVisible()
    assert newest(stage) is Outcome.VERIFIED
    beside = [label.text() for label in stage.page.record.side.findChildren(QLabel)]
    assert any("verified" in text for text in beside)


def test_differs_shows_what_the_platform_holds(stage: Stage) -> None:
    stage.look_up()
    stage.sandbox.faults.add(Fault(FaultKind.CHANGED_VALUE, field="last_name", change=Change.UPPER))
    save_last_name(stage)
    assert "sent “Miller”, the platform shows “MILLER”" in notice(stage)
    assert stage.row("last_name").copied_value() == "MILLER"
    assert not stage.page.desk.edit.is_changed
    assert newest(stage) is Outcome.DIFFERS


def test_refused_leaves_the_edits_and_reaches_the_field(stage: Stage) -> None:
    stage.look_up()
    stage.page.desk.set(stage.row("birthdate").name, "not a date")
    stage.put("last_name", "Miller")
    sheet = stage.review()
    stage.send(sheet)
    assert notice(stage).startswith("Not saved")
    assert "Nothing was changed on the platform." in notice(stage)
    assert stage.row("last_name").copied_value() == "Miller"
    assert stage.page.bar.isVisible()
    assert newest(stage) is Outcome.NOT_SAVED
    assert stage.stored("last_name") == "Millar"


def test_unknown_keeps_the_edits_and_looking_again_finds_out(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    sheet = stage.review()
    stage.qtbot.waitUntil(sheet.send.isEnabled, timeout=WAIT_MS)
    stage.sandbox.faults.add(Fault(FaultKind.DROP_BEFORE, method="PUT"))
    stage.send(sheet)
    assert notice(stage).startswith("It is not known whether this was saved")
    assert stage.row("last_name").copied_value() == "Miller"
    assert stage.page.record.notice.look.isVisible()
    stage.sandbox.faults.clear()
    stage.raw("PUT", BELOW, {"custom_fields": {"last_name": "Miller"}})
    stage.page.record.notice.look.click()
    stage.settle()
    assert notice(stage).startswith("Saved and verified")
    assert not stage.page.desk.edit.is_changed
    stage.settle()
    assert stage.session.desk.drafts.all(stage.session.profile.id) == ()


def test_undo_says_what_it_overwrites_and_goes_through_the_review(stage: Stage) -> None:
    stage.look_up()
    save_last_name(stage)
    stage.raw("PUT", BELOW, {"custom_fields": {"last_name": "Theirs"}})
    record = stage.session.desk.journal.records(None)[0]
    stage.page.undo(record)
    sheet = stage.sheet(ReviewSheet)
    assert "It was changed again since" in notice(stage)
    stage.send(sheet)
    assert stage.stored("last_name") == "Millar"
    undone = stage.session.desk.journal.records(None)[0]
    assert undone.intention.kind is ChangeKind.UNDO
    assert undone.intention.undo_of == record.id


def test_undo_of_the_last_change_says_why_where_there_is_none(stage: Stage) -> None:
    stage.look_up()
    stage.page.changes.undo_last()
    stage.settle()
    assert stage.page.problem.text.startswith("There is nothing to undo")
    save_last_name(stage)
    stage.page.changes.undo_last()
    stage.send(stage.sheet(ReviewSheet))
    assert stage.stored("last_name") == "Millar"


def test_a_removed_number_cannot_be_undone_and_says_so(stage: Stage) -> None:
    stage.look_up()
    stage.page.desk.set(MOBILE, None)
    stage.row("first_name").take_focus()
    stage.send(stage.review())
    stage.page.record.notice.undo.click()
    stage.settle()
    assert notice(stage).startswith("Nothing to undo\nmobile_phone: The platform takes a number only when")
    assert not stage.page.desk.edit.is_changed


def test_a_problem_sends_the_cursor_to_its_field_and_the_bar_says_it(stage: Stage) -> None:
    stage.look_up()
    stage.put("visits", "12x")
    stage.put("last_name", "Miller")
    stage.press("Ctrl+Return")
    assert stage.focus() is stage.row("visits").editor.control
    assert stage.page.bar.trouble.isVisible()
    assert "visits: This is not a number." in stage.page.bar.names.full_text
    assert stage.received("GET") == stage.received("GET")
    stage.press("Alt+Backspace")
    assert not stage.page.bar.trouble.isVisible()
    stage.send(stage.review())
    assert stage.stored("last_name") == "Miller"


def test_what_was_said_of_a_record_is_gone_with_it(stage: Stage) -> None:
    stage.look_up()
    save_last_name(stage)
    assert stage.page.record.notice.isVisible()
    stage.look_up("CRM-000002")
    assert not stage.page.record.notice.isVisible()


@pytest.mark.parametrize("with_edits", [True, False])
def test_a_reading_taken_while_edits_are_made_keeps_them(stage: Stage, with_edits: bool) -> None:
    stage.look_up()
    stage.raw("PUT", BELOW, {"custom_fields": {"first_name": "Stefan"}})
    if with_edits:
        stage.put("last_name", "Miller")
    stage.press("F5")
    if with_edits:
        stage.put("email", "steve@example.com")
    stage.settle()
    assert stage.row("first_name").copied_value() == "Stefan"
    names = {name.name for name in stage.page.desk.edit.entries}
    assert names == ({"last_name", "email"} if with_edits else set())


def test_names_whom_an_edit_is_of(stage: Stage) -> None:
    assert name_of(nobody()) == "the new person"
    assert name_of(nobody(stage.session)) == "the new person"
    stage.look_up()
    stage.put("first_name", "Someone else")
    assert name_of(stage.page.desk.edit) == "Steve Millar"
    assert isinstance(stage.page.desk.edit, PersonEdit)
