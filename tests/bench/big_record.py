"""Opening a record with 500 custom fields: until it is painted, and until every field has its row."""

from __future__ import annotations

import statistics
import time

from tests.bench.stage import Stage, stage
from tests.bench.table import Row, median_and_spread
from vibes_desktop.sandbox.answers import Json, JsonObject
from vibes_desktop.sandbox.people import DEMO_EXTERNAL_ID
from vibes_desktop.sandbox.persons import PersonRecord

FIELDS = 500
RUNS = 9
WARM_UPS = 1
BIG = "BENCH-500"


def measure() -> list[Row]:
    """Open the large record and an ordinary one in turns."""
    with stage() as set_up:
        _insert(set_up)
        ordinary: list[float] = []
        painted: list[float] = []
        complete: list[float] = []
        for _ in range(WARM_UPS + RUNS):
            ordinary.append(set_up.open(DEMO_EXTERNAL_ID).seconds)
            to_paint, to_end = _open_big(set_up)
            painted.append(to_paint)
            complete.append(to_end)
    ordinary, painted, complete = ordinary[WARM_UPS:], painted[WARM_UPS:], complete[WARM_UPS:]
    against = "an ordinary record, painted"
    usual = statistics.median(ordinary)
    return [
        Row(
            what,
            median_and_spread(times),
            against,
            median_and_spread(ordinary),
            f"{statistics.median(times) / usual:.1f} ×",
            aim,
            f"{RUNS} + {RUNS}",
        )
        for what, times, aim in (
            (f"opening a record with {FIELDS} custom fields, until painted", painted, "≤ 150 ms"),
            ("the same, until every field has its row", complete, "–"),
        )
    ]


def _open_big(set_up: Stage) -> tuple[float, float]:
    """Return the seconds until the record is painted, and until every field has its row."""
    opening = set_up.open(BIG)
    card = set_up.page.record.custom
    set_up.wait(lambda: card.is_complete and len(card.rows) == FIELDS, f"{FIELDS} rows")
    return opening.seconds, time.perf_counter() - opening.started


def _insert(set_up: Stage) -> None:
    """Give the platform somebody with as many fields as few companies have."""
    kinds: tuple[Json, ...] = (
        "A text of usual length",
        42,
        True,
        "2024-02-29T00:00:00Z",
        None,
        {"a": [1, 2]},
    )
    values: JsonObject = {f"field_{number:03}": kinds[number % len(kinds)] for number in range(FIELDS)}
    set_up.sandbox.platform.people.insert(
        PersonRecord(
            person_key=BIG,
            person_id=BIG,
            external_person_id=BIG,
            custom_fields=values,
            created_at="2024-01-01T00:00:00Z",
            updated_at="2024-01-01T00:00:00Z",
        )
    )
