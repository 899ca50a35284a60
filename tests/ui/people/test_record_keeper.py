"""The record that is open: its drafts, what is read beside it, and what stays in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vibes_desktop.model.fields import FieldKind, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.people.catalogue import spec_of
from vibes_desktop.people.edit import PersonEdit, Unfinished
from vibes_desktop.people.session import NEW_PERSON
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.ui.people.page import PeoplePage
from vibes_desktop.ui.shell.navigator import Navigator

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

STEVE = "EXT542342"
STEVE_KEY = Identifier(IdentifierKind.PERSON_KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")
BELOW = f"/external/{STEVE}"
LAST_NAME = FieldRef("last_name")
WAIT_MS = 20_000


def drafts(stage: Stage) -> list[Identifier]:
    return [draft.person for draft in stage.session.desk.drafts.all(stage.session.profile.id)]


def leave_a_draft(stage: Stage, text: str = "Miller") -> None:
    """Keep a draft as a program that was killed leaves it."""
    person = stage.result_of(stage.session.client.person(STEVE_KEY))
    edit = PersonEdit(person, stage.session.profile.api_version).set(LAST_NAME, text)
    stage.result_of(stage.session.keep_draft(edit))


def test_offers_a_draft_for_comparison_and_sends_nothing(stage: Stage) -> None:
    leave_a_draft(stage)
    stage.raw("PUT", BELOW, {"custom_fields": {"last_name": "Theirs", "first_name": "Stefan"}})
    stage.look_up()
    assert stage.page.record.notice.text.startswith("Your unsaved edits of")
    assert "They were not sent." in stage.page.record.notice.text
    assert stage.row("last_name").copied_value() == "Miller"
    assert stage.row("first_name").copied_value() == "Stefan"
    assert stage.page.record.heading.name.full_text == "Stefan Theirs"
    assert stage.received("PUT") == 1  # theirs


def test_a_draft_that_the_platform_holds_already_is_dropped(stage: Stage) -> None:
    leave_a_draft(stage)
    stage.raw("PUT", BELOW, {"custom_fields": {"last_name": "Miller"}})
    stage.look_up()
    assert not stage.page.desk.edit.is_changed
    assert not stage.page.record.notice.isVisible()
    stage.settle()
    assert drafts(stage) == []


def test_typing_before_the_draft_arrives_loses_neither(stage: Stage) -> None:
    leave_a_draft(stage)
    found = stage.result_of(stage.session.client.person(STEVE_KEY))
    stage.page.keeper.open(found)
    stage.page.desk.set(FieldRef("first_name"), "Stefan")
    stage.page.desk.set(LAST_NAME, "Typed")
    stage.settle()
    assert dict(stage.page.desk.edit.entries) == {FieldRef("first_name"): "Stefan", LAST_NAME: "Typed"}


def test_a_draft_of_another_version_of_the_program_says_so(stage: Stage) -> None:
    stage.session.desk.drafts.put(stage.session.profile.id, STEVE_KEY, '{"draft": 99}')
    stage.look_up()
    assert stage.page.problem.text.startswith("This draft can't be read")
    assert not stage.page.desk.edit.is_changed


def test_text_that_is_no_value_yet_survives_as_it_was_typed(stage: Stage) -> None:
    stage.look_up()
    stage.put("visits", "12x")
    stage.qtbot.waitUntil(lambda: bool(drafts(stage)), timeout=WAIT_MS)
    other = PeoplePage(stage.bridge, Navigator())
    other.set_session(stage.session)
    other.look_up(STEVE)
    stage.qtbot.waitUntil(lambda: other.desk.edit.is_changed, timeout=WAIT_MS)
    value = other.desk.edit.value(FieldRef("visits"))
    assert isinstance(value, Unfinished)
    assert value.text == "12x"
    stage.settle()
    other.deleteLater()


def test_typing_after_a_discard_is_kept_again(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.press("Escape")
    stage.settle()
    assert drafts(stage) == []
    stage.put("first_name", "Stefan")
    stage.qtbot.waitUntil(lambda: drafts(stage) == [STEVE_KEY], timeout=WAIT_MS)


def test_the_draft_of_a_new_person_is_offered_at_the_start(stage: Stage) -> None:
    stage.press("Ctrl+N")
    stage.put("external_person_id", "NEW-1")
    stage.qtbot.waitUntil(lambda: drafts(stage) == [NEW_PERSON], timeout=WAIT_MS)
    stage.page.desk.lay_down(PersonEdit.of_new_person(stage.session.profile.api_version))
    stage.page.set_session(stage.session)
    stage.settle()
    draft = stage.session.desk.drafts.all(stage.session.profile.id)[0]
    stage.page.finding.open_draft(draft)
    assert stage.page.desk.edit.is_new
    assert stage.row("external_person_id").copied_value() == "NEW-1"
    assert stage.received("POST") == 0


def test_learns_the_fields_and_lets_a_kind_be_told(stage: Stage) -> None:
    stage.look_up()
    row = stage.row("loyalty_id")
    row.take_focus()
    stage.page.keeper.set_kind(row.name, FieldKind.NUMBER)
    stage.settle()
    assert stage.row("loyalty_id").plan.kind is FieldKind.NUMBER
    assert stage.focus() is stage.row("loyalty_id").editor.control
    catalogue = stage.session.desk.catalogues.load(stage.session.profile.id)
    spec = spec_of(catalogue, "loyalty_id")
    assert spec is not None
    assert spec.kind is FieldKind.NUMBER
    assert spec.is_fixed


def test_a_reading_that_fails_is_said_and_changes_nothing(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.sandbox.faults.add(Fault(FaultKind.STATUS, status=403))
    stage.press("F5")
    stage.settle()
    assert stage.page.problem.isVisible()
    assert stage.row("last_name").copied_value() == "Miller"


def test_a_reading_can_be_ended_by_escape(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.sandbox.faults.add(Fault(FaultKind.LATENCY, seconds=20.0))
    stage.press("F5", "F5", "Escape")
    stage.settle()
    assert stage.row("last_name").copied_value() == "Miller"


def test_clears_the_people_looked_up_lately(stage: Stage) -> None:
    stage.look_up()
    recents = stage.session.desk.recents
    assert recents.list(stage.session.profile.id) == (STEVE_KEY,)
    stage.page.search.clear_recents_requested.emit()
    stage.settle()
    assert recents.list(stage.session.profile.id) == ()
