"""Two periods beside each other."""

import json
from pathlib import Path

import numpy as np
import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.dates import parse_ms
from vibes_desktop.callbacks.periods import WEEK_MS, Contribution, Period, contributions
from vibes_desktop.callbacks.views import Counting, TimeBasis

EVENTS = [  # day, hour, list, event
    (3, 9, "A", "1"),
    (3, 10, "B", "2"),
    (10, 9, "A", "3"),
    (10, 9, "A", "4"),
    (10, 9, "A", "4"),
    (10, 9, "A", "5"),
    (10, 23, None, "6"),
    (12, 9, "A", "7"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write events of two Tuesdays, one of them delivered twice."""
    lines = []
    for day, hour, listed, event in EVENTS:
        value = {
            "callback_type": "subscription_removed",
            "event_id": event,
            "event_date": f"2026-11-{day:02}T{hour:02}:00:00Z",
            "subscription": {"person": {"id": "1"}, "subscription_list": {"id": listed} if listed else {}},
        }
        lines.append(json.dumps(value))
    (tmp_path / "a.ndjson").write_text("\n".join(lines))
    return tmp_path / "a.ndjson"


def day(number: int) -> Period:
    """Give one day."""
    begin = parse_ms(f"2026-11-{number:02}T00:00:00Z") or 0
    return Period(begin, begin + 86_400_000)


def test_what_contributes_most_comes_first(file: Path) -> None:
    with Collection.open([str(file)]) as collection:
        rows = np.arange(len(collection), dtype=np.int64)
        before, after = day(10).week_before(), day(10)
        assert before == day(3)
        found = contributions(collection.columns, rows, "list", before, after)
        assert found == (Contribution("A", 1, 3), Contribution(None, 0, 1), Contribution("B", 1, 0))
        assert [each.change for each in found] == [2, 1, -1]
        (first, *_) = contributions(
            collection.columns, rows, "list", before, after, counting=Counting.DELIVERIES
        )
        assert first == Contribution("A", 1, 4)


def test_hours_of_the_day_in_a_zone(file: Path) -> None:
    with Collection.open([str(file)]) as collection:
        rows = np.arange(len(collection), dtype=np.int64)
        found = contributions(collection.columns, rows, "hour", day(3), day(10), zone_ms=3_600_000)
        assert found == (
            Contribution("10:00", 1, 3),
            Contribution("00:00", 0, 1),
            Contribution("11:00", 1, 0),
        )


def test_a_longer_period_goes_back_whole_weeks() -> None:
    period = Period(0, WEEK_MS + 1)
    assert period.week_before() == Period(-2 * WEEK_MS, 1 - WEEK_MS)


def test_an_event_counts_where_it_came_first(tmp_path: Path) -> None:
    def arrived(day: int, event: str) -> str:
        body = {"callback_type": "person_added", "event_id": event, "person": {"person_id": "1"}}
        return json.dumps({"time": f"2026-11-{day:02}T10:00:00Z", "body": body})

    (tmp_path / "a.ndjson").write_text("\n".join((arrived(3, "1"), arrived(10, "1"), arrived(10, "2"))))
    with Collection.open([str(tmp_path)]) as collection:
        rows = np.arange(3)[::-1]
        for counting, counts in {
            Counting.EVENTS: (1, 1),
            Counting.DELIVERIES: (1, 2),
            Counting.PEOPLE: (1, 1),
        }.items():
            (found,) = contributions(
                collection.columns, rows, "type", day(3), day(10), counting=counting, basis=TimeBasis.RECEIVED
            )
            assert (found.before, found.after) == counts
