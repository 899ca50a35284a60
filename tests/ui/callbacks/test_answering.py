"""Rows for a question, in an order."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.query import parse
from vibes_desktop.model.errors import StorageError
from vibes_desktop.ui.callbacks.answering import (
    NO_ROWS,
    Change,
    EveryRow,
    Order,
    Wanted,
    answer,
    change_between,
    every_row,
    unreadable_file,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "events.ndjson"
    events = [{"callback_type": kind, "event_id": kind} for kind in ("person_updated", "person_added")]
    place.write_text("".join(json.dumps(event) + "\n" for event in events))
    return place


def test_without_a_question_all_rows_answer(file: Path) -> None:
    with Collection.open([str(file)]) as collection:
        assert answer(Wanted(), collection).rows.tolist() == [0, 1]


def test_the_order_is_that_of_a_column(file: Path) -> None:
    with Collection.open([str(file)]) as collection:
        assert answer(Wanted(None, Order("type")), collection).rows.tolist() == [1, 0]
        assert answer(Wanted(None, Order("type", descending=True)), collection).rows.tolist() == [0, 1]


def test_a_question_leaves_rows_out(file: Path) -> None:
    with Collection.open([str(file)]) as collection:
        found = answer(Wanted(parse("type:person_added"), Order("type")), collection)
    assert found.rows.tolist() == [1]
    assert found.looked_at == 2


def test_a_file_that_stops_being_readable_is_an_error_of_ours() -> None:
    error = unreadable_file(OSError(5, "Input/output error"))
    assert isinstance(error, StorageError)
    assert "input/output error" in error.done


def test_one_answer_follows_from_another() -> None:
    some = np.array([1, 3], dtype=np.int64)
    assert change_between(NO_ROWS, some) is Change.LONGER
    assert change_between(some, np.array([1, 3, 5])) is Change.LONGER
    assert change_between(some, np.array([1, 3])) is Change.SAME
    assert change_between(some, np.array([1, 4, 5])) is Change.ANOTHER
    assert change_between(some, NO_ROWS) is Change.ANOTHER


def test_numbers_of_rows_are_counted_once() -> None:
    numbers = EveryRow()
    first = numbers.upto(100)
    assert first.tolist() == every_row(100).tolist()
    second = numbers.upto(110)
    assert np.shares_memory(second, numbers.upto(120))
    assert numbers.upto(0).tolist() == []
