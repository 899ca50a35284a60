"""A write that is stopped half-way is unknown, not ended."""

import asyncio
from typing import TYPE_CHECKING

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.people.sending import StoppedWhileSending, send_once, sent_request
from vibes_desktop.sandbox.faults import Fault, FaultKind

if TYPE_CHECKING:
    from tests.people.conftest import World

STEVE = Identifier(IdentifierKind.PERSON_KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")


def test_stopped_half_way_the_task_goes_on_to_find_out(world: "World") -> None:
    world.sandbox.faults.add(Fault(FaultKind.NEVER_ANSWERS, method="PUT"))
    request = world.client.update_request(STEVE, obj(custom_fields=obj(last_name="Miller")))

    async def sending() -> int:
        try:
            await send_once(world.client, request)
        except StoppedWhileSending:
            task = asyncio.current_task()
            assert task is not None
            return task.cancelling()
        return -1

    async def work() -> int:
        task = asyncio.ensure_future(sending())
        await world.put_received()
        task.cancel()
        return await task

    assert world.run(work()) == 0


def test_the_journal_gets_the_request_as_it_goes_out(world: "World") -> None:
    request = world.client.update_request(STEVE, obj(custom_fields=obj(last_name="Miller")))
    kept = sent_request(request)
    assert (kept.method, kept.path, kept.body) == (
        "PUT",
        request.path,
        '{"custom_fields":{"last_name":"Miller"}}',
    )
    world.run(send_once(world.client, request))
    (received,) = [each for each in world.sandbox.requests if each.method == "PUT"]
    assert (received.target, received.body.decode()) == (kept.path, kept.body)
