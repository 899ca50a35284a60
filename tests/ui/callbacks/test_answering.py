"""Rows for a question, in an order, piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.query import parse
from vibes_desktop.model.errors import StorageError
from vibes_desktop.ui.callbacks.answering import (
    NO_ROWS,
    GrowingRows,
    Job,
    Order,
    Wanted,
    change_between,
    every_row,
    unreadable_file,
)


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    place = tmp_path / "events.ndjson"
    events = [{"callback_type": kind, "event_id": kind} for kind in ("person_updated", "person_added")]
    place.write_text("".join(json.dumps(event) + "\n" for event in events))
    with Collection.open([str(place)]) as made:
        yield made


def answer(collection: Collection, question: str, order: Order | None = None, begin: int = 0) -> list[int]:
    job = Job(Wanted(parse(question) if question else None, order), collection, begin)
    pieces = list(job.pieces())
    assert [piece.is_last for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    assert pieces[-1].looked_at == len(collection)
    return [row for piece in pieces for row in piece.rows.tolist()]


@pytest.mark.parametrize(
    ("question", "order", "rows"),
    [
        ("", None, [0, 1]),
        ("", Order("type"), [1, 0]),
        ("", Order("type", descending=True), [0, 1]),
        ("type:person_added", None, [1]),
        ("type:person_*", Order("type"), [1, 0]),
        ("person_added", None, [1]),
        ("nothing", None, []),
    ],
)
def test_rows_answer_in_their_order(
    collection: Collection, question: str, order: Order | None, rows: list[int]
) -> None:
    assert answer(collection, question, order) == rows


def test_rows_that_came_later_are_answered_alone(collection: Collection) -> None:
    assert answer(collection, "type:person_*", begin=1) == [1]


def test_an_answer_can_be_given_up(collection: Collection) -> None:
    job = Job(Wanted(parse("person_added"), Order("type")), collection)
    job.given_up.set()
    assert not any(piece.is_last for piece in job.pieces())


def test_a_file_that_stops_being_readable_is_an_error_of_ours() -> None:
    error = unreadable_file(OSError(5, "Input/output error"))
    assert isinstance(error, StorageError)
    assert "input/output error" in error.done


def test_one_answer_follows_from_another() -> None:
    some = np.array([1, 3], dtype=np.int64)
    assert change_between(NO_ROWS, some) == 2
    assert change_between(some, np.array([1, 3, 5])) == 1
    assert change_between(some, np.array([1, 3])) == 0
    assert change_between(some, np.array([1, 4, 5])) is None
    assert change_between(some, NO_ROWS) is None


def test_rows_that_were_handed_out_stay_what_they_were() -> None:
    growing = GrowingRows()
    growing.add_upto(3)
    first = growing.rows
    growing.add(np.array([7, 9], dtype=np.int64))
    growing.add(np.array([11], dtype=np.int64))
    assert first.tolist() == [0, 1, 2]
    assert growing.rows.tolist() == [0, 1, 2, 7, 9, 11]
    assert every_row(3).tolist() == first.tolist()


def test_numbers_of_rows_are_not_counted_anew() -> None:
    growing = GrowingRows()
    growing.add_upto(100)
    growing.add_upto(101)
    before = growing.rows
    growing.add_upto(110)
    assert np.shares_memory(before, growing.rows)
    growing.add_upto(50)
    assert growing.rows.tolist() == list(range(110))
