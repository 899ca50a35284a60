"""The listener: stores what comes to its endpoint, and answers once it is on the disk."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

from vibes_desktop.listener.binding import BACKLOG, take_port, url_of
from vibes_desktop.listener.crowd import Crowd
from vibes_desktop.listener.gate import Gate
from vibes_desktop.listener.limits import DEFAULT, Limits, affordable_connections
from vibes_desktop.listener.refusals import Reason, Refusal, Refused
from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.listener.status import Counts, ListenerState, ListenerStatus
from vibes_desktop.listener.storing import Storing
from vibes_desktop.listener.wire import Budget, Hangup, Phase, Wire
from vibes_desktop.model.capture import Capture, Delivery
from vibes_desktop.model.endpoint import Endpoint
from vibes_desktop.storage.captures import CaptureStore

ACCEPTED_AT_ONCE = 32  # or a flood would open more sockets than the limit before any can be closed
TELL_SECONDS = 0.1
RATE_FALLS_SECONDS = 1.0  # how often it is told while nothing comes but the rate
OK = 200

logger = logging.getLogger(__name__)


class Listener:
    """An endpoint that stores into one collection; everything of it belongs to the loop's thread.

    `changed` is called with the status at most ten times a second; `stored` with every batch of captures
    that the disk has confirmed. The store must be writable and stays open: closing it is its owner's.
    """

    def __init__(
        self,
        store: CaptureStore,
        endpoint: Endpoint,
        *,
        limits: Limits = DEFAULT,
        changed: Callable[[ListenerStatus], object] | None = None,
        stored: Callable[[Sequence[Capture]], object] | None = None,
    ) -> None:
        self._store = store
        self._gate = Gate(endpoint)
        self._limits = limits
        self._on_changed = changed
        self._on_stored = stored
        self._rehearsal: Rehearsal | None = None
        self._rehearsed = 0
        self._counts = Counts()
        self._budget = Budget(limits.bodies_bytes)
        self._crowd = Crowd(affordable_connections(limits.connections), self._evicted)
        self._tasks: dict[asyncio.Task[None], Wire] = {}
        self._servers: list[asyncio.Server] = []
        self._storing = Storing(store, limits, self._confirmed, self._tell_soon)
        self._stopping = asyncio.Event()
        self._telling: asyncio.TimerHandle | None = None
        self._is_telling_soon = False
        self._port = 0

    @property
    def endpoint(self) -> Endpoint:
        """Where it listens, and for whom."""
        return self._gate.endpoint

    @property
    def port(self) -> int:
        """The port in use; 0 while it is stopped."""
        return self._port

    @property
    def status(self) -> ListenerStatus:
        """What is to be told now."""
        state = ListenerState.LISTENING if self._servers else ListenerState.STOPPED
        if self._servers and self._storing.trouble is not None:
            state = ListenerState.IN_TROUBLE
        counts = self._counts
        return ListenerStatus(
            state=state,
            address=url_of(self.endpoint.host, self._port, self.endpoint.token) if self._servers else None,
            stored=counts.stored,
            stored_bytes=counts.stored_bytes,
            per_second=counts.per_second,
            refused=MappingProxyType(dict(counts.refused)),
            refusals=tuple(counts.refusals),
            host_to_allow=counts.host_to_allow(self.endpoint),
            trouble=self._storing.trouble,
            recovery=self._storing.recovery,
            rehearsal=self._rehearsal,
            connections=len(self._crowd),
        )

    async def start(self) -> str:
        """Listen; returns the address. Raises CannotListen, or StorageError for a store that is read-only."""
        if self._servers:
            raise RuntimeError("the listener runs already")
        if self._store.read_only_reason is not None:
            raise self._store.read_only_reason
        self._stopping = asyncio.Event()
        sockets = take_port(self.endpoint)
        self._port = sockets[0].getsockname()[1]
        self._servers = [await self._serve(taken) for taken in sockets]
        self._storing.start()
        self._tell_soon()
        return url_of(self.endpoint.host, self._port, self.endpoint.token)

    async def stop(self) -> None:
        """Take no more, answer what waits for the disk, and close everything. It can be started again."""
        servers, self._servers = self._servers, []
        for server in servers:
            server.close()
        self._stopping.set()
        for wire in self._crowd:
            if wire.phase is not Phase.STORING:
                wire.abort()
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=self._limits.stop_seconds)
        for task, wire in tuple(self._tasks.items()):
            wire.abort()
            task.cancel()
        if self._tasks:
            await asyncio.wait(tuple(self._tasks))
        await self._storing.stop()
        for server in servers:
            await server.wait_closed()
        self._port = 0
        self._tell()

    def admit(self, endpoint: Endpoint) -> None:
        """Take over another path, or other allowed hosts, at once; host and ports wait for the next start."""
        self._gate = Gate(endpoint)
        self._tell_soon()

    def rehearse(self, rehearsal: Rehearsal | None) -> None:
        """Rehearse answers from now on, or answer properly again."""
        self._rehearsal = rehearsal
        self._rehearsed = 0
        self._tell_soon()

    async def _serve(self, taken: socket.socket) -> asyncio.Server:
        server = await asyncio.start_server(
            self._accept, sock=taken, limit=self._limits.head_bytes, backlog=ACCEPTED_AT_ONCE
        )
        taken.listen(BACKLOG)  # asyncio has one number for how many may wait and how many it takes at once
        return server

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = Wire(reader, writer, self._limits, self._budget)
        is_in = self._crowd.admit(wire)
        if not is_in and len(self._tasks) > 2 * len(self._crowd):
            wire.abort()  # too many even to be told
            return
        talk = self._converse(wire) if is_in else self._turn_away(wire)
        task = asyncio.get_running_loop().create_task(talk)
        self._tasks[task] = wire
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Forget a connection; a bug is logged by its place alone, as its text may hold personal data."""
        self._crowd.leave(self._tasks.pop(task))
        error = None if task.cancelled() else task.exception()
        if error is not None:
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error("%s in %s, line %s", type(error).__name__, place.filename, place.lineno)

    async def _converse(self, wire: Wire) -> None:
        try:
            while await self._serve_one(wire):
                pass
        except Hangup:
            pass
        except Refused as refused:
            await self._refuse(wire, refused)
        finally:
            await wire.close()

    async def _serve_one(self, wire: Wire) -> bool:
        """Store one request and answer it; tells whether another may follow."""
        head = await wire.read_head()
        self._gate.check(head, wire.own_address, datetime.now(UTC))
        body, trailers = await wire.read_body(head)
        wire.storing()
        delivery = Delivery(
            time.time_ns() // 1000,
            wire.peer,
            wire.peer_port,
            head.method,
            head.target,
            head.lines,
            body,
            trailers,
            self._rehearsed_status(),
        )
        await self._storing.store(delivery)
        if self._rehearsal is not None:
            await self._delay(self._rehearsal.delay_seconds)
        closes = not head.keeps_open or self._stopping.is_set()
        await wire.answer(delivery.answered, closes=closes)
        return not closes

    def _rehearsed_status(self) -> int:
        if self._rehearsal is None:
            return OK
        self._rehearsed += 1
        return self._rehearsal.status_of(self._rehearsed)

    async def _delay(self, seconds: float) -> None:
        """Wait, unless listening is stopped meanwhile."""
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    async def _refuse(self, wire: Wire, refused: Refused) -> None:
        reason = refused.reason
        self._note(wire, reason, refused.host)
        if reason is Reason.TOO_SLOW and wire.phase is Phase.HEAD:
            return  # nothing that could be answered
        try:
            again = self._limits.retry_after_seconds if not reason.loses_event else None
            await wire.answer(reason.status, closes=True, retry_after=again)
            await wire.linger()
        except Hangup:
            return

    async def _turn_away(self, wire: Wire) -> None:
        """Refuse a connection when all others wait for the disk."""
        try:
            await self._refuse(wire, Refused(Reason.OVERLOADED))
        finally:
            await wire.close()

    def _evicted(self, wire: Wire) -> None:
        if wire.phase in {Phase.HEAD, Phase.BODY}:
            self._note(wire, Reason.TOO_SLOW)

    def _note(self, wire: Wire, reason: Reason, host: str | None = None) -> None:
        self._counts.note_refused(Refusal(reason, time.time_ns() // 1000, wire.peer, host))
        self._tell_soon()

    def _confirmed(self, captures: Sequence[Capture]) -> None:
        deliveries = [capture.delivery for capture in captures]
        size = sum(len(each.head) + len(each.trailers) + len(each.body) for each in deliveries)
        self._counts.note_stored(len(captures), size)
        if self._on_stored is not None:
            self._on_stored(captures)
        self._tell_soon()

    def _tell_soon(self) -> None:
        if not self._is_telling_soon:
            self._is_telling_soon = True
            self._tell_in(TELL_SECONDS)

    def _tell_in(self, seconds: float) -> None:
        if self._telling is not None:
            self._telling.cancel()
        self._telling = asyncio.get_running_loop().call_later(seconds, self._tell)

    def _tell(self) -> None:
        if self._telling is not None:
            self._telling.cancel()
            self._telling = None
        self._is_telling_soon = False
        if self._on_changed is not None:
            self._on_changed(self.status)
        if self._counts.rate_is_moving and self._servers:
            self._tell_in(RATE_FALLS_SECONDS)
