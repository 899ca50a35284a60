"""Tests of vibes_desktop.vibes.pace."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.vibes.pace import Pace

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab


async def started(pace: Pace, company: str, starts: list[float]) -> None:
    async with pace.turn(company):
        starts.append(pace.clock.seconds())


async def waited(pace: Pace, company: str) -> float:
    async with pace.turn(company) as turn:
        return turn.waited


async def test_no_second_holds_more_than_five_starts(lab: Lab) -> None:
    pace = Pace(5, lab.time.clock)
    starts: list[float] = []
    await asyncio.gather(*(started(pace, "acme", starts) for _ in range(23)))
    assert len(starts) == 23
    assert all(later - earlier >= 1.0 for earlier, later in zip(starts, starts[5:], strict=False))
    assert starts[4] == starts[0]


async def test_what_waits_for_its_connection_keeps_its_place(lab: Lab) -> None:
    pace = Pace(1, lab.time.clock)
    connecting, sent = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with pace.turn("acme") as turn:
            connecting.set()
            await sent.wait()
            turn.sent()

    first = asyncio.create_task(slow())
    await connecting.wait()
    second = asyncio.create_task(waited(pace, "acme"))
    await asyncio.sleep(0)
    await lab.time.clock.sleep(30.0)
    assert not second.done()
    sent.set()
    await first
    assert await second == 31.0


async def test_a_call_keeps_its_place_until_its_request_leaves(lab: Lab) -> None:
    pace = Pace(1, lab.time.clock)
    connected, other = asyncio.Event(), asyncio.Event()

    async def never_shakes_hands(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        (other if connected.is_set() else connected).set()
        await reader.read()
        writer.close()

    server = await asyncio.start_server(never_shakes_hands, "127.0.0.1", 0)
    url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, lab.client(url, pace=pace) as one, lab.client(url, pace=pace) as two:
        first = asyncio.create_task(one.subscription_lists())
        await connected.wait()
        second = asyncio.create_task(two.subscription_lists())
        await lab.time.clock.sleep(30.0)
        assert not other.is_set()
        first.cancel()
        await other.wait()
        assert lab.time.slept == [30.0, 1.0]
        second.cancel()
        await asyncio.gather(first, second, return_exceptions=True)


async def test_companies_do_not_wait_for_each_other(lab: Lab) -> None:
    pace = Pace(5, lab.time.clock)
    for company in ("acme", "other"):
        assert [await waited(pace, company) for _ in range(5)] == [0.0] * 5
    assert await waited(pace, "acme") >= 1.0


async def test_a_hold_stops_one_company_for_as_long_as_asked(lab: Lab) -> None:
    pace = Pace(5, lab.time.clock)
    pace.hold("acme", 30)
    pace.hold("acme", 10)
    assert await waited(pace, "other") == 0.0
    assert await waited(pace, "acme") == 30.0
    assert await waited(pace, "acme") == 0.0


async def test_waits_in_real_time() -> None:
    pace = Pace()
    pace.hold("acme", 0.02)
    assert await waited(pace, "acme") > 0.0


async def test_clients_of_one_company_share_their_pace(lab: Lab) -> None:
    pace = Pace(2, lab.time.clock)
    async with (
        lab.server(lab.reply(200, "[]")) as server,
        lab.client(server.url, pace=pace) as one,
        lab.client(server.url, pace=pace) as two,
    ):
        await one.subscription_lists()
        await two.subscription_lists()
        assert lab.time.slept == []
        await two.write(two.add_request(obj(external_person_id="x")))
        assert lab.time.slept == [1.0]
