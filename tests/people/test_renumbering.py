"""What is looked up, and refused, before a number is touched."""

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import Forbidden, InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.renumbering import (
    NO_EXTERNAL_ID,
    NUMBER_IS_TAKEN,
    WITHOUT_EXTERNAL_ID,
    check_possible,
    picture,
    prepare_number_change,
)
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.people import DEMO_MDN, SHARED_MDN

if TYPE_CHECKING:
    from tests.people.conftest import World

STEVE = Identifier(IdentifierKind.PERSON_KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")
FREE = "+12065550187"


def steve(world: "World") -> Person:
    return world.run(world.client.person(STEVE))


def test_a_free_number_takes_two_requests(world: "World") -> None:
    plan = world.run(prepare_number_change(world.client, steve(world), FREE))
    assert plan.obstacle is None
    assert (plan.old_number, plan.external_id) == (DEMO_MDN, "EXT542342")
    assert [(each.method, each.body) for each in plan.requests] == [
        ("PUT", '{"mobile_phone":null}'),
        ("POST", f'{{"external_person_id":"EXT542342","mobile_phone":{{"mdn":"{FREE}"}}}}'),
    ]
    assert plan.lists == ("SL1001", "SL1002")
    assert plan.names["SL1001"] == "Weekly deals"
    assert world.received("PUT") == world.received("POST") == 0


def test_who_has_the_new_number_is_shown_with_their_lists_and_nothing_may_be_removed(world: "World") -> None:
    platform = world.sandbox.platform
    platform.subscriptions.subscribe(platform.people.by_mdn(SHARED_MDN)[0], "SL1001")
    plan = world.run(prepare_number_change(world.client, steve(world), SHARED_MDN))
    assert [len(each.active) for each in plan.new_holders] == [1, 0, 0]
    assert plan.requests == ()
    assert plan.obstacle is not None
    assert plan.obstacle.done == NUMBER_IS_TAKEN


def test_without_an_external_id_it_is_refused_with_what_can_be_done(world: "World") -> None:
    record = world.sandbox.platform.people.by_key(STEVE.value)
    assert record is not None
    person = steve(world)
    world.sandbox.platform.people.set_external_id(record, None)  # since it was opened
    with pytest.raises(InvalidInput) as raised:
        world.run(prepare_number_change(world.client, person, FREE))
    assert raised.value.advice == WITHOUT_EXTERNAL_ID
    assert NO_EXTERNAL_ID in raised.value.done
    assert world.received("PUT") == 0


@pytest.mark.parametrize("number", ["", "12345", "+1206555", DEMO_MDN])
def test_a_number_that_is_none_or_the_same_is_refused(world: "World", number: str) -> None:
    with pytest.raises(InvalidInput):
        world.run(prepare_number_change(world.client, steve(world), number))


def test_version_1_refuses_what_it_can_not_carry() -> None:
    person = Person(obj(person_key="k", external_person_id="E"))
    with pytest.raises(InvalidInput):
        check_possible(person, "+447700900123", ApiVersion.V1)
    assert check_possible(person, FREE, ApiVersion.V1) == ("E", None)


def test_without_a_person_key_it_is_refused() -> None:
    with pytest.raises(InvalidInput):
        check_possible(Person(obj(external_person_id="E", person_id="1")), FREE, ApiVersion.V2)


def test_who_has_no_number_gets_one_by_one_request(world: "World") -> None:
    record = world.sandbox.platform.people.by_key(STEVE.value)
    assert record is not None
    world.sandbox.platform.people.set_phone(record, None)
    plan = world.run(prepare_number_change(world.client, steve(world), FREE))
    assert plan.old_number is None
    assert [each.method for each in plan.requests] == ["POST"]


def test_those_who_share_the_old_number_are_named(world: "World") -> None:
    person = world.run(world.client.persons_by_mdn(SHARED_MDN))[0]
    plan = world.run(prepare_number_change(world.client, person, FREE))
    assert len(plan.old_sharers) == 2
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, pattern="mdn=.*0150"))
    assert world.run(prepare_number_change(world.client, person, FREE)).old_sharers == ()


@pytest.mark.parametrize("pattern", ["mdn=", "/subscriptions"])
def test_without_a_look_up_there_is_no_plan(world: "World", pattern: str) -> None:
    person = steve(world)
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, pattern=pattern))
    with pytest.raises(Forbidden):
        world.run(prepare_number_change(world.client, person, FREE))


def test_another_holder_is_another_picture(world: "World") -> None:
    plan = world.run(prepare_number_change(world.client, steve(world), FREE))
    assert picture(world.run(prepare_number_change(world.client, steve(world), FREE))) == picture(plan)
    world.raw("POST", "/", {"external_person_id": "OTHER", "mobile_phone": {"mdn": FREE}})
    assert picture(world.run(prepare_number_change(world.client, steve(world), FREE))) != picture(plan)
