"""A platform or a disk that goes away at any step of a change of number: once back, the change goes on."""

from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.number_change import NumberStep
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.number_standing import Offer
from vibes_desktop.people.outcome import Author, Pauses
from vibes_desktop.people.renumber import NumberResult, change_number, go_on, look, restore
from vibes_desktop.people.renumbering import NumberPlan, prepare_number_change
from vibes_desktop.people.stop import Stop
from vibes_desktop.sandbox.people import DEMO_MDN, DEMO_PERSON_KEY
from vibes_desktop.storage.desk import Desk

if TYPE_CHECKING:
    from tests.people.conftest import World

STEVE = Identifier(IdentifierKind.PERSON_KEY, DEMO_PERSON_KEY)
PROFILE = ProfileId("profile")
AUTHOR = Author(PROFILE, "tester")
NO_PAUSES = Pauses(look_ups=(0.0,), second_reading=0.0)
NEW = "+12065550187"
STEPS = [  # all that a whole change tells; the others are of the same kinds
    pytest.param(step, marks=() if step in {1, 5, 9, 13} else pytest.mark.full) for step in range(16)
]


def number(world: "World") -> Any:
    phone = world.read_raw(STEVE)["mobile_phone"]
    return phone and phone["mdn"]


def change_until(world: "World", plan: NumberPlan, steps: int) -> NumberResult | None:
    """Take the platform away after so many steps; None where it was refused with nothing sent."""
    left = steps

    def on_act(_: str) -> None:
        nonlocal left
        left -= 1
        if left == -1:
            world.runtime.submit(world.sandbox.stop())

    work = change_number(world.client, world.desk, plan, AUTHOR, stop=Stop(), on_act=on_act, pauses=NO_PAUSES)
    try:
        return world.run(work)
    except VibesDesktopError:
        return None
    finally:
        world.run(world.sandbox.stop())
        world.run(world.sandbox.start(world.sandbox.port))


@pytest.mark.parametrize("restores", [False, True])
@pytest.mark.parametrize("steps", STEPS)
def test_it_goes_on_or_back_once_the_platform_is_there_again(
    world: "World", steps: int, restores: bool
) -> None:
    plan = world.run(prepare_number_change(world.client, world.run(world.client.person(STEVE)), NEW))
    result = change_until(world, plan, steps)
    waiting = world.desk.number_changes.unfinished(PROFILE)
    if result is None or result.change.step.is_over:
        assert waiting == ()
        is_done = result is not None and result.change.step is NumberStep.DONE
        assert number(world) == (NEW if is_done else DEMO_MDN)
        return
    assert result.error is not None
    assert result.offers
    found = world.run(look(world.client, world.desk, waiting[0]))
    if not found.change.step.is_over:
        can_restore = restores and Offer.RESTORE in found.offers
        act = restore if can_restore else go_on
        work = act(world.client, world.desk, found.change, AUTHOR, stop=Stop(), pauses=NO_PAUSES)
        found = world.run(work)
    wanted = DEMO_MDN if found.change.step in {NumberStep.RESTORED, NumberStep.UNCHANGED} else NEW
    assert found.change.step.is_over
    assert number(world) == wanted
    assert world.desk.number_changes.unfinished(PROFILE) == ()
    assert world.desk.journal.open_records(PROFILE) == ()


@pytest.mark.parametrize("steps", STEPS)
def test_a_disk_that_fails_at_any_step_leaves_what_can_be_gone_on_with(world: "World", steps: int) -> None:
    plan = world.run(prepare_number_change(world.client, world.run(world.client.person(STEVE)), NEW))
    left = steps

    def on_act(_: str) -> None:
        nonlocal left
        left -= 1
        if left == -1:
            world.desk.close()

    work = change_number(world.client, world.desk, plan, AUTHOR, stop=Stop(), on_act=on_act, pauses=NO_PAUSES)
    try:
        result: NumberResult | None = world.run(work)
    except VibesDesktopError:
        result = None
    desk = Desk(world.desk._database.path)
    held, waiting = number(world), desk.number_changes.unfinished(PROFILE)
    if result is None:
        assert held == DEMO_MDN
    elif held != DEMO_MDN:
        assert waiting or result.change.step is NumberStep.DONE
    for change in waiting:
        found = world.run(look(world.client, desk, change))
        if not found.change.step.is_over:
            work = go_on(world.client, desk, found.change, AUTHOR, stop=Stop(), pauses=NO_PAUSES)
            assert world.run(work).change.step is NumberStep.DONE
        assert number(world) == (DEMO_MDN if found.change.step is NumberStep.UNCHANGED else NEW)
    assert desk.number_changes.unfinished(PROFILE) == ()
    desk.close()
