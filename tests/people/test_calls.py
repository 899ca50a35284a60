"""The one object the flows call."""

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.number_change import NumberStep
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import Profile
from vibes_desktop.model.subscription import OptIn
from vibes_desktop.people.calls import Calls
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.people.stop import Stop
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.storage.desk import Desk
from vibes_desktop.vibes.client import VibesClient

if TYPE_CHECKING:
    from tests.people.conftest import World

STEVE = Identifier(IdentifierKind.PERSON_KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")
NEW = "+12065550187"


@pytest.fixture
def calls(client: VibesClient, profile: Profile, desk: Desk) -> Calls:
    return Calls(PeopleSession(client, profile, desk, "tester"))


def steve(world: "World") -> Person:
    return world.run(world.client.person(STEVE))


def test_stop_texting_me_and_you_stopped_writing(world: "World", calls: Calls) -> None:
    plan = world.run(calls.plan_stop(steve(world)))
    report = world.run(calls.stop_messages(plan.on_list("SL1001"), reason=" T-1 ", stop=Stop()))
    assert report.is_complete
    assert world.journal()[0].intention.reason == "T-1"
    onto = next(each for each in world.run(calls.lists()) if each.id == "SL1001")
    (campaign,) = world.run(calls.campaigns_into("SL1001"))
    again = world.run(calls.plan_opt_in(steve(world), onto, campaign))
    result = world.run(calls.opt_in(again, "asked on the phone", reason="", stop=Stop()))
    assert result.answer is OptIn.PENDING


def test_i_changed_my_number_and_it_is_gone_on_with_after_trouble(world: "World", calls: Calls) -> None:
    plan = world.run(calls.plan_number(steve(world), NEW))
    world.sandbox.faults.add(Fault(FaultKind.STATUS, method="POST", status=422))
    world.run(calls.change_number(plan, reason="", stop=Stop()))
    world.sandbox.faults.clear()
    (change,) = world.run(calls.unfinished_numbers())
    assert world.run(calls.look(change)).change == change
    done = world.run(calls.go_on(change, stop=Stop()))
    assert done.change.step is NumberStep.DONE
    assert world.run(calls.unfinished_numbers()) == ()


def test_it_can_be_left(world: "World", calls: Calls) -> None:
    plan = world.run(calls.plan_number(steve(world), NEW))
    world.sandbox.faults.add(Fault(FaultKind.STATUS, method="POST", status=422))
    result = world.run(calls.change_number(plan, reason="", stop=Stop()))
    assert world.run(calls.leave(result.change)).step is NumberStep.LEFT


def test_devices_are_read(world: "World", calls: Calls) -> None:
    assert world.run(calls.devices(steve(world)))
    assert world.run(calls.devices(Person(obj()))) == ()
