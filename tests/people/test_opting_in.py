"""How somebody stands to a list, and the one request that would text them."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import Forbidden, InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonObject, obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.subscription import Campaign, SubscriptionList
from vibes_desktop.people.opting_in import (
    OptInPlan,
    Standing,
    campaigns_into,
    check_consent,
    may_run,
    prepare_opt_in,
)
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.people import SHARED_MDN

if TYPE_CHECKING:
    from tests.people.conftest import World

STEVE = Identifier(IdentifierKind.PERSON_KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")
DEALS = SubscriptionList(obj(id="SL1001", name="Weekly deals"))
WELCOME = Campaign(obj(acquisition_id="ACQ1001", status="active"))


def one_who_shares(world: "World") -> Person:
    return world.run(world.client.persons_by_mdn(SHARED_MDN))[0]


def plan(world: "World", person: Person | None = None) -> OptInPlan:
    return world.run(prepare_opt_in(world.client, person or one_who_shares(world), DEALS, WELCOME))


def test_only_campaigns_that_run_are_offered(world: "World") -> None:
    assert [each.id for each in world.run(campaigns_into(world.client, "SL1001"))] == ["ACQ1001"]
    assert world.run(campaigns_into(world.client, "SL1003")) == ()


@pytest.mark.parametrize(
    ("campaign", "may"),
    [
        (obj(acquisition_id="1", status="ACTIVE"), True),
        (obj(acquisition_id="1"), True),  # a list's campaigns may come without it
        (obj(acquisition_id="1", status="past"), False),
        (obj(status="active"), False),
    ],
)
def test_what_does_not_say_that_it_ended_may_run(campaign: JsonObject, may: bool) -> None:
    assert may_run(Campaign(campaign)) is may


def test_one_identifier_alone_names_the_person(world: "World") -> None:
    person = one_who_shares(world)
    made = plan(world, person)
    assert made.stand.standing is Standing.FREE
    assert made.reason_not_to_send is None
    assert made.request.body == f'{{"person_key":"{person.person_key}"}}'
    assert world.received("POST") == 0


def test_who_is_on_the_list_is_not_texted(world: "World") -> None:
    made = plan(world, world.run(world.client.person(STEVE)))
    assert made.stand.standing is Standing.SUBSCRIBED
    assert made.stand.since == "2017-01-15T15:34:52Z"
    assert made.reason_not_to_send is not None


@pytest.mark.parametrize("hidden", [(), ("external_person_id",), ("external_person_id", "person_id")])
def test_who_waits_already_is_not_texted_whichever_id_it_is_read_by(
    world: "World", hidden: tuple[str, ...]
) -> None:
    platform = world.sandbox.platform
    records = platform.people.by_mdn(SHARED_MDN)
    platform.campaigns.join(platform.campaigns.campaigns["ACQ1001"], records[0])
    for name in hidden:
        if name == "external_person_id":
            platform.people.set_external_id(records[0], None)
        else:
            platform.shows_person_id = False
    first, second = world.run(world.client.persons_by_mdn(SHARED_MDN))[:2]
    made = plan(world, first)
    assert made.stand.standing is Standing.PENDING
    assert made.stand.until
    assert made.reason_not_to_send is not None
    assert plan(world, second).stand.standing is Standing.FREE  # shares the number, and was not asked


def test_without_a_number_there_is_nothing_to_text(world: "World") -> None:
    platform = world.sandbox.platform
    record = platform.people.by_key(STEVE.value)
    assert record is not None
    person = world.run(world.client.person(STEVE))
    platform.people.set_phone(record, None)
    with pytest.raises(InvalidInput):
        plan(world, person)


@pytest.mark.parametrize("pattern", ["/subscriptions", "/participants"])
def test_without_a_reading_there_is_no_plan(world: "World", pattern: str) -> None:
    person = one_who_shares(world)
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, pattern=pattern))
    with pytest.raises(Forbidden):
        plan(world, person)


@pytest.mark.parametrize("broken", [Person(obj(mobile_phone=obj(mdn=SHARED_MDN)))])
def test_what_has_no_id_is_refused(world: "World", broken: Person) -> None:
    with pytest.raises(InvalidInput):
        plan(world, broken)


def test_a_list_without_an_id_is_refused(world: "World") -> None:
    nameless = replace(DEALS, raw=obj(name="?"))
    with pytest.raises(InvalidInput):
        world.run(prepare_opt_in(world.client, one_who_shares(world), nameless, WELCOME))


@pytest.mark.parametrize("said", ["", "   ", "ok", "yes yes"])
def test_consent_is_more_than_a_word(said: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        check_consent(said)
    assert raised.value.field == "consent"


def test_consent_is_kept_as_it_was_said() -> None:
    assert check_consent("  asked on the phone, 3 May ") == "asked on the phone, 3 May"
