"""Combinations of identifiers: each held once, every row's own ones come back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks import identities as module
from vibes_desktop.callbacks.columns import Builder
from vibes_desktop.callbacks.identities import IDENTIFIERS, Identities, held_apart, identified
from vibes_desktop.callbacks.packing import Array

Rows = list[tuple[int, int, int, int]]
NUMBERS = st.integers(0, 3) | st.integers(0, 2**64 - 1)
ROWS: st.SearchStrategy[Rows] = st.lists(
    st.tuples(NUMBERS, NUMBERS, NUMBERS, st.integers(-1, 3) | st.integers(-1, 2**62))
)


def columns_of(rows: Rows) -> tuple[Array, ...]:
    """Make a column of each identifier."""
    columns = zip(*rows, strict=True) if rows else ((), (), (), ())
    dtypes = (np.uint64, np.uint64, np.uint64, np.int64)
    return tuple(np.array(values, dtype) for values, dtype in zip(columns, dtypes, strict=True))


@given(ROWS, ROWS)
def test_every_row_comes_back_and_each_combination_is_held_once(first: Rows, second: Rows) -> None:
    identities = Identities()
    for rows in (first, second, first):
        columns = columns_of(rows)
        held = identified(columns, identities)
        for pieces, column in zip(held, columns, strict=True):
            assert pieces.rows == len(rows)
            assert np.array_equal(pieces.of(slice(None)), column)
            assert [pieces.at(row) for row in range(len(rows))] == column.tolist()
    assert identities.count == len({*first, *second})


def test_many_of_them_make_room_for_themselves() -> None:
    identities = Identities()
    for begin in range(0, 300_000, 50_000):
        numbers = np.arange(begin, begin + 100_000, dtype=np.uint64)
        columns = (numbers, numbers * np.uint64(3), numbers % np.uint64(7), numbers.astype(np.int64))
        assert np.array_equal(identified(columns, identities)[1].of(slice(None)), columns[1])
    assert identities.count == 350_000


def test_they_say_when_it_is_of_no_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY", 1000)
    identities = Identities()
    new = columns_of([(number, 0, 0, 0) for number in range(2000)])
    identities.codes(new)
    assert not identities.is_worthwhile
    identities.codes(new)
    assert identities.is_worthwhile


def test_columns_hold_them_together_with_the_rest() -> None:
    row = (1, "E", None, 1, "key", "1", "ext", "+13125550143", None, None, None, None, None)
    builder = Builder(0)
    builder.add_fast([row] * 3 + [(*row[:5], "2", *row[6:])], ([0, 1, 2, 3], [1] * 4, [1, 2, 3, 4]))
    columns = builder.columns()
    held = held_apart(columns, Identities())
    for name in (*IDENTIFIERS, "offset", "type"):
        assert np.array_equal(held[name], columns[name])
        assert held.at(name, 3) == columns.at(name, 3)
    assert held.nbytes < columns.nbytes
