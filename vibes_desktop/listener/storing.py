"""From the loop to the disk and back: deliveries that arrive together are committed together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from vibes_desktop.listener.limits import Limits
from vibes_desktop.listener.refusals import Reason, Refused
from vibes_desktop.model.capture import Capture, CaptureId, Delivery
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.captures_writer import Recovery
from vibes_desktop.storage.trouble import DiskFull

BATCH = 256  # deliveries in one transaction
QUIET_TURNS = 4  # about 30 microseconds
FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 15.0

Waiting: TypeAlias = tuple[Delivery, asyncio.Future[CaptureId]]


class Storing:
    """Stores deliveries; after a failure it accepts none until the store is proved to work again.

    `trouble` says why. `stored` is called with what was committed, `changed` when trouble begins or ends.
    """

    def __init__(
        self,
        store: CaptureStore,
        limits: Limits,
        stored: Callable[[Sequence[Capture]], None],
        changed: Callable[[], None],
    ) -> None:
        self._store = store
        self._limits = limits
        self._stored = stored
        self._changed = changed
        self._waiting: list[Waiting] = []
        self._committing: asyncio.Task[None] | None = None
        self._recovering: asyncio.Task[None] | None = None
        self.trouble: StorageError | None = None
        self.recovery: Recovery | None = None

    async def store(self, delivery: Delivery) -> CaptureId:
        """Store a delivery; once this returns, the disk has confirmed it. Raises Refused."""
        if self.trouble is not None:
            raise Refused(Reason.STORAGE)
        if len(self._waiting) >= self._limits.waiting_deliveries:
            raise Refused(Reason.OVERLOADED)
        future: asyncio.Future[CaptureId] = asyncio.get_running_loop().create_future()
        self._waiting.append((delivery, future))
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit_all())
        return await future

    def start(self) -> None:
        """Go on recovering where stopping interrupted it."""
        if self.trouble is not None and self._recovering is None:
            self._recovering = asyncio.create_task(self._recover())

    async def stop(self) -> None:
        """Wait for the last commit, and give up recovering."""
        if self._committing is not None:
            await asyncio.wait([self._committing])
        if self._recovering is not None:
            self._recovering.cancel()
            await asyncio.wait([self._recovering])

    async def _commit_all(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                batch = [waiting for waiting in self._waiting[:BATCH] if not waiting[1].done()]
                del self._waiting[:BATCH]
                if batch:
                    await self._commit(batch)
        finally:
            self._committing = None

    async def _gather(self) -> None:
        """Wait until nothing new comes for a few turns of the loop: one commit for all is cheaper than two.

        While others are read, the writer's thread would only compete with the loop for the interpreter.
        """
        count, quiet_turns = len(self._waiting), 0
        while quiet_turns < QUIET_TURNS and count < BATCH:
            await asyncio.sleep(0)
            quiet_turns = quiet_turns + 1 if len(self._waiting) == count else 0
            count = len(self._waiting)

    async def _commit(self, batch: Sequence[Waiting]) -> None:
        deadline = asyncio.get_running_loop().call_later(
            self._limits.store_deadline_seconds, self._give_up, batch
        )
        try:
            ids = await asyncio.wrap_future(self._store.append([delivery for delivery, _ in batch]))
        except StorageError as error:
            self._fail(error, batch)
            return
        finally:
            deadline.cancel()
        for number, (_, future) in zip(ids, batch, strict=True):
            if not future.done():
                future.set_result(number)
        self._stored([Capture(number, delivery) for number, (delivery, _) in zip(ids, batch, strict=True)])

    def _give_up(self, batch: Sequence[Waiting]) -> None:
        """Refuse all that wait for a disk that hangs; what it stores in the end will come again."""
        self._refuse((*batch, *self._waiting), Reason.OVERLOADED)
        self._waiting.clear()

    def _refuse(self, all_waiting: Iterable[Waiting], reason: Reason) -> None:
        for _, future in all_waiting:
            if not future.done():
                future.set_exception(Refused(reason))

    def _fail(self, error: StorageError, batch: Sequence[Waiting]) -> None:
        self.trouble = error
        self._refuse((*batch, *self._waiting), Reason.STORAGE)
        self._waiting.clear()
        self.start()
        self._changed()

    async def _recover(self) -> None:
        """Try until the store works again, more and more rarely."""
        pause = FIRST_PAUSE_SECONDS
        try:
            while self.trouble is not None:
                is_full = isinstance(self.trouble, DiskFull)
                try:
                    self.recovery = await asyncio.wrap_future(self._store.reopen(thoroughly=not is_full))
                    self.trouble = None
                except StorageError as error:
                    self.trouble = error
                self._changed()
                if self.trouble is not None:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        finally:
            self._recovering = None
