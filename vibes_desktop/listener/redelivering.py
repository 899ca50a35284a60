"""Deliver again: captures or payloads of files, to a typed address, at a chosen rate, with each answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from vibes_desktop.listener.targets import Target
from vibes_desktop.model.capture import Delivery
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.vibes.delivery import DeliveryWire
from vibes_desktop.vibes.failures import Broken

ANSWER_SECONDS = 30.0
AT_ONCE = 16
HIGHEST_RATE = 500.0  # per second
METHODS = frozenset({"POST", "PUT"})
# Those of one connection, and what says who sent it: they would lie about ours.
NOT_SENT_AGAIN = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "keep-alive", "te", "trailer", "upgrade"}
    | {"expect", "forwarded", "via", "x-real-ip", "authorization", "proxy-authorization", "cookie"}
    | {"proxy-connection"}
)
JSON_HEADERS: Final = ((b"Content-Type", b"application/json"),)


class NotConfirmed(InvalidInput):
    """Another computer would receive personal data, and nobody said that it may."""

    def __init__(self, host: str) -> None:
        super().__init__(
            "These callbacks would leave this computer",
            f"They hold personal data. Confirm that {host} may receive them.",
            field="address",
        )
        self.host = host


@dataclass(frozen=True, slots=True)
class Again:
    """What is delivered again, to the byte; `number` is the caller's."""

    number: int
    body: bytes = field(repr=False)
    method: str = "POST"
    headers: tuple[tuple[bytes, bytes], ...] = field(default=JSON_HEADERS, repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """How one of them was answered: with a status, or not at all, and then `trouble` says why.

    `milliseconds`: from its first byte to the answer. `beginning`: of the answer's body.
    """

    number: int
    status: int | None
    milliseconds: float
    beginning: bytes = field(default=b"", repr=False)
    trouble: str | None = None


def again(number: int, delivery: Delivery) -> Again:
    """Take a delivery with its own headers, except those of its connection and credentials."""
    method = delivery.method if delivery.method in METHODS else "POST"
    headers = tuple(
        (name.encode("latin-1"), value.encode("latin-1"))
        for name, value in delivery.headers
        if name.lower() not in NOT_SENT_AGAIN and not name.lower().startswith("x-forwarded-")
    )
    return Again(number, delivery.body, method, headers)


async def redeliver(
    target: Target,
    all_again: Iterable[Again],
    *,
    per_second: float,
    is_confirmed: bool = False,
    answer_seconds: float = ANSWER_SECONDS,
) -> AsyncGenerator[Answered, None]:
    """Send one after the other at this rate; yield answers as they come. Closing the iterator stops it.

    `all_again` is read on as it is sent, so it may be long. Nothing is tried twice, and no redirect is
    followed. Raises NotConfirmed for another computer, InvalidInput with field rate.
    """
    if not target.is_loopback and not is_confirmed:
        raise NotConfirmed(target.destination.host)
    if not 0 < per_second <= HIGHEST_RATE:
        raise InvalidInput(
            "This rate can't be used", f"Up to {HIGHEST_RATE:.0f} a second can be sent.", field="rate"
        )
    wire = DeliveryWire(target.destination)
    answers: asyncio.Queue[Answered | None] = asyncio.Queue()
    sending = asyncio.create_task(_send_all(wire, all_again, per_second, answer_seconds, answers))
    try:
        while (answered := await answers.get()) is not None:
            yield answered
        await sending
    finally:
        sending.cancel()
        await asyncio.wait([sending])
        await wire.aclose()


async def _send_all(
    wire: DeliveryWire,
    all_again: Iterable[Again],
    per_second: float,
    answer_seconds: float,
    answers: asyncio.Queue[Answered | None],
) -> None:
    """Send at even distances; time that was lost to slow answers is not made up for."""
    source: Iterator[Again] = iter(all_again)
    room = asyncio.Semaphore(AT_ONCE)
    due = time.monotonic()

    async def send(one: Again) -> None:
        try:
            answers.put_nowait(await _send(wire, one, answer_seconds))
        finally:
            room.release()

    try:
        async with asyncio.TaskGroup() as group:
            while (one := await asyncio.to_thread(next, source, None)) is not None:
                await room.acquire()
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                due = max(due, time.monotonic()) + 1 / per_second
                group.create_task(send(one))
    finally:
        answers.put_nowait(None)


async def _send(wire: DeliveryWire, one: Again, answer_seconds: float) -> Answered:
    begun = time.perf_counter()
    try:
        reply = await wire.send(one.method, one.headers, one.body, answer_seconds)
    except Broken as broken:
        spent = (time.perf_counter() - begun) * 1000
        return Answered(one.number, None, spent, trouble=broken.title)
    return Answered(one.number, reply.status, (time.perf_counter() - begun) * 1000, reply.beginning)
