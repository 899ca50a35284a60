"""A listener with its store, and senders of raw bytes."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from vibes_desktop.listener.limits import DEFAULT, Limits
from vibes_desktop.listener.server import Listener
from vibes_desktop.listener.status import ListenerStatus
from vibes_desktop.model.capture import Capture
from vibes_desktop.model.endpoint import Endpoint
from vibes_desktop.storage.captures import CaptureStore

PATIENCE_SECONDS = 20.0
TOKEN = "the-path"


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine in a loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.function):
        return None
    names = inspect.signature(pyfuncitem.function).parameters
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    asyncio.run(asyncio.wait_for(pyfuncitem.function(**arguments), 2 * PATIENCE_SECONDS))
    return True


@dataclass
class Line:
    """One connection to a listener."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self) -> tuple[int, dict[str, str]]:
        """Read one answer, whose body must be empty; (0, {}) where the connection ends instead."""
        try:
            head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), PATIENCE_SECONDS)
        except (asyncio.IncompleteReadError, ConnectionError):
            return 0, {}
        first, *lines = head.decode().rstrip().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines)
        assert first.startswith("HTTP/1.1 ")
        status = int(first.split()[1])
        assert status < 200 or headers["content-length"] == "0"
        return status, headers

    async def status(self) -> int:
        """Read one answer's status."""
        return (await self.answer())[0]

    async def rest(self) -> bytes:
        """Read to the end of the connection."""
        try:
            return await asyncio.wait_for(self.reader.read(), PATIENCE_SECONDS)
        except ConnectionError:
            return b""

    async def close(self) -> None:
        """Close it."""
        self.writer.close()
        try:
            await self.writer.wait_closed()
        except ConnectionError:
            return


@dataclass
class Station:
    """A running listener, what it told, and its store."""

    store: CaptureStore
    listener: Listener
    told: list[ListenerStatus] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)

    async def connect(self) -> Line:
        """Open a connection."""
        return Line(*await asyncio.open_connection("127.0.0.1", self.listener.port))

    async def ask(self, data: bytes) -> tuple[int, dict[str, str]]:
        """Send bytes on a connection of their own and read one answer."""
        line = await self.connect()
        await line.send(data)
        answer = await line.answer()
        await line.close()
        return answer

    def bodies(self) -> list[bytes]:
        """Read everything that is stored."""
        return [capture.body for block in self.store.blocks() for capture in block]

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something to become true."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not condition():  # noqa: ASYNC110 - what it looks at has no event
                await asyncio.sleep(0.005)


Run = Callable[..., AbstractAsyncContextManager[Station]]


def request(
    body: bytes = b"{}",
    *headers: bytes,
    method: bytes = b"POST",
    target: bytes = b"/" + TOKEN.encode(),
    host: bytes = b"127.0.0.1",
    version: bytes = b"1.1",
    length: bytes | None = None,
) -> bytes:
    """Compose a request."""
    counted = str(len(body)).encode() if length is None else length
    lines = [method + b" " + target + b" HTTP/" + version, b"Host: " + host, *headers]
    if counted:
        lines.append(b"Content-Length: " + counted)
    return b"\r\n".join([*lines, b"", b""]) + body


@pytest.fixture
def compose() -> Callable[..., bytes]:
    """Give the composer of requests."""
    return request


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaptureStore]:
    """An open store."""
    opened = CaptureStore.open(tmp_path / "captures" / "c.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def station(store: CaptureStore) -> Run:
    """Run a listener for as long as a block takes."""

    @asynccontextmanager
    async def run(endpoint: Endpoint | None = None, limits: Limits = DEFAULT) -> AsyncIterator[Station]:
        chosen = endpoint or Endpoint(token=TOKEN).on_port(0)
        told: list[ListenerStatus] = []
        captures: list[Capture] = []
        listener = Listener(store, chosen, limits=limits, changed=told.append, stored=captures.extend)
        await listener.start()
        try:
            yield Station(store, listener, told, captures)
        finally:
            await listener.stop()

    return run
