"""The one object the window calls."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.change import Outcome
from vibes_desktop.model.errors import Cancelled, InvalidInput, NotFound
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldKind, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonObject, obj, parse
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion, Profile, ProfileId
from vibes_desktop.people.catalogue import export_json, spec_of
from vibes_desktop.people.drafts import from_document
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.lookup import Found, Several
from vibes_desktop.people.recognise import recognise
from vibes_desktop.people.session import NEW_PERSON, PeopleSession, draft_key, identifiers_of, os_user
from vibes_desktop.people.stop import Stop
from vibes_desktop.sandbox.people import SHARED_MDN
from vibes_desktop.storage.desk import Desk
from vibes_desktop.vibes.client import VibesClient

if TYPE_CHECKING:
    from tests.people.conftest import World

KEY = IdentifierKind.PERSON_KEY
STEVE = Identifier(KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")
LAST = FieldRef("last_name")


@pytest.fixture
def session(client: VibesClient, profile: Profile, desk: Desk) -> PeopleSession:
    return PeopleSession(client, profile, desk, "tester")


def find(world: "World", session: PeopleSession, text: str) -> Person:
    result = world.run(session.look_up(recognise(text, "US")))
    assert isinstance(result, Found)
    return result.person


def test_from_the_box_to_the_saved_record_and_back(world: "World", session: PeopleSession) -> None:
    person = find(world, session, "EXT542342")
    review = world.run(session.review(PersonEdit(person, ApiVersion.V2).set(LAST, "Miller")))
    saved = world.run(session.save(review, reason=" TICKET-1 "))
    assert saved.outcome is Outcome.VERIFIED
    assert saved.record.intention.reason == "TICKET-1"
    assert saved.record.intention.os_user == "tester"
    plan = world.run(session.prepare_undo(saved.record))
    undone = world.run(session.save(world.run(session.review(plan.edit)), undo_of=saved.record.id))
    assert undone.outcome is Outcome.VERIFIED
    assert world.custom_raw("last_name") == "Millar"
    assert world.run(session.records()) == (undone.record, saved.record)
    assert world.run(session.records(text="TICKET-1")) == (saved.record,)
    assert world.run(session.open_records()) == ()
    with pytest.raises(InvalidInput):
        world.run(session.resolve(saved.record))


def test_somebody_is_added(world: "World", session: PeopleSession) -> None:
    edit = PersonEdit.of_new_person(ApiVersion.V2).set(EXTERNAL_ID, "CRM-77")
    added = world.run(session.add(world.run(session.review_add(edit)), reason="new"))
    assert added.is_created
    assert world.read_raw(Identifier(IdentifierKind.EXTERNAL_ID, "CRM-77")) is not None


def test_a_stop_that_was_asked_for_before_sends_nothing(world: "World", session: PeopleSession) -> None:
    review = world.run(session.review(world.edit({"last_name": "Miller"})))
    stop = Stop()
    stop.now()
    with pytest.raises(Cancelled):
        world.run(session.save(review, stop=stop))
    edit = PersonEdit.of_new_person(ApiVersion.V2).set(EXTERNAL_ID, "CRM-77")
    with pytest.raises(Cancelled):
        world.run(session.add(world.run(session.review_add(edit)), stop=stop))
    assert world.received("PUT") == world.received("POST") == 0


def test_recents_hold_who_was_opened_newest_first(world: "World", session: PeopleSession) -> None:
    find(world, session, "EXT542342")
    several = world.run(session.look_up(recognise(SHARED_MDN, "US")))
    assert isinstance(several, Several)
    assert world.run(session.recents()) == (STEVE,)
    other = several.people[1].person
    world.run(session.opened(other))
    assert world.run(session.recents()) == (other.best_identifier, STEVE)
    world.run(session.clear_recents())
    assert world.run(session.recents()) == ()


def test_subscriptions_come_active_ones_first(world: "World", session: PeopleSession) -> None:
    found = world.run(session.subscriptions(find(world, session, "EXT542342")))
    assert [(each.list_id, each.is_active) for each in found] == [
        ("SL1002", True),
        ("SL1001", True),
        ("SL1003", False),
    ]
    assert world.run(session.subscriptions(Person(obj()))) == ()


def test_a_record_is_read_again(world: "World", session: PeopleSession) -> None:
    person = find(world, session, "EXT542342")
    world.raw("PUT", "/external/EXT542342", {"custom_fields": {"last_name": "Theirs"}})
    assert world.run(session.reread(person)).custom_fields.get("last_name") == "Theirs"
    by_number = Person(obj(mobile_phone=obj(mdn="+12065550143")))
    assert world.run(session.reread(by_number)).person_key == person.person_key
    with pytest.raises(NotFound):
        world.run(session.reread(Person(obj(mobile_phone=obj(mdn=SHARED_MDN)))))


def test_a_draft_survives_and_is_dropped_when_nothing_is_left(world: "World", session: PeopleSession) -> None:
    edit = world.edit({"last_name": "Miller"}).set_unfinished(FieldRef("preferences"), "{", "Line 1")
    world.run(session.keep_draft(edit))
    (draft,) = world.run(session.drafts())
    assert draft.person == draft_key(edit) == STEVE
    assert from_document(draft.document) == edit
    world.run(session.keep_draft(edit.revert_all()))
    assert world.run(session.drafts()) == ()
    world.run(session.keep_draft(edit))
    world.run(session.drop_draft(draft_key(edit)))
    assert world.run(session.drafts()) == ()


def test_a_draft_of_somebody_new_is_kept_and_forgotten_by_its_number(
    world: "World", session: PeopleSession
) -> None:
    edit = PersonEdit.of_new_person(ApiVersion.V2).set(MOBILE, "+13125550143")
    world.run(session.keep_draft(edit))
    assert [draft.person for draft in world.run(session.drafts())] == [NEW_PERSON]
    world.run(session.forget(Person(obj(mobile_phone=obj(mdn="+13125550143")))))
    assert world.run(session.drafts()) == ()


def test_a_person_is_forgotten_on_this_computer(world: "World", session: PeopleSession) -> None:
    person = find(world, session, "EXT542342")
    saved = world.run(session.save(world.run(session.review(world.edit({"last_name": "Miller"})))))
    world.run(session.forget(person))
    assert world.run(session.recents()) == ()
    (record,) = world.run(session.records())
    assert record.id == saved.record.id
    assert record.is_erased
    assert identifiers_of(person) == (
        STEVE,
        Identifier(IdentifierKind.PERSON_ID, "987654"),
        Identifier(IdentifierKind.EXTERNAL_ID, "EXT542342"),
        Identifier(IdentifierKind.MDN, "+12065550143"),
    )


def test_the_catalogue_is_learned_changed_and_imported(world: "World", session: PeopleSession) -> None:
    specs = world.run(session.learn(find(world, session, "EXT542342")))
    assert world.run(session.catalogue()) == specs
    gender = spec_of(specs, "gender")
    assert gender is not None
    assert gender.kind is FieldKind.SINGLE_CHOICE
    changed = world.run(session.set_kind("notes", FieldKind.DATE))
    fixed = spec_of(changed, "notes")
    assert fixed is not None
    assert fixed.is_fixed
    assert world.run(session.catalogue()) == changed
    exported = export_json(changed)
    world.run(session.set_kind("notes", FieldKind.NUMBER))
    assert spec_of(world.run(session.import_catalogue(exported)), "notes") == fixed
    with pytest.raises(InvalidInput):
        world.run(session.import_catalogue("nonsense"))


def test_a_store_that_can_not_be_written_hides_nobody(world: "World", session: PeopleSession) -> None:
    session.desk.close()
    result = world.run(session.look_up(recognise("EXT542342", "US")))
    assert isinstance(result, Found)
    assert "recent people" in result.notes[0]


def test_a_draft_of_version_2_is_reviewed_under_version_1(
    world: "World", session: PeopleSession, connect: Callable[..., VibesClient]
) -> None:
    edit = world.edit({"last_name": "Miller"})
    one = replace(session, client=connect(version=ApiVersion.V1))
    review = world.run(one.review(edit))
    assert review.changed_meanwhile == ()
    assert world.run(one.save(review)).outcome is Outcome.VERIFIED


def test_profiles_learn_apart(world: "World", session: PeopleSession, profile: Profile) -> None:
    world.run(session.learn(find(world, session, "EXT542342")))
    other = replace(session, profile=replace(profile, id=ProfileId("other")))
    assert world.run(other.catalogue()) == ()
    assert world.run(other.recents()) == ()


def test_a_draft_belongs_to_whom_it_can_be_found_by() -> None:
    raw = parse('{"mobile_phone":{"mdn":"+13125550143"}}')
    assert isinstance(raw, JsonObject)
    assert draft_key(PersonEdit(Person(raw), ApiVersion.V2)).kind is IdentifierKind.MDN


def test_the_user_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert os_user()

    def nameless() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", nameless)
    assert os_user() == "unknown"


def test_version_1_goes_the_same_way(
    world: "World", session: PeopleSession, connect: Callable[..., VibesClient]
) -> None:
    one = replace(session, client=connect(version=ApiVersion.V1))
    person = find(world, one, "EXT542342")
    assert person.mdn == "2065550143"
    review = world.run(one.review(PersonEdit(person, ApiVersion.V1).set(LAST, "Miller").clear(MOBILE)))
    assert world.run(one.save(review)).outcome is Outcome.VERIFIED
    edit = PersonEdit.of_new_person(ApiVersion.V1).set(MOBILE, "+13125550143")
    added = world.run(one.add(world.run(one.review_add(edit))))
    assert added.outcome is Outcome.VERIFIED
    assert added.person is not None
    assert added.person.mdn == "3125550143"
