"""Deliver again: exactly, at a rate, with every answer kept, and never elsewhere unasked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.listener.redelivering import Again, Answered, NotConfirmed, again, redeliver
from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.listener.targets import Target, checked_target
from vibes_desktop.model.capture import Delivery
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.vibes.delivery import Destination

if TYPE_CHECKING:
    from tests.listener.conftest import Run

Compose = Callable[..., bytes]
HEAD = (
    b"Host: x.ngrok.app\r\nContent-Type: text/json\r\nContent-Encoding: gzip\r\nX-Event:  \xe4 \r\n"
    b"Content-Length: 3\r\nConnection: close\r\nX-Forwarded-For: 1.2.3.4\r\nAuthorization: Basic eA==\r\n"
)
ELSEWHERE = Target(Destination("http", "h.example", "203.0.113.7", 80, "/"), is_loopback=False)


async def answers(target: Target, *all_again: Again, per_second: float = 500) -> list[Answered]:
    """Deliver, and collect the answers in order."""
    found = [answered async for answered in redeliver(target, all_again, per_second=per_second)]
    return sorted(found, key=lambda answered: answered.number)


def test_a_delivery_keeps_its_own_headers() -> None:
    delivery = Delivery(1, "127.0.0.1", 1, "PUT", "/", HEAD, b"\x00\xff")
    assert again(7, delivery) == Again(
        7,
        b"\x00\xff",
        "PUT",
        ((b"Content-Type", b"text/json"), (b"Content-Encoding", b"gzip"), (b"X-Event", b"\xe4")),
    )


async def test_captures_come_again_to_the_byte(station: Run, compose: Compose) -> None:
    async with station() as running:
        body = bytes(range(256))
        await running.ask(compose(body, b"X-Event: \xe4", b"Content-Encoding: gzip", method=b"PUT"))
        target = await checked_target(running.listener.status.address or "")
        (answered,) = await answers(target, again(1, running.captures[0].delivery))
        assert (answered.number, answered.status, answered.trouble) == (1, 200, None)
        first, second = (capture.delivery for capture in running.captures)
        assert (second.body, second.method, second.target) == (first.body, "PUT", first.target)
        assert second.header("x-event") == "\xe4"
        assert second.header("content-encoding") == "gzip"


async def test_every_answer_is_kept(station: Run) -> None:
    async with station() as running:
        running.listener.rehearse(Rehearsal(418, every=3))
        target = await checked_target(running.listener.status.address or "")
        found = await answers(target, *(Again(number, b"%d" % number) for number in range(30)))
        assert [answered.number for answered in found] == list(range(30))
        assert sorted(answered.status or 0 for answered in found) == [200] * 20 + [418] * 10
        assert sorted(running.bodies()) == sorted(b"%d" % number for number in range(30))


async def test_who_does_not_answer_is_told_and_the_rest_goes_on(station: Run) -> None:
    async with station() as running:
        target = await checked_target(running.listener.status.address or "")
        await running.listener.stop()
        found = await answers(target, Again(1, b"{}"), Again(2, b"{}"))
        assert [answered.status for answered in found] == [None, None]
        assert all("refuses the connection" in (answered.trouble or "") for answered in found)


async def test_the_next_waits_for_its_turn_and_answers_come_meanwhile(station: Run) -> None:
    async with station() as running:
        target = await checked_target(running.listener.status.address or "")
        async with aclosing(redeliver(target, [Again(1, b""), Again(2, b"")], per_second=0.001)) as answering:
            assert (await anext(answering)).number == 1
        assert len(running.bodies()) == 1


async def test_stopping_sends_no_more_and_reads_no_further(station: Run, compose: Compose) -> None:
    read: list[int] = []

    def endless() -> object:
        while True:
            read.append(len(read))
            yield Again(len(read), b"{}")

    async with station() as running:
        target = await checked_target(running.listener.status.address or "")
        async with aclosing(redeliver(target, endless(), per_second=500)) as answering:  # type: ignore[arg-type]
            for _ in range(5):
                await anext(answering)
        taken = len(read)
        await running.ask(compose(b"later"))
        assert len(read) <= taken + 1  # one may have been under way
        await running.listener.stop()
        assert len(running.bodies()) <= taken + 1


async def test_another_computer_must_be_confirmed() -> None:
    with pytest.raises(NotConfirmed) as refused:
        await answers(ELSEWHERE, Again(1, b"{}"))
    assert "h.example" in refused.value.advice


@pytest.mark.parametrize("rate", [0, -1, 501, float("nan")])
async def test_unusable_rates_are_refused(rate: float) -> None:
    target = Target(ELSEWHERE.destination, is_loopback=True)
    with pytest.raises(InvalidInput) as refused:
        await answers(target, Again(1, b"{}"), per_second=rate)
    assert refused.value.field == "rate"


def test_reprs_hold_no_body() -> None:
    assert "secret" not in repr(Again(1, b"secret"))
    assert "secret" not in repr(Answered(1, 200, 1.0, b"secret"))
