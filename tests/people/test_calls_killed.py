"""A program killed in the middle of a stop or an opt-in: the journal tells what became of it."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.change import Outcome
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.resolve import resolve_open
from vibes_desktop.sandbox.people import DEMO_PERSON_KEY

if TYPE_CHECKING:
    from tests.people.conftest import World

CHILD = Path(__file__).with_name("killed_call.py")
CHILD_SECONDS = 60.0
PROFILE = ProfileId("profile")


def kill_after(world: "World", call: str, steps: int) -> None:
    sandbox = world.sandbox
    arguments = [sandbox.url, sandbox.company_key, sandbox.username, sandbox.password]
    store = str(world.desk._database.path)
    child = subprocess.run(
        [sys.executable, str(CHILD), *arguments, store, call, str(steps)],
        timeout=CHILD_SECONDS,
        capture_output=True,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr


# steps: reading, writing down, sending, reading back
CASES = [
    ("stop", 1, None),
    ("stop", 2, Outcome.NOT_SAVED),
    ("stop", 3, Outcome.VERIFIED),
    ("opt-in", 1, None),
    ("opt-in", 2, Outcome.UNKNOWN),
    ("opt-in", 3, Outcome.VERIFIED),
]


@pytest.mark.full
@pytest.mark.parametrize(("call", "steps", "outcome"), CASES)
def test_what_is_owed_is_found_out_and_nothing_is_sent_again(
    world: "World", call: str, steps: int, outcome: Outcome | None
) -> None:
    if call == "opt-in":
        steve = world.sandbox.platform.people.by_key(DEMO_PERSON_KEY)
        assert steve is not None
        world.sandbox.platform.subscriptions.unsubscribe(steve, "SL1001")
    kill_after(world, call, steps)
    owed = world.desk.journal.open_records(PROFILE)
    sent = world.received("DELETE") + world.received("POST")
    if outcome is None:
        assert owed == ()
        assert sent == 0
        return
    (record,) = owed
    assert record.outcome is Outcome.SENDING
    assert world.run(resolve_open(world.client, world.desk.journal, record)).outcome is outcome
    assert world.received("DELETE") + world.received("POST") == sent == (steps == 3)
