"""Tests of vibes_desktop.vibes.caller: what is repeated, what never is, and what stops everything."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import (
    NOTHING_SENT,
    BadAnswer,
    ConnectionFailed,
    OutcomeUnknown,
    ServerTrouble,
    TooManyRequests,
    Unauthorized,
    VibesError,
)
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.vibes.limits import Limits
from vibes_desktop.vibes.pace import Pace

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab, Reply
    from vibes_desktop.vibes.client import VibesClient

KEY = Identifier(IdentifierKind.PERSON_KEY, "k1")
PERSON = '{"person_key": "k1"}'


async def post(client: VibesClient) -> None:
    await client.write(client.add_request(obj(external_person_id="CRM-77")))


def busy(lab: Lab, value: str, status: int = 429) -> Reply:
    return lab.reply(status, headers=(("Retry-After", value),))


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
async def test_a_read_is_tried_four_times(lab: Lab, status: int) -> None:
    async with lab.server(lab.reply(status)) as server, lab.client(server.url) as client:
        with pytest.raises(VibesError):
            await client.person(KEY)
        assert len(server.requests) == 4
        assert lab.time.slept == [0.5, 1.0, 2.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 501])
async def test_a_plain_refusal_is_not_asked_again(lab: Lab, status: int) -> None:
    async with lab.server(lab.reply(status)) as server, lab.client(server.url) as client:
        with pytest.raises(VibesError):
            await client.person(KEY)
        assert len(server.requests) == 1


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
async def test_a_write_that_may_have_been_processed_is_never_repeated(lab: Lab, status: int) -> None:
    async with lab.server(lab.reply(status)) as server, lab.client(server.url) as client:
        with pytest.raises(OutcomeUnknown):
            await post(client)
        assert len(server.requests) == 1


async def test_a_write_is_repeated_after_429(lab: Lab) -> None:
    async with (
        lab.server(lab.reply(429), busy(lab, "7"), lab.reply(201)) as server,
        lab.client(server.url) as client,
    ):
        await post(client)
        assert [request.method for request in server.requests] == ["POST"] * 3
        assert lab.time.slept == [0.5, 7.0]


async def test_retry_after_is_obeyed_and_clamped_beyond_the_limit_of_a_call(lab: Lab) -> None:
    later = busy(lab, "Mon, 05 Jan 2026 12:01:40 GMT", 503)
    async with (
        lab.server(busy(lab, "9000"), later, lab.reply(200, PERSON)) as server,
        lab.client(server.url) as client,
    ):
        assert (await client.person(KEY)).person_key == "k1"
        assert lab.time.slept == [120.0, 100.0]


async def test_a_retry_after_holds_other_calls_to_the_company_too(lab: Lab) -> None:
    limits = Limits(attempts=1)
    async with (
        lab.server(busy(lab, "9"), lab.reply(200, PERSON)) as server,
        lab.client(server.url, limits=limits) as client,
    ):
        with pytest.raises(TooManyRequests):
            await client.person(KEY)
        await client.person(KEY)
        assert lab.time.slept == [9.0]


async def test_gives_up_when_the_next_wait_would_pass_the_limit_of_a_call(lab: Lab) -> None:
    limits = Limits(call_seconds=1.2)
    async with lab.server(lab.reply(503)) as server, lab.client(server.url, limits=limits) as client:
        with pytest.raises(ServerTrouble):
            await client.person(KEY)
        assert len(server.requests) == 2


async def test_one_401_stops_everything_until_the_person_acts(lab: Lab) -> None:
    async with (
        lab.server(lab.reply(401), lab.reply(200, PERSON)) as server,
        lab.client(server.url) as client,
    ):
        with pytest.raises(Unauthorized):
            await client.person(KEY)
        assert client.is_stopped
        for _ in range(3):
            with pytest.raises(Unauthorized) as caught:
                await post(client)
            assert caught.value.done == NOTHING_SENT
        assert len(server.requests) == 1
        client.resume()
        assert (await client.person(KEY)).person_key == "k1"


async def test_a_401_stops_calls_that_wait_for_their_turn(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    pace = Pace(1, lab.time.clock)
    async with lab.server(lab.reply(401)) as server, lab.client(server.url, pace=pace) as client:
        first = asyncio.ensure_future(client.person(KEY))
        await asyncio.wait_for(server.arrived.wait(), 5)

        async def until_answered(seconds: float) -> None:
            await asyncio.wait([first])
            lab.time.now += seconds

        monkeypatch.setattr(lab.time, "sleep", until_answered)
        with pytest.raises(Unauthorized):
            await post(client)
        with pytest.raises(Unauthorized):
            await first
        assert len(server.requests) == 1


async def test_a_401_ends_the_retries_of_other_calls(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    async with lab.server(lab.reply(503), lab.reply(401)) as server, lab.client(server.url) as client:

        async def meanwhile(_: float) -> None:
            with pytest.raises(Unauthorized):
                await client.subscription_lists()

        monkeypatch.setattr(lab.time, "sleep", meanwhile)
        with pytest.raises(Unauthorized):
            await client.person(KEY)
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"<html>Hello</html>", "line 1, column 1"),
        (b'{"person_key": "k', "column"),
        (b"[" * 100_000, "column"),
        ('{"person_key": "Zoë"}'.encode("cp1252"), "characters"),
        (b"3", "not an object"),
        (b"[]", "not an object"),
    ],
)
async def test_a_read_says_why_an_answer_is_bad(lab: Lab, body: bytes, words: str) -> None:
    async with lab.server(lab.reply(200, body)) as server, lab.client(server.url) as client:
        with pytest.raises(BadAnswer) as caught:
            await client.person(KEY)
        assert words in caught.value.advice
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b'{"person_key": "k', "Zoë".encode("cp1252"), b"[]", b'{"custom_fields":{"a":"1"}}'],
)
@pytest.mark.parametrize("status", [200, 201, 202, 204])
async def test_any_2xx_is_success_for_a_write(lab: Lab, body: bytes, status: int) -> None:
    reply = lab.reply(status, b"" if status == 204 else body)
    async with lab.server(reply) as server, lab.client(server.url) as client:
        answer = await client.write(client.update_request(KEY, obj(custom_fields=obj(a="1"))))
        assert (answer.status, answer.person) == (status, None)


async def test_logs_the_route_and_nothing_of_a_person(lab: Lab, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with lab.server(lab.reply(404)) as server, lab.client(server.url) as client:
        with pytest.raises(VibesError):
            await client.person(Identifier(IdentifierKind.EXTERNAL_ID, "CRM-77"))
        await server.stop()
        with pytest.raises(ConnectionFailed):
            await client.person(Identifier(IdentifierKind.EXTERNAL_ID, "CRM-77"))
    ours = [record.getMessage() for record in caplog.records if record.name == "vibes_desktop.vibes"]
    route = "GET /companies/{company_key}/mobiledb/persons/external/{external_person_id}"
    assert ours == [f"{route}: 404, 0 ms", *[f"{route}: no answer (connect), 0 ms"] * 4]
