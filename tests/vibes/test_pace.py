"""Tests of vibes_desktop.vibes.pace."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.vibes.pace import Pace

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab


async def started(pace: Pace, company: str, starts: list[float]) -> None:
    await pace.turn(company)
    starts.append(pace.clock.seconds())


async def test_no_second_holds_more_than_five_starts(lab: Lab) -> None:
    pace = Pace(5, lab.time.clock)
    starts: list[float] = []
    await asyncio.gather(*(started(pace, "acme", starts) for _ in range(23)))
    assert len(starts) == 23
    assert all(later - earlier >= 1.0 for earlier, later in zip(starts, starts[5:], strict=False))
    assert starts[4] == starts[0]


async def test_companies_do_not_wait_for_each_other(lab: Lab) -> None:
    pace = Pace(5, lab.time.clock)
    for company in ("acme", "other"):
        assert [await pace.turn(company) for _ in range(5)] == [0.0] * 5
    assert await pace.turn("acme") >= 1.0


async def test_a_hold_stops_one_company_for_as_long_as_asked(lab: Lab) -> None:
    pace = Pace(5, lab.time.clock)
    pace.hold("acme", 30)
    pace.hold("acme", 10)
    assert await pace.turn("other") == 0.0
    assert await pace.turn("acme") == 30.0
    assert await pace.turn("acme") == 0.0


async def test_waits_in_real_time() -> None:
    pace = Pace()
    pace.hold("acme", 0.02)
    assert await pace.turn("acme") > 0.0


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
