"""A program killed at any step of a change of number: what it began is found, and gone on with."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.number_change import NumberStep
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.outcome import Author, Pauses
from vibes_desktop.people.renumber import go_on, look, restore
from vibes_desktop.people.stop import Stop
from vibes_desktop.sandbox.people import DEMO_MDN, DEMO_PERSON_KEY

if TYPE_CHECKING:
    from tests.people.conftest import World

CHILD = Path(__file__).with_name("killed_renumber.py")
CHILD_SECONDS = 60.0
PROFILE = ProfileId("profile")
STEVE = Identifier(IdentifierKind.PERSON_KEY, DEMO_PERSON_KEY)
NEW = "+12065550187"
STEPS = 16  # that a whole change tells
NO_PAUSES = Pauses(look_ups=(0.0,), second_reading=0.0)


def kill_after(world: "World", steps: int) -> bool:
    """Let the child pass some steps; tells whether it was killed, rather than done before."""
    sandbox = world.sandbox
    arguments = [sandbox.url, sandbox.company_key, sandbox.username, sandbox.password]
    store = str(world.desk._database.path)
    child = subprocess.run(
        [sys.executable, str(CHILD), *arguments, store, NEW],
        input=f"{steps}\n",
        text=True,
        timeout=CHILD_SECONDS,
        capture_output=True,
        check=False,
    )
    assert child.returncode in {0, -signal.SIGKILL}, child.stderr
    return child.returncode != 0


def number(world: "World") -> Any:
    phone = world.read_raw(STEVE)["mobile_phone"]
    return phone and phone["mdn"]


def check(world: "World", steps: int, *, restores: bool) -> None:
    was_killed = kill_after(world, steps)
    waiting = world.desk.number_changes.unfinished(PROFILE)
    if not waiting:  # before it was written down, or after its end
        assert number(world) == (DEMO_MDN if was_killed and steps < STEPS // 2 else NEW)
        return
    assert was_killed
    (change,) = waiting
    found = world.run(look(world.client, world.desk, change))
    if found.change.step is NumberStep.UNCHANGED:
        assert number(world) == DEMO_MDN
    elif not found.change.step.is_over:
        assert found.offers
        author = Author(PROFILE, "tester")
        can_restore = restores and number(world) is None
        act = restore if can_restore else go_on
        found = world.run(act(world.client, world.desk, found.change, author, stop=Stop(), pauses=NO_PAUSES))
        assert found.change.step is (NumberStep.RESTORED if can_restore else NumberStep.DONE)
        assert number(world) == (DEMO_MDN if can_restore else NEW)
    else:
        assert (found.change.step, number(world)) == (NumberStep.DONE, NEW)
    assert world.desk.number_changes.unfinished(PROFILE) == ()
    assert world.desk.journal.open_records(PROFILE) == ()


@pytest.mark.parametrize("steps", [6, 8, 12])
def test_killed_half_way_it_is_gone_on_with(world: "World", steps: int) -> None:
    check(world, steps, restores=False)


@pytest.mark.full
@pytest.mark.parametrize(("steps", "is_killed"), [(STEPS - 1, True), (STEPS, False)])
def test_the_steps_below_are_all_there_are(world: "World", steps: int, is_killed: bool) -> None:
    assert kill_after(world, steps) is is_killed


@pytest.mark.full
@pytest.mark.parametrize("restores", [False, True])
@pytest.mark.parametrize("steps", range(STEPS))
def test_killed_at_every_step_it_is_gone_on_with_or_restored(
    world: "World", steps: int, restores: bool
) -> None:
    check(world, steps, restores=restores)
