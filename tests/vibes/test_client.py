"""Tests of vibes_desktop.vibes.client: against every fault of the sandbox, and what all calls share."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import (
    BadAnswer,
    ConnectionFailed,
    OutcomeUnknown,
    Redirected,
    ServerTrouble,
    TooManyRequests,
    Unauthorized,
    VibesError,
)
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.people import DEMO_EXTERNAL_ID, DEMO_PERSON_KEY
from vibes_desktop.vibes.client import WriteAnswer

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab
    from vibes_desktop.sandbox.server import Sandbox
    from vibes_desktop.vibes.client import VibesClient
    from vibes_desktop.vibes.request import Request

KEY = Identifier(IdentifierKind.PERSON_KEY, DEMO_PERSON_KEY)


def change(client: VibesClient, name: str = "Eva") -> Request:
    return client.update_request(KEY, obj(custom_fields=obj(first_name=name)))


def first_name(sandbox: Sandbox) -> object:
    person = sandbox.platform.people.by_key(DEMO_PERSON_KEY)
    assert person is not None
    return person.custom_fields["first_name"]


def received(sandbox: Sandbox, method: str) -> int:
    return sum(1 for request in sandbox.requests if request.method == method)


FATAL_TO_READS: list[tuple[Fault, type[VibesError]]] = [
    (Fault(FaultKind.DROP_AT_HEAD), ConnectionFailed),
    (Fault(FaultKind.DROP_BEFORE), ConnectionFailed),
    (Fault(FaultKind.DROP_AFTER), ConnectionFailed),
    (Fault(FaultKind.CUT, at_byte=0), ConnectionFailed),
    (Fault(FaultKind.CUT, at_byte=30), ConnectionFailed),
    (Fault(FaultKind.CUT, at_byte=200), ConnectionFailed),
    (Fault(FaultKind.TRUNCATED_JSON), BadAnswer),
    (Fault(FaultKind.WRONG_CHARSET), BadAnswer),
    (Fault(FaultKind.WRONG_CHARSET, charset="latin-1"), BadAnswer),
    (Fault(FaultKind.OVERSIZED), BadAnswer),
    (Fault(FaultKind.OVERSIZED, gzip=True, size=100_000_000), BadAnswer),
    (Fault(FaultKind.REDIRECT), Redirected),
    (Fault(FaultKind.STATUS, status=429), TooManyRequests),
    (Fault(FaultKind.STATUS, status=429, retry_after="3"), TooManyRequests),
    (Fault(FaultKind.STATUS, status=500), ServerTrouble),
    (Fault(FaultKind.STATUS, status=502), ServerTrouble),
    (Fault(FaultKind.STATUS, status=503, retry_after="1"), ServerTrouble),
]
PASSING = [fault for fault, kind in FATAL_TO_READS if kind is not BadAnswer and kind is not Redirected]
UNKNOWN_TO_WRITES = [
    Fault(FaultKind.DROP_AT_HEAD),
    Fault(FaultKind.DROP_BEFORE),
    Fault(FaultKind.DROP_AFTER),
    Fault(FaultKind.CUT, at_byte=0),
    Fault(FaultKind.CUT, at_byte=30),
    Fault(FaultKind.CUT, at_byte=200),
    Fault(FaultKind.STATUS, status=500),
    Fault(FaultKind.STATUS, status=502, applied=True),
    Fault(FaultKind.STATUS, status=503, retry_after="1"),
]
SUCCESSES_WITHOUT_PERSON = [
    Fault(FaultKind.TRUNCATED_JSON),
    Fault(FaultKind.OVERSIZED),
    Fault(FaultKind.OVERSIZED, gzip=True, size=100_000_000),
]


def named(fault: Fault) -> str:
    return "-".join(str(value) for value in fault.shown().values())


@pytest.mark.parametrize(("fault", "kind"), FATAL_TO_READS, ids=lambda value: getattr(value, "kind", None))
async def test_each_fault_of_a_read_has_its_error(lab: Lab, fault: Fault, kind: type[VibesError]) -> None:
    steve = Identifier(IdentifierKind.EXTERNAL_ID, "Zoë")
    async with lab.platform() as (sandbox, client):
        sandbox.faults.add(fault)
        with pytest.raises(VibesError) as caught:
            await client.person(steve)
        assert type(caught.value) is kind
        sandbox.faults.clear()
        assert (await client.person(steve)).external_person_id == "Zoë"


@pytest.mark.parametrize("fault", PASSING, ids=named)
async def test_a_read_survives_passing_faults(lab: Lab, fault: Fault) -> None:
    async with lab.platform() as (sandbox, client):
        for _ in range(3):
            sandbox.faults.add(
                Fault(**{name: getattr(fault, name) for name in fault.__dataclass_fields__} | {"times": 1})
            )
        assert (await client.person(KEY)).person_key == DEMO_PERSON_KEY
        assert received(sandbox, "GET") == 4


@pytest.mark.parametrize("fault", UNKNOWN_TO_WRITES, ids=named)
async def test_a_write_that_may_have_been_processed_is_sent_once(lab: Lab, fault: Fault) -> None:
    async with lab.platform() as (sandbox, client):
        sandbox.faults.add(fault)
        for request in (change(client), client.add_request(obj(external_person_id="CRM-77"))):
            with pytest.raises(OutcomeUnknown):
                await client.write(request)
        assert received(sandbox, "PUT") == received(sandbox, "POST") == 1


@pytest.mark.parametrize("fault", SUCCESSES_WITHOUT_PERSON, ids=named)
async def test_a_success_is_one_whatever_its_body(lab: Lab, fault: Fault) -> None:
    async with lab.platform() as (sandbox, client):
        sandbox.faults.add(fault)
        answer = await client.write(change(client))
        assert (answer.status, answer.person) == (200, None)
        assert first_name(sandbox) == "Eva"


async def test_a_throttled_write_arrives_once(lab: Lab) -> None:
    async with lab.platform() as (sandbox, client):
        sandbox.faults.add(Fault(FaultKind.STATUS, status=429, retry_after="3", times=2))
        answer = await client.write(client.add_request(obj(external_person_id="CRM-77")))
        assert answer.status == 201
        assert received(sandbox, "POST") == 3


async def test_a_write_waits_for_a_platform_that_comes_back(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with lab.platform() as (sandbox, client):
        port = sandbox.port
        await sandbox.stop()

        async def meanwhile(_: float) -> None:
            await sandbox.start(port)

        monkeypatch.setattr(lab.time, "sleep", meanwhile)
        assert (await client.write(change(client))).status == 200
        assert first_name(sandbox) == "Eva"


async def test_a_wrong_password_stops_everything(lab: Lab) -> None:
    async with lab.platform(password="wrong") as (sandbox, client):
        for call in (client.person(KEY), client.subscription_lists(), client.write(change(client))):
            with pytest.raises(Unauthorized):
                await call
        assert len(list(sandbox.requests)) == 1


async def test_cancelling_a_slow_call_leaves_the_client_usable(lab: Lab) -> None:
    async with lab.platform() as (sandbox, client):
        sandbox.faults.add(Fault(FaultKind.NEVER_ANSWERS))
        task = asyncio.ensure_future(client.person(KEY))
        async with asyncio.timeout(5):
            while not list(sandbox.requests):  # noqa: ASYNC110 - the sandbox has no event for it
                await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        sandbox.faults.clear()
        assert (await client.person(KEY)).external_person_id == DEMO_EXTERNAL_ID


async def test_what_is_sent_is_the_request_that_was_shown(lab: Lab) -> None:
    async with lab.platform() as (sandbox, client):
        shown = change(client, "Zoë 🙂")
        await client.write(shown)
        (sent,) = sandbox.requests
        assert (sent.method, sent.target, sent.body.decode()) == (shown.method, shown.path, shown.body)


def test_tells_nothing_in_a_log() -> None:
    assert "Canary" not in repr(WriteAnswer(200, None, obj(name="Canary")))
