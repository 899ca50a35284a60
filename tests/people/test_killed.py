"""A program killed in the middle of a save: the journal tells, after a restart, what became of it."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.change import Outcome
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.outcome import SaveStep
from vibes_desktop.people.resolve import resolve_open
from vibes_desktop.sandbox.faults import Fault, FaultKind

if TYPE_CHECKING:
    from tests.people.conftest import World

CHILD = Path(__file__).with_name("killed_save.py")
CHILD_SECONDS = 60.0


def kill_at(world: "World", step: SaveStep) -> None:
    sandbox = world.sandbox
    arguments = [sandbox.url, sandbox.company_key, sandbox.username, sandbox.password]
    store = str(world.desk._database.path)
    child = subprocess.run(
        [sys.executable, str(CHILD), *arguments, store, step.name],
        timeout=CHILD_SECONDS,
        capture_output=True,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr


@pytest.mark.parametrize("step", [SaveStep.READING, SaveStep.WRITING_DOWN])
def test_killed_before_the_journal_nothing_is_owed_and_nothing_was_sent(
    world: "World", step: SaveStep
) -> None:
    kill_at(world, step)
    assert world.journal() == ()
    assert world.received("PUT") == 0


@pytest.mark.parametrize(
    ("step", "faults", "open_outcome", "outcome"),
    [
        (SaveStep.SENDING, [], Outcome.SENDING, Outcome.NOT_SAVED),
        (SaveStep.READING_BACK, [], Outcome.SENDING, Outcome.VERIFIED),
        (SaveStep.LOOKING, [FaultKind.DROP_AFTER], Outcome.SENDING, Outcome.VERIFIED),
        (SaveStep.LOOKING, [FaultKind.DROP_BEFORE], Outcome.SENDING, Outcome.NOT_SAVED),
        (SaveStep.SENDING_AGAIN, [FaultKind.DROP_BEFORE], Outcome.SENDING, Outcome.NOT_SAVED),
    ],
)
def test_killed_later_the_journal_owes_an_answer_and_the_platform_gives_it(
    world: "World", step: SaveStep, faults: list[FaultKind], open_outcome: Outcome, outcome: Outcome
) -> None:
    for kind in faults:
        world.sandbox.faults.add(Fault(kind, method="PUT"))
    kill_at(world, step)
    (record,) = world.desk.journal.open_records(ProfileId("profile"))
    assert record.outcome is open_outcome
    assert record.intention.before is not None
    resolved = world.run(resolve_open(world.client, world.desk.journal, record))
    assert resolved.outcome is outcome
    assert (world.custom_raw("last_name") == "Miller") is (outcome is Outcome.VERIFIED)
    assert world.desk.journal.open_records(ProfileId("profile")) == ()
