"""Columns piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.ui.callbacks.questions.pieces import PIECE_ROWS, Pieces, counts_of, is_gapless

COUNT = PIECE_ROWS + 100


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """Open rows of which every third names another list, more than one piece of them."""
    place: Path = tmp_path_factory.mktemp("pieces") / "events.ndjson"
    lines = (
        '{"event_id":"1","callback_type":"subscription_added","event_date":"2026-01-01T00:00:00Z",'
        f'"subscription":{{"subscription_list":{{"id":"{number % 3 // 2}"}}}}}}'
        for number in range(COUNT)
    )
    place.write_text("\n".join(lines), encoding="utf-8")
    with Collection.open([str(place)], workers=1) as made:
        yield made


def test_pieces_give_all_values_and_can_be_gone_through_again(collection: Collection) -> None:
    whole = collection.columns["list"]
    pieces = Pieces(collection.columns, np.arange(COUNT), "list")
    for _ in range(2):
        assert np.array_equal(np.concatenate(list(pieces)), whole)
    assert [len(piece) for piece in pieces] == [PIECE_ROWS, 100]


def test_rows_in_any_order_are_given_in_that_order(collection: Collection) -> None:
    rows = np.array([5, 2, 9, 2000])
    (piece,) = Pieces(collection.columns, rows, "position")
    assert piece.tolist() == collection.columns["position"][rows].tolist()
    assert list(Pieces(collection.columns, np.arange(0), "position")) == []


def test_codes_are_counted(collection: Collection) -> None:
    words = collection.columns.words["list"]
    counts = counts_of(collection.columns, np.arange(COUNT), "list", len(words))
    assert dict(zip(words, counts.tolist(), strict=True)) == {"": 0, "0": COUNT - COUNT // 3, "1": COUNT // 3}
    some = counts_of(collection.columns, np.array([0, 2, 5]), "list", len(words))
    assert dict(zip(words, some.tolist(), strict=True)) == {"": 0, "0": 1, "1": 2}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], False),
        ([3], True),
        ([3, 4, 5], True),
        ([3, 5], False),
        ([0, 7, 2], False),
        ([0, 2, 1, 3], True),
        ([6, 5, 3, 4], True),
    ],
)
def test_gaps_are_noticed(rows: list[int], expected: bool) -> None:
    assert is_gapless(np.array(rows, np.int64)) is expected
