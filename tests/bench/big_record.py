"""Opening a record with 500 custom fields: until it is painted, and until every field has its row."""

from __future__ import annotations

import statistics
import time

from tests.bench.stage import Stage, stage, wait_for
from tests.bench.table import Row, median_and_spread
from vibes_desktop.sandbox.answers import Json, JsonObject
from vibes_desktop.sandbox.people import DEMO_EXTERNAL_ID

FIELDS = 500
RUNS = 9
WARM_UPS = 1
BIG = "BENCH-500"


def measure() -> list[Row]:
    """Open the large record and ordinary ones in turns."""
    with stage() as set_up:
        set_up.insert(BIG, _many_fields())
        other = set_up.insert_like_the_demo_person(1)
        ordinary: list[float] = []
        painted: list[float] = []
        complete: list[float] = []
        afterwards: list[float] = []
        for _ in range(WARM_UPS + RUNS):
            ordinary.append(set_up.open(other).seconds)
            to_paint, to_end = _open_big(set_up)
            painted.append(to_paint)
            complete.append(to_end)
            afterwards.append(set_up.open(DEMO_EXTERNAL_ID).seconds)
    usual = ordinary[WARM_UPS:]
    return [
        _row(f"opening a record with {FIELDS} custom fields, until painted", painted, usual, "≤ 150 ms"),
        _row("the same, until every field has its row", complete, usual, "–"),
        _row("opening an ordinary record after it", afterwards, usual, "–"),
    ]


def _row(what: str, times: list[float], usual: list[float], aim: str) -> Row:
    kept = times[WARM_UPS:]
    return Row(
        what,
        median_and_spread(kept),
        "an ordinary record after another",
        median_and_spread(usual),
        f"{statistics.median(kept) / statistics.median(usual):.1f} ×",
        aim,
        f"{len(kept)} + {len(usual)}",
    )


def _open_big(set_up: Stage) -> tuple[float, float]:
    """Return the seconds until the record is painted, and until every field has its row."""
    opening = set_up.open(BIG)
    card = set_up.page.record.custom
    wait_for(lambda: card.is_complete and len(card.rows) == FIELDS, f"{FIELDS} rows")
    return opening.seconds, time.perf_counter() - opening.started


def _many_fields() -> JsonObject:
    """Make as many fields as few companies have, of every kind."""
    kinds: tuple[Json, ...] = (
        "A text of usual length",
        42,
        True,
        "2024-02-29T00:00:00Z",
        None,
        {"a": [1, 2]},
    )
    return {f"field_{number:03}": kinds[number % len(kinds)] for number in range(FIELDS)}
