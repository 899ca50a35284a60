"""Sorting by any column."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.judged import Judged
from vibes_desktop.callbacks.judging import Judging, put
from vibes_desktop.callbacks.live import index_captures
from vibes_desktop.model.capture import Capture, CaptureId, Delivery
from vibes_desktop.ui.callbacks.sorting import Rows, sorting
from vibes_desktop.ui.callbacks.table_columns import TRAITS, Field

PEOPLE = ("m", "b", "", "z", "a")


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """Two files; the fourth payload needs a repair, the fifth is a second attempt."""
    events = [
        {
            "callback_type": "person_updated",
            "event_id": f"event-{who}" if who else "",
            "delivery_attempt": "2" if who == "a" else "1",
            "person": {"external_person_id": who, "person_key": f"key-{who}"} if who else {},
        }
        for who in PEOPLE
    ]
    lines = [json.dumps(event) for event in events]
    lines[3] = lines[3][:-1] + ",}"
    (tmp_path / "b.ndjson").write_text("\n".join(lines[:3]) + "\n")
    (tmp_path / "a.ndjson").write_text("\n".join(lines[3:]) + "\n")
    with Collection.open([str(tmp_path / "b.ndjson"), str(tmp_path / "a.ndjson")]) as made:
        yield made


def sorted_rows(collection: Collection, rows: Rows, name: str, *, descending: bool = False) -> Rows:
    steps = sorting(collection, rows, name, descending=descending)
    while True:
        try:
            assert 0 <= next(steps) <= 1
        except StopIteration as end:
            found: Rows = end.value
            return found


@pytest.mark.parametrize(
    ("name", "ascending", "descending"),
    [
        ("external", [4, 1, 0, 3, 2], [3, 0, 1, 4, 2]),
        ("key", [4, 1, 0, 3, 2], [3, 0, 1, 4, 2]),
        ("event", [4, 1, 0, 3, 2], [3, 0, 1, 4, 2]),
        ("state", [4, 3, 0, 1, 2], [3, 4, 0, 1, 2]),
        ("file", [3, 4, 0, 1, 2], [0, 1, 2, 3, 4]),
    ],
)
def test_columns_that_are_no_numbers(
    collection: Collection, name: str, ascending: list[int], descending: list[int]
) -> None:
    rows = np.arange(5, dtype=np.int64)
    assert sorted_rows(collection, rows, name).tolist() == ascending
    assert sorted_rows(collection, rows, name, descending=True).tolist() == descending


def test_rows_with_findings_come_first_once_they_are_judged(collection: Collection) -> None:
    rows = np.arange(5, dtype=np.int64)
    assert sorted_rows(collection, rows, "findings").tolist() == [0, 1, 2, 3, 4]
    collection.judged = Judged()
    for step in Judging(collection, workers=1).steps():
        put(collection.judged, step)
    first = sorted_rows(collection, rows, "findings").tolist()
    known = [bool(collection.judged.codes(row)) for row in first]
    assert known == sorted(known, reverse=True)


def test_the_lag_sorts_by_time_and_absent_ones_come_last() -> None:
    dates = ("00:00:10", "00:00:59", "", "00:00:30")  # the second is sent after it was received
    bodies = [
        b'{"callback_type":"person_added","event_date":"2026-02-01T%sZ"}' % date.encode() for date in dates
    ]
    moment = 1_769_904_040_000_000  # 00:00:40 of that day
    captures = [
        Capture(CaptureId(number), Delivery(moment, "127.0.0.1", 1, "POST", "/", b"", body))
        for number, body in enumerate(bodies, 1)
    ]
    with Collection() as collection:
        collection.grow(index_captures(captures, 0, "live"))
        rows = np.arange(4, dtype=np.int64)
        assert sorted_rows(collection, rows, "lag").tolist() == [1, 3, 0, 2]
        assert sorted_rows(collection, rows, "lag", descending=True).tolist() == [0, 3, 1, 2]


@pytest.mark.parametrize("field", Field)
def test_every_column_of_the_table_can_be_sorted_by(collection: Collection, field: Field) -> None:
    rows = np.arange(5, dtype=np.int64)
    assert sorted(sorted_rows(collection, rows, TRAITS[field].order).tolist()) == [0, 1, 2, 3, 4]


def test_no_rows_are_sorted_too(collection: Collection) -> None:
    for field in Field:
        assert sorted_rows(collection, np.empty(0, np.int64), TRAITS[field].order).tolist() == []
