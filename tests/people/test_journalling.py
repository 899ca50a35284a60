"""An entry of the journal: on disk before it goes on, finished even when stopped."""

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime

import pytest

from vibes_desktop.model.change import ChangeId, ChangeKind, Intention, Outcome, SentRequest
from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.fields import FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.journalling import STOPPED_BEFORE, JournalEntry
from vibes_desktop.runtime import Runtime
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.journal import Journal

WAIT_SECONDS = 10.0
KEY = Identifier(IdentifierKind.PERSON_KEY, "k")
INTENTION = Intention(
    ProfileId("p"),
    ChangeKind.UPDATE,
    KEY,
    Person(obj(person_key="k")),
    (FieldChange(FieldRef("a"), "x", "y"),),
    SentRequest("PUT", "/", "{}"),
    "tester",
)


class SlowJournal:
    """The journal of a desk, which waits at one step until it is let go."""

    def __init__(self, journal: Journal, step: str) -> None:
        self._journal = journal
        self._step = step
        self.has_come = threading.Event()
        self.may_go = threading.Event()

    def begin(self, intention: Intention, *, now: datetime) -> ChangeId:
        self._wait("begin")
        return self._journal.begin(intention, now=now)

    def sending(self, change_id: ChangeId) -> None:
        self._wait("sending")
        self._journal.sending(change_id)

    def close(self, *args: object, **more: object) -> object:
        self._wait("close")
        return self._journal.close(*args, **more)  # type: ignore[arg-type]

    def _wait(self, step: str) -> None:
        if step == self._step:
            self.has_come.set()
            assert self.may_go.wait(WAIT_SECONDS)


def test_when_it_is_open_the_disk_says_that_it_may_be_sent(runtime: Runtime, desk: Desk) -> None:
    entry = runtime.submit(JournalEntry.open(desk.journal, INTENTION)).result(WAIT_SECONDS)
    assert entry.record.outcome is Outcome.SENDING
    assert desk.journal.record(entry.record.id) == entry.record


def test_the_end_is_written(runtime: Runtime, desk: Desk) -> None:
    async def work() -> JournalEntry:
        entry = await JournalEntry.open(desk.journal, INTENTION)
        await entry.close(
            Outcome.DIFFERS, person=KEY, differing=(FieldRef("a"),), detail="so", display_name="Ana"
        )
        return entry

    entry = runtime.submit(work()).result(WAIT_SECONDS)
    record = desk.journal.record(entry.record.id)
    assert record == entry.record
    assert (record.outcome, record.differing, record.detail) == (Outcome.DIFFERS, (FieldRef("a"),), "so")
    assert entry.trouble is None


@pytest.mark.parametrize("step", ["begin", "sending"])
def test_stopped_while_it_is_written_it_ends_not_saved(runtime: Runtime, desk: Desk, step: str) -> None:
    slow = SlowJournal(desk.journal, step)

    async def work() -> None:
        opening = asyncio.ensure_future(JournalEntry.open(slow, INTENTION))  # type: ignore[arg-type]
        await asyncio.to_thread(slow.has_come.wait, WAIT_SECONDS)
        opening.cancel()
        await asyncio.sleep(0)
        opening.cancel()
        slow.may_go.set()
        with pytest.raises(asyncio.CancelledError):
            await opening

    runtime.submit(work()).result(WAIT_SECONDS)
    (record,) = desk.journal.records(None)
    assert (record.outcome, record.detail) == (Outcome.NOT_SAVED, STOPPED_BEFORE)


def test_stopped_while_the_end_is_written_the_end_stays(runtime: Runtime, desk: Desk) -> None:
    slow = SlowJournal(desk.journal, "close")

    async def work() -> Outcome:
        entry = await JournalEntry.open(slow, INTENTION)  # type: ignore[arg-type]
        closing = asyncio.ensure_future(entry.close(Outcome.VERIFIED, person=KEY))
        await asyncio.to_thread(slow.has_come.wait, WAIT_SECONDS)
        closing.cancel()
        slow.may_go.set()
        return (await closing).outcome

    assert runtime.submit(work()).result(WAIT_SECONDS) is Outcome.VERIFIED
    assert desk.journal.records(None)[0].outcome is Outcome.VERIFIED


def test_a_disk_that_fails_at_the_end_is_noted_and_the_outcome_kept(runtime: Runtime, desk: Desk) -> None:
    async def work(and_then: Callable[[], None]) -> JournalEntry:
        entry = await JournalEntry.open(desk.journal, INTENTION)
        and_then()
        await entry.close(Outcome.VERIFIED, person=KEY)
        return entry

    entry = runtime.submit(work(desk.close)).result(WAIT_SECONDS)
    assert entry.record.outcome is Outcome.VERIFIED
    assert isinstance(entry.trouble, StorageError)


def test_a_disk_that_fails_at_the_beginning_is_raised(runtime: Runtime, desk: Desk) -> None:
    desk.close()
    with pytest.raises(StorageError):
        runtime.submit(JournalEntry.open(desk.journal, INTENTION)).result(WAIT_SECONDS)
