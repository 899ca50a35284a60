"""What an add would meet, before anything is sent."""

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.model.fields import ABSENT, EXTERNAL_ID, MOBILE, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.add import (
    HAS_NUMBER,
    MERGE,
    OTHER_NUMBER,
    SHARES_NUMBER,
    AddReview,
    AddVerdict,
    prepare_add,
)
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.people import DEMO_EXTERNAL_ID, DEMO_MDN, SHARED_MDN

if TYPE_CHECKING:
    from tests.people.conftest import World

FREE_MDN = "+13125550143"
LAST = FieldRef("last_name")


def new(external_id: str | None = None, mdn: str | None = None, last_name: str | None = "Doe") -> PersonEdit:
    edit = PersonEdit.of_new_person(ApiVersion.V2)
    return edit.set(EXTERNAL_ID, external_id).set(MOBILE, mdn).set(LAST, last_name)


def look(world: "World", edit: PersonEdit) -> AddReview:
    return world.run(prepare_add(world.client, edit))


def test_somebody_new_is_created(world: "World") -> None:
    review = look(world, new("CRM-77", FREE_MDN))
    assert review.verdict is AddVerdict.CREATES
    assert review.met == ()
    assert review.merged_into is None
    assert review.request.method == "POST"
    assert (
        review.request.body == '{"external_person_id":"CRM-77","mobile_phone":{"mdn":"+13125550143"},'
        '"custom_fields":{"last_name":"Doe"}}'
    )
    assert [change.before for change in review.changes] == [ABSENT] * 3
    assert world.received("POST") == 0


def test_a_known_external_id_means_merging_and_shows_what_is_replaced(world: "World") -> None:
    review = look(world, new(DEMO_EXTERNAL_ID))
    assert review.verdict is AddVerdict.MERGES
    (meeting,) = review.met
    assert meeting.effects == (MERGE,)
    assert [(c.field, c.before, c.after) for c in review.changes] == [
        (EXTERNAL_ID, DEMO_EXTERNAL_ID, DEMO_EXTERNAL_ID),
        (LAST, "Millar", "Doe"),
    ]


def test_a_changed_external_id_is_shown_before_it_happens(world: "World") -> None:
    review = look(world, new("CRM-77", DEMO_MDN))
    assert review.verdict is AddVerdict.MERGES
    (meeting,) = review.met
    assert meeting.by == (Identifier(IdentifierKind.MDN, DEMO_MDN),)
    assert f"changes from “{DEMO_EXTERNAL_ID}” to “CRM-77”" in meeting.effects[1]


def test_an_external_id_and_a_number_that_are_gained_are_shown(world: "World") -> None:
    world.raw("PUT", "/external/EXT542342", {"external_person_id": None})
    assert look(world, new("CRM-77", DEMO_MDN)).met[0].effects == (MERGE, "It gets the external ID “CRM-77”.")
    world.raw("POST", "/", {"external_person_id": "CRM-78"})
    effects = look(world, new("CRM-78", FREE_MDN)).met[0].effects
    assert effects == (MERGE, f"It gets the mobile number {FREE_MDN}.")


def test_both_identifiers_of_one_person_are_one_meeting(world: "World") -> None:
    review = look(world, new(DEMO_EXTERNAL_ID, DEMO_MDN))
    assert review.verdict is AddVerdict.MERGES
    assert [identifier.kind for identifier in review.met[0].by] == [
        IdentifierKind.EXTERNAL_ID,
        IdentifierKind.MDN,
    ]


def test_identifiers_of_two_people_are_a_conflict(world: "World") -> None:
    world.raw("POST", "/", {"external_person_id": "CRM-78"})
    review = look(world, new("CRM-78", DEMO_MDN))
    assert review.verdict is AddVerdict.CONFLICT
    assert review.merged_into is None
    assert len(review.met) == 2
    assert HAS_NUMBER in review.met[1].effects


def test_a_person_who_has_another_number_is_a_conflict(world: "World") -> None:
    review = look(world, new(DEMO_EXTERNAL_ID, FREE_MDN))
    assert review.verdict is AddVerdict.CONFLICT
    assert OTHER_NUMBER in review.met[0].effects


def test_a_number_of_several_people_is_a_conflict_unless_the_external_id_names_one(world: "World") -> None:
    review = look(world, new(None, SHARED_MDN))
    assert review.verdict is AddVerdict.CONFLICT
    assert len(review.met) == 3
    one = review.met[0].person
    assert one.external_person_id is not None
    named = look(world, new(one.external_person_id, SHARED_MDN))
    assert named.verdict is AddVerdict.MERGES
    assert named.merged_into is not None
    assert named.merged_into.person.person_key == one.person_key
    assert [meeting.effects for meeting in named.met[1:]] == [(SHARES_NUMBER,)] * 2


def test_without_an_identifier_nothing_is_even_looked_for(world: "World") -> None:
    with pytest.raises(InvalidInput) as refused:
        look(world, new())
    assert "external ID or a mobile number" in refused.value.advice
    assert world.received("GET") == 0


def test_an_existing_person_is_not_added(world: "World") -> None:
    with pytest.raises(InvalidInput):
        look(world, world.edit({"last_name": "x"}))


def test_without_the_look_ups_nothing_may_be_added(world: "World") -> None:
    world.sandbox.faults.add(Fault(FaultKind.STATUS, pattern="mdn=", status=503))
    with pytest.raises(VibesDesktopError):
        look(world, new("CRM-77", FREE_MDN))


def test_a_number_is_added_in_the_form_of_version_1() -> None:
    edit = PersonEdit.of_new_person(ApiVersion.V1).set(MOBILE, FREE_MDN)
    phone = edit.body().get("mobile_phone")
    assert phone is not None
    assert str(edit.set(MOBILE, "+442079460018").problems()[MOBILE]).startswith("API version 1")
