"""A small sandbox, a caller that speaks to it with http.client and plain sockets, and a clock."""

import base64
import http.client
import json
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vibes_desktop.runtime import Runtime
from vibes_desktop.sandbox.server import Sandbox

WAIT_SECONDS = 20.0
PEOPLE = 130
NO_BODY = object()


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Give the body as JSON."""
        return json.loads(self.body)

    @property
    def messages(self) -> list[str]:
        """Give what the error envelope says."""
        return [entry["message"] for entry in self.json["errors"]]

    @property
    def codes(self) -> list[object]:
        """Give the codes of the error envelope."""
        return [entry.get("code") for entry in self.json["errors"]]


@dataclass
class Talk:
    """Sends requests as the demo user, to version 2 unless told otherwise."""

    sandbox: Sandbox
    version: str | None = "2"
    company: str = field(init=False)
    persons: str = field(init=False)
    steve: str = field(init=False)

    def __post_init__(self) -> None:
        self.company = f"/companies/{self.sandbox.company_key}"
        self.persons = f"{self.company}/mobiledb/persons"
        self.steve = f"{self.persons}/external/EXT542342"

    def authorization(self) -> str:
        """Give the header that signs the demo user in."""
        text = f"{self.sandbox.username}:{self.sandbox.password}"
        return "Basic " + base64.b64encode(text.encode()).decode()

    def __call__(
        self,
        method: str,
        target: str,
        body: object = NO_BODY,
        *,
        headers: Mapping[str, str | None] | None = None,
    ) -> Reply:
        """Send one request over a connection of its own; a header that is None is left out."""
        sent: dict[str, str | None] = {
            "Authorization": self.authorization(),
            "X-API-Version": self.version,
            "Content-Type": None if body is NO_BODY else "application/json",
            **(headers or {}),
        }
        data = None
        if body is not NO_BODY:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.sandbox.port, timeout=WAIT_SECONDS)
        try:
            kept = {name: value for name, value in sent.items() if value is not None}
            connection.request(method, target, data, kept)
            answer = connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def read(self, target: str | None = None) -> Any:
        """Read a person, Steve by default."""
        reply = self("GET", target or self.steve)
        assert reply.status == 200
        return reply.json

    def custom_fields(self, target: str | None = None) -> Any:
        """Read a person's custom fields, Steve's by default."""
        return self.read(target)["custom_fields"]

    def connect(self) -> socket.socket:
        """Open a plain connection."""
        return socket.create_connection(("127.0.0.1", self.sandbox.port), timeout=WAIT_SECONDS)

    def raw(self, data: bytes) -> bytes:
        """Send bytes as they are, say that there are no more, and read until the end."""
        with self.connect() as line:
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            return read_all(line)

    def request_bytes(self, method: str, target: str, body: bytes = b"", extra: str = "") -> bytes:
        """Write a request by hand."""
        head = (
            f"{method} {target} HTTP/1.1\r\nHost: sandbox\r\nAuthorization: {self.authorization()}\r\n"
            f"X-API-Version: 2\r\n{extra}"
        )
        if body:
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        return head.encode() + b"\r\n" + body


def read_all(line: socket.socket) -> bytes:
    """Read until the other side closes."""
    pieces = []
    try:
        while piece := line.recv(65536):
            pieces.append(piece)
    except ConnectionResetError:
        pieces.append(b"")
    return b"".join(pieces)


@dataclass
class SetClock:
    """A clock that stands still until it is put forward."""

    now: datetime = datetime(2026, 3, 1, 12, 0, 30, 250_000, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Let time pass: days, hours, minutes, seconds."""
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> SetClock:
    """Give a clock that a test sets."""
    return SetClock()


@pytest.fixture
def sandbox(runtime: Runtime) -> Iterator[Sandbox]:
    """Start a sandbox with few people."""
    platform = Sandbox(people=PEOPLE)
    runtime.submit(platform.start()).result(WAIT_SECONDS)
    yield platform
    runtime.submit(platform.stop()).result(WAIT_SECONDS)


@pytest.fixture
def talk(sandbox: Sandbox) -> Talk:
    """Give somebody who speaks to it."""
    return Talk(sandbox)
