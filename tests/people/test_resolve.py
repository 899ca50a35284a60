"""After a restart: the journal owes an answer, and the platform gives it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.change import ChangeKind, ChangeRecord, Intention, Outcome
from vibes_desktop.model.errors import ConnectionFailed, InvalidInput, VibesDesktopError
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ApiVersion, ProfileId
from vibes_desktop.people.add import prepare_add
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.outcome import SaveResult
from vibes_desktop.people.resolve import (
    ANOTHER_RECORD,
    GONE,
    NEVER_SENT,
    NOBODY_NEW,
    OTHER_VALUES,
    READS_AS_BEFORE,
    resolve_open,
)
from vibes_desktop.people.sending import sent_request
from vibes_desktop.sandbox.faults import Fault, FaultKind

if TYPE_CHECKING:
    from tests.people.conftest import Line, World

STEVE = "/external/EXT542342"


def left_open(world: "World", edit: PersonEdit, *, is_sending: bool = True) -> ChangeRecord:
    """Leave a change in the journal as a killed program would."""
    review = world.review(edit)
    assert review.request is not None
    return _begun(
        world,
        Intention(
            ProfileId("profile"),
            ChangeKind.UPDATE,
            review.target,
            review.fresh,
            review.changes,
            sent_request(review.request),
            "tester",
        ),
        is_sending=is_sending,
    )


def left_adding(world: "World", external_id: str | None, mdn: str | None) -> ChangeRecord:
    """Leave an add in the journal as a killed program would."""
    edit = PersonEdit.of_new_person(ApiVersion.V2).set(EXTERNAL_ID, external_id).set(MOBILE, mdn)
    review = world.run(prepare_add(world.client, edit.set(FieldRef("last_name"), "Doe")))
    met = review.merged_into
    return _begun(
        world,
        Intention(
            ProfileId("profile"),
            ChangeKind.ADD,
            None,
            met.person if met is not None else None,
            review.changes,
            sent_request(review.request),
            "tester",
        ),
    )


def _begun(world: "World", intention: Intention, *, is_sending: bool = True) -> ChangeRecord:
    journal = world.desk.journal
    change_id = journal.begin(intention, now=datetime.now(UTC))
    if is_sending:
        journal.sending(change_id)
    return journal.record(change_id)


def resolve(world: "World", record: ChangeRecord) -> SaveResult:
    result = world.run(resolve_open(world.client, world.desk.journal, record))
    assert world.desk.journal.record(record.id) == result.record
    assert world.received("PUT") + world.received("POST") == sum(
        request.header("user-agent") is None for request in world.sandbox.requests if request.method != "GET"
    ), "resolving sends nothing"
    return result


def test_what_was_only_intended_was_never_sent(world: "World") -> None:
    result = resolve(world, left_open(world, world.edit({"last_name": "Miller"}), is_sending=False))
    assert (result.outcome, result.record.detail) == (Outcome.NOT_SAVED, NEVER_SENT)


def test_what_arrived_is_verified(world: "World") -> None:
    record = left_open(world, world.edit({"last_name": "Miller"}))
    world.raw("PUT", STEVE, {"custom_fields": {"last_name": "Miller"}})
    result = resolve(world, record)
    assert result.outcome is Outcome.VERIFIED
    assert result.record.display_name == "Steve Miller"
    with pytest.raises(InvalidInput):
        resolve(world, result.record)


def test_what_did_not_arrive_is_not_saved(world: "World") -> None:
    result = resolve(world, left_open(world, world.edit({"last_name": "Miller"})))
    assert (result.outcome, result.record.detail) == (Outcome.NOT_SAVED, READS_AS_BEFORE)


def test_what_arrived_in_part_differs(world: "World") -> None:
    record = left_open(world, world.edit({"last_name": "Miller", "email": "s@example.com"}))
    world.raw("PUT", STEVE, {"custom_fields": {"last_name": "Miller"}})
    result = resolve(world, record)
    assert result.outcome is Outcome.DIFFERS
    assert [d.field.name for d in result.differences] == ["email"]


def test_other_values_leave_it_unknown(world: "World") -> None:
    record = left_open(world, world.edit({"last_name": "Miller"}))
    world.raw("PUT", STEVE, {"custom_fields": {"last_name": "Theirs"}})
    result = resolve(world, record)
    assert (result.outcome, result.record.detail) == (Outcome.UNKNOWN, OTHER_VALUES)
    assert [d.came for d in result.differences] == ["Theirs"]


def test_a_record_that_is_gone_leaves_it_unknown(world: "World") -> None:
    record = left_open(world, world.edit({"last_name": "Miller"}))
    people = world.sandbox.platform.people
    del people._by_key["c5235a10-e243-42d7-979c-7f6234a21b60"]
    result = resolve(world, record)
    assert (result.outcome, result.record.detail) == (Outcome.UNKNOWN, GONE)


def test_an_id_that_names_another_record_leaves_it_unknown(far_world: "World", line: "Line") -> None:
    line.hidden = ("person_key", "person_id")
    external = Identifier(IdentifierKind.EXTERNAL_ID, "EXT542342")
    record = left_open(far_world, far_world.edit({"last_name": "Miller"}, external))
    far_world.raw("PUT", STEVE, {"external_person_id": "ELSEWHERE"})
    far_world.raw("POST", "/", {"external_person_id": "EXT542342"})
    result = resolve(far_world, record)
    assert (result.outcome, result.record.detail) == (Outcome.UNKNOWN, ANOTHER_RECORD)


def test_a_reading_that_fails_leaves_the_entry_open(world: "World") -> None:
    record = left_open(world, world.edit({"last_name": "Miller"}))
    world.sandbox.faults.add(Fault(FaultKind.DROP_BEFORE))
    with pytest.raises(ConnectionFailed):
        resolve(world, record)
    assert world.desk.journal.record(record.id).outcome is Outcome.SENDING
    world.sandbox.faults.clear()
    assert resolve(world, record).outcome is Outcome.NOT_SAVED


def test_what_was_forgotten_can_not_be_found_out(world: "World") -> None:
    record = left_open(world, world.edit({"last_name": "Miller"}))
    erased = record.erased(entirely=True)
    with pytest.raises(VibesDesktopError):
        world.run(resolve_open(world.client, world.desk.journal, erased))
    adding = left_adding(world, "CRM-77", None).erased(entirely=True)
    with pytest.raises(VibesDesktopError):
        world.run(resolve_open(world.client, world.desk.journal, adding))


def test_an_add_that_arrived_is_verified(world: "World") -> None:
    record = left_adding(world, "CRM-77", "+13125550143")
    body = {"external_person_id": "CRM-77", "mobile_phone": {"mdn": "+13125550143"}}
    world.raw("POST", "/", {**body, "custom_fields": {"last_name": "Doe"}})
    result = resolve(world, record)
    assert (result.outcome, result.is_created) == (Outcome.VERIFIED, True)


def test_an_add_that_did_not_arrive_is_not_saved(world: "World") -> None:
    result = resolve(world, left_adding(world, None, "+13125550143"))
    assert (result.outcome, result.record.detail) == (Outcome.NOT_SAVED, NOBODY_NEW)


def test_an_add_that_arrived_otherwise_differs(world: "World") -> None:
    record = left_adding(world, "CRM-77", None)
    world.raw("POST", "/", {"external_person_id": "CRM-77"})
    result = resolve(world, record)
    assert result.outcome is Outcome.DIFFERS
    assert [d.field.name for d in result.differences] == ["last_name"]


def test_a_merge_is_told_by_the_record_it_met(world: "World") -> None:
    record = left_adding(world, "EXT542342", None)
    result = resolve(world, record)
    assert (result.outcome, result.record.detail) == (Outcome.NOT_SAVED, READS_AS_BEFORE)
    again = left_adding(world, "EXT542342", None)
    world.raw("PUT", STEVE, {"custom_fields": {"last_name": "Doe"}})
    result = resolve(world, again)
    assert (result.outcome, result.is_created) == (Outcome.VERIFIED, False)
