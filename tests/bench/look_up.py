"""A look-up from the box to the painted record, against the same request alone.

Both speak to the same sandbox, from the same background loop, in turns.
"""

from __future__ import annotations

import statistics
import time

import httpx

from tests.bench.stage import Stage, stage
from tests.bench.table import Row, median_and_spread, milliseconds
from vibes_desktop.sandbox.people import DEMO_EXTERNAL_ID

ROUNDS = 10
WARM_UPS = 3
REQUEST_SECONDS = 30.0


def measure() -> list[Row]:
    """Look several people up again and again, and request them plainly in between."""
    with stage() as set_up:
        people = [DEMO_EXTERNAL_ID, *(set_up.insert_like_the_demo_person(number) for number in (1, 2))]
        client = httpx.AsyncClient(
            base_url=set_up.sandbox.url,
            auth=(set_up.sandbox.username, set_up.sandbox.password),
            headers={"X-API-Version": "2"},
            trust_env=False,
        )
        painted: list[float] = []
        plain: list[float] = []
        for _ in range(ROUNDS):
            for external_id in people:
                painted.append(set_up.open(external_id).seconds)
                set_up.wait_until_quiet()
                plain.append(_request(set_up, client, external_id))
        set_up.workplace.runtime.submit(client.aclose()).result(REQUEST_SECONDS)
    painted, plain = painted[WARM_UPS:], plain[WARM_UPS:]
    more = statistics.median(painted) - statistics.median(plain)
    ratio = statistics.median(painted) / statistics.median(plain)
    return [
        Row(
            "look-up on loopback, box to painted record",
            median_and_spread(painted),
            "the same GET with bare httpx.AsyncClient",
            median_and_spread(plain),
            f"{milliseconds(more)} more, {ratio:.1f} ×",
            "≤ 25 ms more",
            f"{len(painted)} + {len(plain)}",
        )
    ]


def _request(set_up: Stage, client: httpx.AsyncClient, external_id: str) -> float:
    """Read a person's record plainly, on the program's own loop; returns the seconds it took."""
    target = f"/companies/{set_up.sandbox.company_key}/mobiledb/persons/external/{external_id}"

    async def timed() -> float:
        started = time.perf_counter()
        answer = await client.get(target)
        took = time.perf_counter() - started
        answer.raise_for_status()
        return took

    return set_up.workplace.runtime.submit(timed()).result(REQUEST_SECONDS)
