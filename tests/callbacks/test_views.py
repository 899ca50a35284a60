"""Facets, histogram, sorting and grouping, compared with plain Python over the payloads."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import ABSENT_MS
from vibes_desktop.callbacks.dates import iso_seconds
from vibes_desktop.callbacks.judged import BITS, Judged
from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.callbacks.pile import Pile
from vibes_desktop.callbacks.views import (
    Counting,
    Group,
    TimeBasis,
    facet,
    groups,
    histogram,
    ordered,
    stable_order,
)

GENERATOR = Path(__file__).parent.parent.parent / "scripts" / "bench-events"
HOUR_MS = 3_600_000


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Collection, list[Payload]]]:
    """Open our samples and some generated events; give the payloads beside."""
    file = tmp_path_factory.mktemp("events") / "events.ndjson"
    subprocess.run([sys.executable, GENERATOR, file, "1500", "5"], check=True)
    paths = [str(Path(__file__).parent.parent.parent / "resources" / "samples"), str(file)]
    with Collection.open(paths) as collection:
        yield collection, list(Pile(paths).payloads(judged=False))


def every(collection: Collection) -> "np.typing.NDArray[np.int64]":
    """Give all rows."""
    return np.arange(len(collection), dtype=np.int64)


def test_facets(both: tuple[Collection, list[Payload]]) -> None:
    collection, payloads = both
    rows = every(collection)
    assert dict(facet(collection, rows, "type")) == Counter(
        each.callback_type for each in payloads if each.callback_type
    )
    assert dict(facet(collection, rows, "reason")) == Counter(
        each.facts.opt_out_reason for each in payloads if each.facts.opt_out_reason
    )
    assert dict(facet(collection, rows, "source")) == Counter(each.source for each in payloads)
    counts = [count for _, count in facet(collection, rows, "list")]
    assert counts == sorted(counts, reverse=True)
    assert facet(collection, rows[:0], "list") == ()


@pytest.mark.parametrize("basis", TimeBasis)
def test_a_histogram_counts_every_row_with_that_time_once(
    basis: TimeBasis, both: tuple[Collection, list[Payload]]
) -> None:
    collection, payloads = both
    bars = histogram(collection.columns, every(collection), 40, basis)
    times = {
        TimeBasis.EVENT: [each.facts.event_ms for each in payloads],
        TimeBasis.RECEIVED: [each.wrapping.received_ms for each in payloads],
        TimeBasis.OPT_OUT: [each.facts.opt_out_ms for each in payloads],
    }[basis]
    assert 0 < len(bars) <= 40
    for bar in bars:
        assert bar.count == sum(1 for each in times if each is not None and bar.begin_ms <= each < bar.end_ms)
    assert sum(bar.count for bar in bars) == sum(1 for each in times if each is not None)


def test_a_histogram_of_nothing(both: tuple[Collection, list[Payload]]) -> None:
    assert histogram(both[0].columns, every(both[0])[:0], 10) == ()


@pytest.mark.parametrize("descending", [False, True])
def test_sorting(descending: bool, both: tuple[Collection, list[Payload]]) -> None:
    collection, payloads = both
    rows = ordered(collection.columns, every(collection), "time", descending=descending).tolist()
    times = [payloads[row].facts.event_ms for row in rows]
    present = [each for each in times if each is not None]
    assert present == sorted(present, reverse=descending)
    assert times[len(present) :] == [None] * (len(times) - len(present))
    lists = [
        payloads[row].facts.list_id
        for row in ordered(collection.columns, every(collection), "list", descending=descending)
    ]
    known = [each for each in lists if each]
    assert known == sorted(known, reverse=descending)
    assert lists[: len(known)] == known
    assert sorted(rows) == list(range(len(payloads)))


def test_groups_by_day_and_type(both: tuple[Collection, list[Payload]]) -> None:
    collection, payloads = both
    found = groups(collection.columns, every(collection), ["day", "type"])
    expected = Counter(
        (
            iso_seconds(each.facts.event_ms)[:10] if each.facts.event_ms is not None else None,
            each.callback_type,
        )
        for each in payloads
    )
    assert {group.keys: group.count for group in found} == expected
    assert [group.count for group in found] == sorted(expected.values(), reverse=True)


def test_groups_in_another_zone(both: tuple[Collection, list[Payload]]) -> None:
    collection, payloads = both
    found = groups(collection.columns, every(collection), ["hour"], zone_ms=-5 * HOUR_MS)
    times = [each.facts.event_ms for each in payloads]
    assert {group.keys[0]: group.count for group in found} == Counter(
        iso_seconds(each - 5 * HOUR_MS)[:13] if each is not None else None for each in times
    )


def test_distinct_events_and_people(both: tuple[Collection, list[Payload]]) -> None:
    collection, payloads = both
    (events,) = (
        sum(
            group.count for group in groups(collection.columns, every(collection), ["type"], Counting.EVENTS)
        ),
    )
    named = [(each.facts.event_id, each.callback_type) for each in payloads if each.facts.event_id]
    assert events == len(set(named)) + len(payloads) - len(named)
    people = sum(
        group.count for group in groups(collection.columns, every(collection), ["type"], Counting.PEOPLE)
    )
    assert people < events


def test_groups_of_nothing(both: tuple[Collection, list[Payload]]) -> None:
    assert groups(both[0].columns, every(both[0])[:0], ["day"]) == ()
    assert groups(both[0].columns, every(both[0]), []) == (Group((), len(both[0])),)


def test_people_are_joined_before_they_are_counted(tmp_path: Path) -> None:
    people = [
        {"person_id": "1"},
        {"person_id": "1", "external_person_id": "X"},
        {"external_person_id": "X"},
        {},
        {},
    ]
    events = [{"callback_type": "person_added", "person": person} for person in people]
    (tmp_path / "a.ndjson").write_text("".join(json.dumps(event) + "\n" for event in events))
    with Collection.open([str(tmp_path)]) as collection:
        rows = np.array([0, 2, 3, 4])
        assert groups(collection.columns, rows, ["type"], Counting.PEOPLE) == (Group(("person_added",), 3),)


def test_findings_are_counted_as_far_as_they_are_known(both: tuple[Collection, list[Payload]]) -> None:
    collection, _ = both
    assert facet(collection, every(collection), "finding") == ()
    collection.judged = Judged()
    collection.judged.put(0, np.array([BITS["cut_off"], 0, BITS["cut_off"]], np.uint32))
    assert facet(collection, every(collection), "finding") == (("cut_off", 2),)
    collection.judged = None


def test_groups_by_attempt_and_by_the_day_of_arrival(tmp_path: Path) -> None:
    lines = [
        {"time": "2026-03-05T10:00:00Z", "body": {"callback_type": "person_added", "delivery_attempt": "2"}},
        {
            "time": "2026-03-05T11:00:00Z",
            "body": {"callback_type": "person_added", "event_date": "2026-03-01T00:00Z"},
        },
    ]
    (tmp_path / "a.ndjson").write_text("".join(json.dumps(line) + "\n" for line in lines))
    with Collection.open([str(tmp_path)]) as collection:
        found = groups(collection.columns, every(collection), ["attempt", "day"], basis=TimeBasis.RECEIVED)
    assert found == (Group((None, "2026-03-05"), 1), Group(("2", "2026-03-05"), 1))


@pytest.mark.parametrize("most", [1, 60, 1 << 16, 1 << 20, 1 << 40, (1 << 64) - 1])
def test_many_numbers_are_ordered_as_few(most: int) -> None:
    values = np.random.default_rng(1).integers(0, most, 20_000, np.uint64, endpoint=True)
    for each in (values, np.sort(values), np.sort(values)[::-1], values[:50], values[:0]):
        assert stable_order(each).tolist() == np.argsort(each, kind="stable").tolist()


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", ["time", "opt_out", "list", "mdn", "event", "attempt", "position"])
def test_each_column_sorts_and_keeps_the_order_of_equals(
    name: str, descending: bool, both: tuple[Collection, list[Payload]]
) -> None:
    collection, _ = both
    columns, rows = collection.columns, every(collection)
    values = columns[name].tolist()
    words = columns.words.get(name)
    absent = {"time": ABSENT_MS, "opt_out": ABSENT_MS, "position": -1}.get(name, 0)

    def key(row: int) -> tuple[bool, Any]:
        value = words[values[row]] if words else values[row]
        return values[row] == absent, value

    present = sorted((row for row in rows.tolist() if not key(row)[0]), key=key)
    if descending:
        present.sort(key=key, reverse=True)
    expected = [*present, *(row for row in rows.tolist() if key(row)[0])]
    assert ordered(columns, rows, name, descending=descending).tolist() == expected
