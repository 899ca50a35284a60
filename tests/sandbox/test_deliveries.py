"""Callbacks are posted over real HTTP, again after trouble, never again after a 4xx."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.runtime import Runtime
from vibes_desktop.sandbox.deliveries import Deliveries, Delivery
from vibes_desktop.sandbox.platform import QueuedEvent

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk

WAIT_SECONDS = 20.0
RETRIES = (0.0, 0.0, 0.0)


class Receiver:
    """Answers each request with the next status; 0 hangs up."""

    def __init__(self, statuses: list[int]) -> None:
        self._statuses = statuses
        self.requests: list[bytes] = []
        self.url = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        )
        self.requests.append(head + await reader.readexactly(length))
        status = self._statuses.pop(0) if self._statuses else 200
        if status:
            moved = "Location: /elsewhere\r\n" if 300 <= status < 400 else ""
            writer.write(f"HTTP/1.1 {status} X\r\n{moved}Content-Length: 0\r\n\r\n".encode())
            await writer.drain()
        writer.close()

    @property
    def bodies(self) -> list[Any]:
        """Give the payloads that came."""
        return [json.loads(request.partition(b"\r\n\r\n")[2]) for request in self.requests]


@asynccontextmanager
async def receiver(*statuses: int) -> AsyncIterator[Receiver]:
    """Listen on a free port."""
    receiving = Receiver(list(statuses))
    server = await asyncio.start_server(receiving.answer, "127.0.0.1", 0)
    receiving.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/c/token?a=1"
    async with server:
        yield receiving


def event(url: str, method: str = "POST") -> QueuedEvent:
    """Make an event for an address."""
    body: dict[str, Any] = {
        "event_id": "E1",
        "callback_type": "person_added",
        "person": {"name": "Jos\u00e9"},
    }
    return QueuedEvent("E1", "person_added", url, method, "text/json", body)


async def delivered(deliveries: Deliveries, count: int) -> list[Delivery]:
    """Wait until so many have ended."""
    async with asyncio.timeout(WAIT_SECONDS):
        while len(deliveries.ended) < count or deliveries.under_way:  # noqa: ASYNC110 - nothing to wait for
            await asyncio.sleep(0.005)
    return list(deliveries.ended)


def outcome(*statuses: int) -> tuple[Receiver, Delivery]:
    """Deliver one event to a receiver that answers so."""

    async def deliver() -> tuple[Receiver, Delivery]:
        async with receiver(*statuses) as receiving:
            deliveries = Deliveries(RETRIES)
            deliveries.send(event(receiving.url))
            (ended,) = await delivered(deliveries, 1)
            return receiving, ended

    return asyncio.run(deliver())


def test_a_callback_arrives_as_it_was_registered() -> None:
    async def deliver() -> Receiver:
        async with receiver(200) as receiving:
            deliveries = Deliveries(RETRIES)
            deliveries.send(event(receiving.url, "PUT"))
            (ended,) = await delivered(deliveries, 1)
            assert (ended.status, ended.attempts, ended.arrived) == (200, 1, True)
            return receiving

    receiving = asyncio.run(deliver())
    (request,) = receiving.requests
    assert request.startswith(b"PUT /c/token?a=1 HTTP/1.1\r\n")
    assert b"text/json" in request
    assert receiving.bodies == [
        {
            "event_id": "E1",
            "callback_type": "person_added",
            "person": {"name": "Jos\u00e9"},
            "delivery_attempt": "1",
        }
    ]


@pytest.mark.parametrize("trouble", [500, 503, 302, 0])
def test_trouble_is_tried_again_and_counted(trouble: int) -> None:
    receiving, ended = outcome(trouble, trouble, 200)
    assert (ended.status, ended.attempts) == (200, 3)
    assert [body["delivery_attempt"] for body in receiving.bodies] == ["1", "2", "3"]


@pytest.mark.parametrize("refusal", [400, 401, 404, 410])
def test_a_4xx_loses_the_event(refusal: int) -> None:
    receiving, ended = outcome(refusal)
    assert (ended.status, ended.attempts, ended.arrived) == (refusal, 1, False)
    assert len(receiving.requests) == 1


def test_it_gives_up_after_the_last_retry() -> None:
    receiving, ended = outcome(500, 500, 500, 500, 500)
    assert (ended.status, ended.attempts) == (500, len(RETRIES) + 1)
    assert len(receiving.requests) == len(RETRIES) + 1


@pytest.mark.parametrize("url", ["https://example.com/c", "http://192.0.2.1/c", "http://example.com/c", "x"])
def test_nothing_leaves_this_computer(url: str) -> None:
    async def deliver() -> Delivery:
        deliveries = Deliveries(RETRIES)
        deliveries.send(event(url))
        assert deliveries.under_way == 0
        return deliveries.ended[0]

    ended = asyncio.run(deliver())
    assert (ended.status, ended.attempts) == (0, 0)


def test_stopping_gives_up_what_waits_for_its_retry() -> None:
    async def deliver() -> Deliveries:
        async with receiver(500) as receiving:
            deliveries = Deliveries((3600.0,))
            deliveries.send(event(receiving.url))
            async with asyncio.timeout(WAIT_SECONDS):
                while not receiving.requests:  # noqa: ASYNC110
                    await asyncio.sleep(0.005)
            await deliveries.stop()
            return deliveries

    assert asyncio.run(deliver()).under_way == 0


@pytest.fixture
def endpoint(runtime: Runtime) -> Iterator[Receiver]:
    """Give a receiver on the background loop."""
    opened = receiver()
    yield runtime.submit(opened.__aenter__()).result(WAIT_SECONDS)
    runtime.submit(opened.__aexit__(None, None, None)).result(WAIT_SECONDS)


def test_a_change_over_http_arrives_at_the_registered_address(
    talk: "Talk", runtime: Runtime, endpoint: Receiver
) -> None:
    registered = talk(
        "POST",
        f"{talk.company}/config/callbacks/",
        {"callback_type": "person_updated", "destination": {"url": endpoint.url}},
    )
    assert registered.status == 201
    assert talk("PUT", talk.steve, {"custom_fields": {"first_name": "Ana"}}).status == 200
    runtime.submit(delivered(talk.sandbox.deliveries, 1)).result(WAIT_SECONDS)
    (payload,) = endpoint.bodies
    assert payload["callback_type"] == "person_updated"
    assert payload["person"]["custom_fields"]["first_name"] == "Ana"
