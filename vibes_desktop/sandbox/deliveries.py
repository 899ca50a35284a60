"""Callbacks on their way: posted to the registered address, and again while the receiver has trouble.

2xx ends it; 4xx ends it too, and the event is lost; everything else is tried again, and redirects are
not followed. How often, and how long after, the platform doesn't publish: the times here are made up.
"""

import asyncio
import json
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import h11

from vibes_desktop.sandbox.platform import QueuedEvent
from vibes_desktop.sandbox.registrations import is_on_this_computer

RETRY_SECONDS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
ANSWER_SECONDS = 10.0
AT_ONCE = 16
KEPT = 1000
READ_BYTES = 64 * 1024
NO_ANSWER = 0


@dataclass(frozen=True)
class Delivery:
    """How one event ended: the last status (0: no answer), after so many attempts."""

    event: QueuedEvent
    status: int
    attempts: int

    @property
    def arrived(self) -> bool:
        """Say whether the receiver took it."""
        return 200 <= self.status < 300


class Deliveries:
    """Sends events, each on its own; to this computer alone, whatever was registered."""

    def __init__(self, retry_seconds: Iterable[float] = RETRY_SECONDS) -> None:
        self._retry_seconds = tuple(retry_seconds)
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self.ended: deque[Delivery] = deque(maxlen=KEPT)

    @property
    def under_way(self) -> int:
        """Count the events that are neither delivered nor given up."""
        return len(self._tasks)

    def send(self, event: QueuedEvent) -> None:
        """Begin to deliver; call it on the loop."""
        if not is_on_this_computer(event.url):
            self.ended.append(Delivery(event, NO_ANSWER, 0))
            return
        task = asyncio.get_running_loop().create_task(self._deliver(event))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Give up what is under way."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self, event: QueuedEvent) -> None:
        status = attempt = 0
        for attempt, pause in enumerate((*self._retry_seconds, None), start=1):
            async with self._room:
                status = await _post(event, attempt)
            if pause is None or _is_final(status):
                break
            await asyncio.sleep(pause)
        self.ended.append(Delivery(event, status, attempt))


def _is_final(status: int) -> bool:
    return 200 <= status < 300 or 400 <= status < 500


async def _post(event: QueuedEvent, attempt: int) -> int:
    """Send one attempt; gives the status, 0 where no answer came."""
    try:
        return await asyncio.wait_for(_exchange(event, attempt), ANSWER_SECONDS)
    except (OSError, TimeoutError, h11.ProtocolError):
        return NO_ANSWER


async def _exchange(event: QueuedEvent, attempt: int) -> int:
    address = urlsplit(event.url)
    host, port = address.hostname or "", address.port or 80
    body = json.dumps(event.body | {"delivery_attempt": str(attempt)}).encode()
    target = (address.path or "/") + (f"?{address.query}" if address.query else "")
    http = h11.Connection(h11.CLIENT)
    head = h11.Request(
        method=event.method,
        target=target,
        headers=[
            ("Host", address.netloc.rpartition("@")[2]),
            ("Content-Type", event.content_type),
            ("Content-Length", str(len(body))),
            ("User-Agent", "vibes-sandbox"),
            ("Connection", "close"),
        ],
    )
    reader, writer = await asyncio.open_connection(host, port)
    try:
        for part in (head, h11.Data(data=body), h11.EndOfMessage()):
            writer.write(http.send(part) or b"")
        await writer.drain()
        return await _status(http, reader)
    finally:
        writer.close()


async def _status(http: h11.Connection, reader: asyncio.StreamReader) -> int:
    """Read up to the answer's head. Raises h11.RemoteProtocolError where it is none."""
    while True:
        happened = http.next_event()
        if isinstance(happened, h11.Response):
            return happened.status_code
        if happened is h11.NEED_DATA:
            http.receive_data(await reader.read(READ_BYTES))
        elif isinstance(happened, h11.ConnectionClosed):
            return NO_ANSWER
