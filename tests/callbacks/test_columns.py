"""Columns: blocks and words put together, cells found in their chunks."""

import numpy as np
import pytest

from vibes_desktop.callbacks import columns as module
from vibes_desktop.callbacks.columns import (
    Builder,
    Columns,
    merged,
)
from vibes_desktop.callbacks.fast import FastRow


def row(listed: str, code: int = 1) -> FastRow:
    """Give a row about a list."""
    return (
        code,
        "E",
        "2026-03-01T10:00:00Z",
        1,
        None,
        "1",
        None,
        "+13125550143",
        listed,
        None,
        None,
        None,
        None,
    )


def test_what_is_the_same_everywhere_takes_no_memory() -> None:
    builder = Builder(0)
    for begin in (0, 100):
        builder.add_fast([row("7")] * 100, (list(range(begin, begin + 100)), [9] * 100, list(range(100))))
    columns = builder.columns()
    assert len(columns) == 200
    assert columns["received"].strides == columns["file"].strides == (0,)
    assert columns["offset"].tolist() == list(range(200))


def test_words_of_parts_become_one_set() -> None:
    parts = []
    for file, lists in enumerate((["a", "b"], ["b", "c", "a"])):
        builder = Builder(file)
        builder.add_fast(
            [row(each) for each in lists], ([0] * len(lists), [1] * len(lists), [1] * len(lists))
        )
        parts.append(builder.columns())
    columns = merged(parts)
    assert [columns.take("list", int(code)) for code in columns["list"]] == ["a", "b", "b", "c", "a"]
    assert columns["file"].tolist() == [0, 0, 1, 1, 1]
    assert len(merged([])) == 0
    assert columns["time"].dtype == np.int64


def built(count: int, begin: int = 0) -> Columns:
    """Make columns of some rows."""
    builder = Builder(0)
    places = list(range(begin, begin + count))
    rows = [row(str(place % 3)) for place in places]
    builder.add_fast(rows, ([place * 100 for place in places], [99] * count, places))
    return builder.columns()


@pytest.mark.parametrize("small", [0, 1 << 13])
def test_rows_are_found_in_their_chunks(small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SMALL_ROWS", small)
    columns = merged(built(count, begin) for begin, count in ((0, 40), (40, 7), (47, 1), (48, 52)))
    assert len(columns) == 100
    for name in ("offset", "position"):
        whole = columns[name]
        assert [columns.at(name, place) for place in range(100)] == whole.tolist()
        assert columns.part(name, 38, 50).tolist() == whole[38:50].tolist()
        for rows in ([99, 0, 47, 46], list(range(99, -1, -1)), []):
            assert columns.of(name, np.array(rows, np.int64)).tolist() == whole[rows].tolist()
    assert columns.word("list", 41) == "2"
    assert columns["offset"].tolist() == list(range(0, 10_000, 100))
    with pytest.raises(IndexError):
        columns.at("offset", 100)
    with pytest.raises(IndexError):
        columns.at("offset", -1)


def test_rows_that_come_one_by_one_do_not_become_as_many_chunks() -> None:
    columns = merged(built(1, place) for place in range(1000))
    assert columns["offset"].tolist() == list(range(0, 100_000, 100))
    assert len(columns.chunks) < 12


def test_rows_take_little_room() -> None:
    assert built(1000).nbytes < 1000 * 70
