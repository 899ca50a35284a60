"""A small sandbox with a client, a record store and raw eyes on it; and a line that breaks where told."""

import asyncio
import base64
import http.client
import json
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import pytest

from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json
from vibes_desktop.model.profile import ApiVersion, Profile, ProfileId, Safety
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.outcome import Author, OnStep, Pauses, SaveResult
from vibes_desktop.people.review import Review, prepare_review
from vibes_desktop.people.save import save
from vibes_desktop.runtime import Runtime
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.storage.desk import Desk
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.limits import Limits
from vibes_desktop.vibes.pace import Pace
from vibes_desktop.vibes.transport import Transport

T = TypeVar("T")

WAIT_SECONDS = 30.0
PEOPLE = 60
NO_PAUSES = Pauses(look_ups=(0.0, 0.0, 0.0), second_reading=0.0)
QUICK = Limits(
    connect_seconds=5.0,
    read_seconds=5.0,
    call_seconds=20.0,
    first_backoff_seconds=0.0,
    longest_backoff_seconds=0.0,
    requests_per_second=100_000,
)
STEVE = Identifier(IdentifierKind.PERSON_KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")
STEVE_EXTERNAL = Identifier(IdentifierKind.EXTERNAL_ID, "EXT542342")
AUTHOR = Author(ProfileId("profile"), "tester", "TICKET-1")


@dataclass
class World:
    """Everything a protocol needs, and a look at the platform that goes past the client."""

    sandbox: Sandbox
    runtime: Runtime
    client: VibesClient
    desk: Desk

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the loop and wait for it."""
        return self.runtime.submit(coroutine).result(WAIT_SECONDS)

    def raw(self, method: str, below_persons: str, body: object = None) -> tuple[int, Any]:
        """Make a call with http.client; the sandbox's faults meet it too, so clear them first."""
        token = base64.b64encode(f"{self.sandbox.username}:{self.sandbox.password}".encode()).decode()
        headers = {
            "Authorization": f"Basic {token}",
            "X-API-Version": "2",
            "Content-Type": "application/json",
        }
        data = None if body is None else json.dumps(body)
        connection = http.client.HTTPConnection("127.0.0.1", self.sandbox.port, timeout=WAIT_SECONDS)
        try:
            path = f"/companies/{self.sandbox.company_key}/mobiledb/persons{below_persons}"
            connection.request(method, path, data, headers)
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else None
        finally:
            connection.close()

    def read_raw(self, identifier: Identifier = STEVE) -> Any:
        """Read a person past the client, with all faults off; None when there is none."""
        self.sandbox.faults.clear()
        is_external = identifier.kind is IdentifierKind.EXTERNAL_ID
        way = "/external/" if is_external else "/"
        status, person = self.raw("GET", way + quote(identifier.value, safe=""))
        return person if status == 200 else None

    def custom_raw(self, name: str, identifier: Identifier = STEVE) -> Any:
        """Read one custom field past the client."""
        return self.read_raw(identifier)["custom_fields"][name]

    def received(self, method: str) -> int:
        """Count the requests of a method that reached the platform."""
        return sum(request.method == method for request in self.sandbox.requests)

    def edit(self, values: dict[str, Json], identifier: Identifier = STEVE) -> PersonEdit:
        """Open a person and set custom fields."""
        edit = PersonEdit(self.run(self.client.person(identifier)), self.client.account.api_version)
        for name, value in values.items():
            edit = edit.set(FieldRef(name), value)
        return edit

    def review(self, edit: PersonEdit) -> Review:
        """Read again and compare."""
        return self.run(prepare_review(self.client, edit))

    def save(self, what: PersonEdit | Review, on_step: OnStep = lambda _: None) -> SaveResult:
        """Review, where that wasn't done, and save."""
        review = self.review(what) if isinstance(what, PersonEdit) else what
        journal = self.desk.journal
        return self.run(save(self.client, journal, review, AUTHOR, on_step=on_step, pauses=NO_PAUSES))

    async def put_received(self) -> None:
        """Wait until an update has reached the platform."""
        while not self.received("PUT"):  # noqa: ASYNC110 - the sandbox has no event for it
            await asyncio.sleep(0)

    def journal(self) -> tuple[ChangeRecord, ...]:
        """Read all changes, newest first."""
        return self.desk.journal.records(None)


@dataclass
class Line:
    """A proxy in front of the sandbox that closes a connection at a given byte.

    `cut_request`, `cut_answer`: after how many bytes of a matching exchange both sides are closed.
    `times` bounds how often; `methods` says which exchanges match. `hidden` are members taken out
    of every answer. `meanwhile` runs (in a thread) whenever a cut was made.
    """

    port: int = 0
    target_port: int = 0
    cut_request: int | None = None
    cut_answer: int | None = None
    methods: frozenset[str] = frozenset({"PUT", "POST"})
    times: int = 1
    hidden: tuple[str, ...] = ()
    meanwhile: Callable[[], object] | None = None
    seen: list[str] = field(default_factory=list)
    request_bytes: int = 0
    answer_bytes: int = 0
    _server: asyncio.Server | None = None
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    async def start(self, target_port: int) -> None:
        """Listen on any free port."""
        self.target_port = target_port
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close everything."""
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self._exchange(reader, writer):
                    pass
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
        finally:
            writer.transport.abort()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        request = await _message(reader)
        method = request.partition(b" ")[0].decode()
        self.seen.append(method)
        is_cut = (
            method in self.methods and self.times > 0 and (self.cut_request, self.cut_answer) != (None, None)
        )
        if is_cut:
            self.times -= 1
        if method in self.methods:
            self.request_bytes = len(request)
        ahead, back = await asyncio.open_connection("127.0.0.1", self.target_port)
        try:
            if is_cut and self.cut_request is not None and self.cut_request < len(request):
                back.write(request[: self.cut_request])
                await back.drain()
                return await self._broken()
            back.write(request)
            answer = self._stripped(await _message(ahead))
        finally:
            back.close()
            with suppress(ConnectionError):
                await back.wait_closed()
        if method in self.methods:
            self.answer_bytes = len(answer)
        if is_cut:
            writer.write(answer[: self.cut_answer or 0])
            await writer.drain()
            return await self._broken()
        writer.write(answer)
        await writer.drain()
        return True

    async def _broken(self) -> bool:
        if self.meanwhile is not None:
            await asyncio.to_thread(self.meanwhile)
        return False

    def _stripped(self, answer: bytes) -> bytes:
        head, _, body = answer.partition(b"\r\n\r\n")
        if not self.hidden or not body.startswith(b"{"):
            return answer
        kept = {name: value for name, value in json.loads(body).items() if name not in self.hidden}
        new = json.dumps(kept).encode()
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
        return b"\r\n".join([*lines, b"Content-Length: %d" % len(new)]) + b"\r\n\r\n" + new


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    return head + (await reader.readexactly(length) if length else b"")


@pytest.fixture
def sandbox(runtime: Runtime) -> Iterator[Sandbox]:
    """Start a sandbox with few people."""
    platform = Sandbox(people=PEOPLE)
    runtime.submit(platform.start()).result(WAIT_SECONDS)
    yield platform
    runtime.submit(platform.stop()).result(WAIT_SECONDS)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Open a record store on the disk."""
    opened = Desk(tmp_path / "desk.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def connect(sandbox: Sandbox, runtime: Runtime) -> Iterator[Callable[..., VibesClient]]:
    """Make clients for the sandbox, or for a port in front of it."""
    transports: list[Transport] = []

    async def make(port: int, version: ApiVersion, password: str) -> VibesClient:
        url = f"http://127.0.0.1:{port}"
        transports.append(Transport(base_url=url, pace=Pace(QUICK.requests_per_second), limits=QUICK))
        account = Account(sandbox.company_key, url, sandbox.username, version, password)
        return VibesClient(account, transports[-1], jitter=lambda _low, _high: 0.0)

    def connected(
        port: int | None = None, version: ApiVersion = ApiVersion.V2, password: str | None = None
    ) -> VibesClient:
        made = make(port or sandbox.port, version, password or sandbox.password)
        return runtime.submit(made).result(WAIT_SECONDS)

    yield connected
    for transport in transports:
        runtime.submit(transport.aclose()).result(WAIT_SECONDS)


@pytest.fixture
def client(connect: Callable[..., VibesClient]) -> VibesClient:
    """Make a client for the sandbox."""
    return connect()


@pytest.fixture
def world(sandbox: Sandbox, runtime: Runtime, client: VibesClient, desk: Desk) -> World:
    """Put it all together."""
    return World(sandbox, runtime, client, desk)


@pytest.fixture
def line(sandbox: Sandbox, runtime: Runtime) -> Iterator[Line]:
    """Start a line in front of the sandbox."""
    proxy = Line()
    runtime.submit(proxy.start(sandbox.port)).result(WAIT_SECONDS)
    yield proxy
    runtime.submit(proxy.stop()).result(WAIT_SECONDS)


@pytest.fixture
def far_world(
    sandbox: Sandbox, runtime: Runtime, connect: Callable[..., VibesClient], desk: Desk, line: Line
) -> World:
    """The same world, seen through the line."""
    return World(sandbox, runtime, connect(line.port), desk)


@pytest.fixture
def profile(sandbox: Sandbox) -> Profile:
    """The profile of the sandbox."""
    return Profile(
        id=ProfileId("profile"),
        name="Demo",
        company_key=sandbox.company_key,
        base_url=sandbox.url,
        username=sandbox.username,
        safety=Safety.SANDBOX,
    )
