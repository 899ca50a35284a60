"""Between loop and disk: commits in groups, and nothing accepted while the disk is in trouble."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from vibes_desktop.listener.limits import DEFAULT
from vibes_desktop.listener.refusals import Reason, Refused
from vibes_desktop.listener.storing import Storing
from vibes_desktop.model.capture import Capture, CaptureId, Delivery
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.captures_writer import Recovery
from vibes_desktop.storage.trouble import DiskFull

DELIVERY = Delivery(1, "127.0.0.1", 1, "POST", "/", b"", b"x")


class SlowDisk:
    """A store whose commits a test ends, well or badly."""

    def __init__(self) -> None:
        self.commits: list[tuple[Sequence[Delivery], Future[tuple[CaptureId, ...]]]] = []
        self.reopenings: list[tuple[bool, Future[Recovery]]] = []

    def append(self, deliveries: Sequence[Delivery]) -> Future[tuple[CaptureId, ...]]:
        """Begin a commit."""
        self.commits.append((deliveries, Future()))
        return self.commits[-1][1]

    def reopen(self, *, thoroughly: bool) -> Future[Recovery]:
        """Begin to recover."""
        self.reopenings.append((thoroughly, Future()))
        return self.reopenings[-1][1]


class Desk:
    """A storing with what it told."""

    def __init__(self, store: object, **limits: float) -> None:
        self.stored: list[Capture] = []
        self.changes = 0
        self.storing = Storing(
            store,  # type: ignore[arg-type]
            replace(DEFAULT, **limits),  # type: ignore[arg-type]
            self.stored.extend,
            self._changed,
        )

    def _changed(self) -> None:
        self.changes += 1

    def is_in_trouble(self) -> bool:
        """Tell whether nothing is accepted."""
        return self.storing.trouble is not None

    def send(self, count: int = 1) -> list[asyncio.Task[CaptureId]]:
        """Hand over deliveries."""
        return [asyncio.create_task(self.storing.store(DELIVERY)) for _ in range(count)]


async def turns() -> None:
    """Let the loop do what it can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def reason_of(task: asyncio.Task[CaptureId]) -> Reason:
    """Wait for a refusal."""
    with pytest.raises(Refused) as refused:
        await task
    return refused.value.reason


async def test_what_arrives_together_is_committed_together(store: CaptureStore) -> None:
    desk = Desk(store)
    ids = await asyncio.gather(*desk.send(50))
    assert sorted(ids) == list(range(1, 51))
    assert [capture.id for capture in desk.stored] == list(range(1, 51))
    await desk.storing.stop()


async def test_what_arrives_during_a_commit_waits_for_the_next() -> None:
    disk = SlowDisk()
    desk = Desk(disk)
    (first,) = desk.send()
    await turns()
    others = desk.send(5)
    await turns()
    assert [len(batch) for batch, _ in disk.commits] == [1]
    assert not first.done()  # not before the disk has confirmed it
    disk.commits[0][1].set_result((CaptureId(1),))
    assert await first == 1
    await turns()
    assert [len(batch) for batch, _ in disk.commits] == [1, 5]
    assert not any(other.done() for other in others)
    disk.commits[1][1].set_result(tuple(map(CaptureId, range(2, 7))))
    assert await asyncio.gather(*others) == [2, 3, 4, 5, 6]


async def test_a_failed_commit_refuses_all_that_wait_until_the_store_works_again() -> None:
    disk = SlowDisk()
    desk = Desk(disk)
    first = desk.send()
    await turns()
    waiting = desk.send(2)
    await turns()
    disk.commits[0][1].set_exception(StorageError("t", "d", "a"))
    for task in first + waiting:
        assert await reason_of(task) is Reason.STORAGE
    assert desk.is_in_trouble()
    (later,) = desk.send()
    assert await reason_of(later) is Reason.STORAGE
    assert len(disk.commits) == 1  # nothing was even tried
    ((thoroughly, reopening),) = disk.reopenings
    assert thoroughly
    reopening.set_result(Recovery(is_new=False))
    await turns()
    assert not desk.is_in_trouble()
    assert desk.storing.recovery == Recovery(is_new=False)
    assert desk.changes == 2
    (after,) = desk.send()
    await turns()
    disk.commits[1][1].set_result((CaptureId(9),))
    assert await after == 9
    assert [capture.id for capture in desk.stored] == [9]


async def test_it_tries_again_until_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vibes_desktop.listener.storing.FIRST_PAUSE_SECONDS", 0.001)
    disk = SlowDisk()
    desk = Desk(disk)
    (first,) = desk.send()
    await turns()
    disk.commits[0][1].set_exception(DiskFull(Path("x")))
    assert await reason_of(first) is Reason.STORAGE
    for number in range(3):
        async with asyncio.timeout(5):
            while len(disk.reopenings) == number:  # noqa: ASYNC110 - the fake disk has no event
                await asyncio.sleep(0.001)
        thoroughly, reopening = disk.reopenings[-1]
        assert not thoroughly  # a full disk damages nothing
        if number < 2:
            reopening.set_exception(DiskFull(Path("x")))
        else:
            reopening.set_result(Recovery(is_new=False))
    await turns()
    assert not desk.is_in_trouble()


async def test_stopping_ends_the_recovery(take_log: object) -> None:
    disk = SlowDisk()
    desk = Desk(disk)
    (first,) = desk.send()
    await turns()
    disk.commits[0][1].set_exception(StorageError("t", "d", "a"))
    await reason_of(first)
    await desk.storing.stop()
    assert desk.is_in_trouble()


async def test_starting_again_goes_on_recovering() -> None:
    disk = SlowDisk()
    desk = Desk(disk)
    (first,) = desk.send()
    await turns()
    disk.commits[0][1].set_exception(StorageError("t", "d", "a"))
    await reason_of(first)
    await desk.storing.stop()
    desk.storing.start()
    await turns()
    disk.reopenings[-1][1].set_result(Recovery(is_new=False))
    await turns()
    assert not desk.is_in_trouble()


async def test_a_disk_that_hangs_is_overload() -> None:
    disk = SlowDisk()
    desk = Desk(disk, store_deadline_seconds=0.05)
    first, second = desk.send(2)
    await turns()
    (third,) = desk.send()
    for task in (first, second, third):
        assert await reason_of(task) is Reason.OVERLOADED
    disk.commits[0][1].set_result((CaptureId(1), CaptureId(2)))
    await turns()
    assert [capture.id for capture in desk.stored] == [1, 2]  # stored all the same: it will come again
    assert len(disk.commits) == 1  # the third had been given up before its turn
    assert not desk.is_in_trouble()


async def test_too_many_waiting_are_overload() -> None:
    disk = SlowDisk()
    desk = Desk(disk, waiting_deliveries=2)
    desk.send()
    await turns()
    held = desk.send(2)
    await turns()
    (late,) = desk.send()
    assert await reason_of(late) is Reason.OVERLOADED
    disk.commits[0][1].set_result((CaptureId(1),))
    await turns()
    disk.commits[1][1].set_result((CaptureId(2), CaptureId(3)))
    assert await asyncio.gather(*held) == [2, 3]


async def test_stopping_waits_for_the_last_commit(store: CaptureStore) -> None:
    desk = Desk(store)
    tasks = desk.send(10)
    await asyncio.sleep(0)
    await desk.storing.stop()
    await turns()
    assert all(task.done() for task in tasks)
    assert store.totals().captures == 10
