"""The plan of a stop: one's own lists, and everybody else on the number."""

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import Forbidden, InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.people.stopping import prepare_stop
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.people import SHARED_MDN
from vibes_desktop.sandbox.subscriptions import Subscription

if TYPE_CHECKING:
    from tests.people.conftest import World

STEVE = Identifier(IdentifierKind.PERSON_KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")


def test_the_own_active_lists_alone_can_be_stopped(world: "World") -> None:
    plan = world.run(prepare_stop(world.client, world.run(world.client.person(STEVE))))
    assert [each.list_name for each in plan.stoppable] == ["Weekly deals", "Order updates"]
    assert plan.others == ()
    assert plan.on_list(None) == plan.stoppable
    assert [each.list_id for each in plan.on_list("SL1002")] == ["SL1002"]
    request = plan.stoppable[0].request
    assert (request.method, request.path.endswith(f"{STEVE.value}/subscriptions/SL1001")) == ("DELETE", True)


def test_everybody_who_shares_the_number_is_there(world: "World") -> None:
    platform = world.sandbox.platform
    for person in platform.people.by_mdn(SHARED_MDN)[:2]:
        platform.subscriptions.subscribe(person, "SL1001")
    first = world.run(world.client.persons_by_mdn(SHARED_MDN))[0]
    plan = world.run(prepare_stop(world.client, first))
    assert len(plan.others) == 2
    assert [each.is_own for each in plan.stoppable] == [True, False]
    assert plan.stoppable[1].person.person_key == plan.others[0].person.person_key
    assert plan.on_list(None) == plan.stoppable[:1]


def test_two_stays_on_one_list_end_by_one_request(world: "World") -> None:
    record = world.sandbox.platform.people.by_key(STEVE.value)
    assert record is not None
    world.sandbox.platform.subscriptions.add(Subscription(record, "SL1001", "2024-01-01T00:00:00Z"))
    plan = world.run(prepare_stop(world.client, world.run(world.client.person(STEVE))))
    assert [each.list_id for each in plan.stoppable].count("SL1001") == 1


def test_unknown_sharers_are_said_and_not_taken_for_nobody(world: "World") -> None:
    person = world.run(world.client.person(STEVE))
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, pattern="mdn="))
    plan = world.run(prepare_stop(world.client, person))
    assert isinstance(plan.others_trouble, Forbidden)
    assert plan.stoppable


def test_without_the_own_subscriptions_there_is_no_plan(world: "World") -> None:
    person = world.run(world.client.person(STEVE))
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, pattern="/subscriptions"))
    with pytest.raises(Forbidden):
        world.run(prepare_stop(world.client, person))


def test_a_record_without_an_id_is_refused(world: "World") -> None:
    with pytest.raises(InvalidInput):
        world.run(prepare_stop(world.client, Person(obj(mobile_phone=obj(mdn=SHARED_MDN)))))
