"""Undo: built from the before-image, through the same review and protocol."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.change import (
    ChangeId,
    ChangeKind,
    ChangeRecord,
    Intention,
    Outcome,
    SentRequest,
)
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.fields import ABSENT, EXTERNAL_ID, MOBILE, FieldChange, FieldRef, Value
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json, JsonObject, obj, parse
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion, ProfileId
from vibes_desktop.people.add import prepare_add
from vibes_desktop.people.adding import add
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.outcome import Author, SaveResult
from vibes_desktop.people.save import save
from vibes_desktop.people.undo import (
    ALREADY_BACK,
    CHANGED_SINCE,
    CREATED,
    EXPIRED,
    NEVER_SAVED,
    OTHER_NUMBER,
    REMOVED_NUMBER,
    STILL_OPEN,
    WAS_ABSENT,
    UndoPlan,
    plan_undo,
    prepare_undo,
    reason_not_to_undo,
)

if TYPE_CHECKING:
    from tests.people.conftest import World

A = FieldRef("a")
AUTHOR = Author(ProfileId("profile"), "tester")


def person(text: str) -> Person:
    raw = parse(text)
    assert isinstance(raw, JsonObject)
    return Person(raw)


def record(
    *changes: tuple[FieldRef, Value, Json],
    outcome: Outcome = Outcome.VERIFIED,
    kind: ChangeKind = ChangeKind.UPDATE,
    before: Person | None = Person(obj(person_key="k")),  # noqa: B008 - a value
    found: Identifier | None = Identifier(IdentifierKind.PERSON_KEY, "k"),  # noqa: B008 - a value
) -> ChangeRecord:
    intention = Intention(
        ProfileId("p"),
        kind,
        Identifier(IdentifierKind.PERSON_KEY, "k"),
        before,
        tuple(FieldChange(*change) for change in changes),
        SentRequest("PUT", "/", "{}"),
        "tester",
    )
    return ChangeRecord(ChangeId(1), intention, datetime.now(UTC), outcome, person=found)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (record(outcome=Outcome.NOT_SAVED), NEVER_SAVED),
        (record(outcome=Outcome.SENDING), STILL_OPEN),
        (record(outcome=Outcome.INTENDED), STILL_OPEN),
        (record(before=None), EXPIRED),
        (record().erased(entirely=False), EXPIRED),
        (record(kind=ChangeKind.ADD, before=None), CREATED),
        (record(kind=ChangeKind.ADD, found=Identifier(IdentifierKind.PERSON_KEY, "other")), CREATED),
        (record(), None),
        (record(outcome=Outcome.DIFFERS), None),
        (record(outcome=Outcome.UNKNOWN), None),
        (record(kind=ChangeKind.ADD), None),
        (record(kind=ChangeKind.UNDO), None),
    ],
)
def test_what_can_not_be_undone_says_so(change: ChangeRecord, reason: str | None) -> None:
    assert reason_not_to_undo(change) == reason


@pytest.mark.parametrize(
    ("before", "after", "now", "undone", "words"),
    [
        ("x", "y", '"y"', "x", []),
        ("x", None, "null", "x", []),
        (ABSENT, "y", '"y"', None, [WAS_ABSENT]),
        (None, "y", '"y"', None, []),
        ("x", "y", '"z"', "x", [CHANGED_SINCE]),
        ("x", "y", '"x"', "untouched", [ALREADY_BACK]),
        (
            obj(option_key="M"),
            obj(option_key="F"),
            '{"option_key":"M","name":"Male"}',
            "untouched",
            [ALREADY_BACK],
        ),
    ],
)
def test_a_field_is_brought_back(
    before: Value, after: Json, now: str, undone: Json, words: list[str]
) -> None:
    fresh = person('{"person_key":"k","custom_fields":{"a":' + now + "}}")
    plan = plan_undo(record((A, before, after)), fresh, ApiVersion.V2)
    assert [note.words for note in (*plan.warnings, *plan.notes)] == words
    if undone == "untouched":
        assert not plan.edit.is_changed
    else:
        assert plan.edit.entries == {A: undone}
    assert plan.impossible == ()


def test_a_changed_number_is_not_brought_back_and_says_how() -> None:
    other = person('{"person_key":"k","mobile_phone":{"mdn":"+13125550144"}}')
    plan = plan_undo(record((MOBILE, "+13125550143", None)), other, ApiVersion.V2)
    assert [note.words for note in plan.impossible] == [OTHER_NUMBER]
    none = person('{"person_key":"k","mobile_phone":null}')
    plan = plan_undo(record((MOBILE, "+13125550143", None)), none, ApiVersion.V2)
    assert [note.words for note in plan.impossible] == [REMOVED_NUMBER]
    assert not plan.edit.is_changed


def test_a_number_that_was_added_is_removed() -> None:
    now = person('{"person_key":"k","mobile_phone":{"mdn":"+13125550143"}}')
    plan = plan_undo(record((MOBILE, None, "+13125550143")), now, ApiVersion.V2)
    assert plan.edit.entries == {MOBILE: None}


def undo(world: "World", result: SaveResult) -> tuple[UndoPlan, SaveResult]:
    plan = world.run(prepare_undo(world.client, result.record))
    review = world.review(plan.edit)
    author = replace(AUTHOR, undo_of=result.record.id)
    return plan, world.run(save(world.client, world.desk.journal, review, author))


def test_a_change_is_undone_and_the_undoing_undone(world: "World") -> None:
    before = world.read_raw()["custom_fields"]
    changed = world.save(world.edit({"last_name": "Miller", "birthdate": None, "gender": None}))
    assert changed.outcome is Outcome.VERIFIED
    plan, undone = undo(world, changed)
    assert undone.outcome is Outcome.VERIFIED
    assert plan.warnings == ()
    assert world.read_raw()["custom_fields"] == before
    assert undone.record.intention.kind is ChangeKind.UNDO
    assert undone.record.intention.undo_of == changed.record.id
    _, redone = undo(world, undone)
    assert redone.outcome is Outcome.VERIFIED
    assert world.custom_raw("last_name") == "Miller"


def test_a_changed_external_id_is_brought_back(world: "World") -> None:
    changed = world.save(world.edit({}).set(EXTERNAL_ID, "NEW-1"))
    _, undone = undo(world, changed)
    assert undone.outcome is Outcome.VERIFIED
    assert world.read_raw()["external_person_id"] == "EXT542342"


def test_without_a_key_a_changed_external_id_is_found_by_the_new_one(
    far_world: "World", line: object
) -> None:
    line.hidden = ("person_key", "person_id")  # type: ignore[attr-defined]
    external = Identifier(IdentifierKind.EXTERNAL_ID, "EXT542342")
    changed = far_world.save(far_world.edit({}, external).set(EXTERNAL_ID, "NEW-1"))
    _, undone = undo(far_world, changed)
    assert undone.outcome is Outcome.VERIFIED
    assert far_world.read_raw(external) is not None


def test_what_others_changed_since_is_warned_of(world: "World") -> None:
    changed = world.save(world.edit({"last_name": "Miller"}))
    world.raw("PUT", "/external/EXT542342", {"custom_fields": {"last_name": "Theirs"}})
    plan, undone = undo(world, changed)
    assert [note.words for note in plan.warnings] == [CHANGED_SINCE]
    assert undone.outcome is Outcome.VERIFIED
    assert world.custom_raw("last_name") == "Millar"


def test_a_merge_is_undone_and_a_creation_is_not(world: "World") -> None:
    def added(external_id: str) -> SaveResult:
        edit = PersonEdit.of_new_person(ApiVersion.V2).set(EXTERNAL_ID, external_id)
        review = world.run(prepare_add(world.client, edit.set(FieldRef("last_name"), "Doe")))
        return world.run(add(world.client, world.desk.journal, review, AUTHOR))

    _, undone = undo(world, added("EXT542342"))
    assert undone.outcome is Outcome.VERIFIED
    assert world.custom_raw("last_name") == "Millar"
    created = added("CRM-77")
    with pytest.raises(InvalidInput) as refused:
        world.run(prepare_undo(world.client, created.record))
    assert refused.value.advice == CREATED


def test_a_person_who_is_gone_can_not_be_brought_back(world: "World") -> None:
    changed = world.save(world.edit({"last_name": "Miller"}))
    people = world.sandbox.platform.people
    del people._by_key["c5235a10-e243-42d7-979c-7f6234a21b60"]
    with pytest.raises(InvalidInput) as refused:
        world.run(prepare_undo(world.client, changed.record))
    assert "no longer there" in refused.value.title
