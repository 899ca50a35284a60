"""Packed columns: the same numbers again, whole, in part and one by one, in less room."""

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vibes_desktop.callbacks.packing import (
    ABSENT_MS,
    Array,
    Pieces,
    are_gapless,
    gapless,
    packed,
    packed_times,
)

SECONDS = st.integers(-(10**11), 10**11).map(lambda second: second * 1000)
TIMES = st.lists(SECONDS | st.just(ABSENT_MS)) | st.lists(st.integers(-(2**62), 2**62) | st.just(ABSENT_MS))


def assert_same(held: Pieces, values: Array) -> None:
    """Compare in every way of asking."""
    assert held.rows == len(values)
    assert held.of(slice(None)).dtype == values.dtype
    assert np.array_equal(held.of(slice(None)), values)
    assert np.array_equal(held.of(slice(1, 3)), values[1:3])
    backwards = np.arange(len(values), dtype=np.int64)[::-1]
    assert np.array_equal(held.of(backwards), values[::-1])
    assert [held.at(row) for row in range(len(values))] == values.tolist()


@example((np.uint8, [254, 255]))
@example((np.uint64, [2**64 - 1, 2**64 - 1]))
@given(
    st.sampled_from(
        [
            (np.uint8, 0, 255),
            (np.uint32, 0, 2**32 - 1),
            (np.int64, -(2**62), 2**62),
            (np.uint64, 0, 2**64 - 1),
        ]
    ).flatmap(
        lambda kind: st.tuples(
            st.just(kind[0]), st.lists(st.integers(kind[1], kind[2])) | st.lists(st.integers(0, 3))
        )
    )
)
def test_numbers_come_back(case: tuple[Any, list[int]]) -> None:
    dtype, numbers = case
    values = np.array(numbers, dtype)
    assert_same(packed(values, dtype), values)


@given(TIMES)
def test_times_come_back(times: list[int]) -> None:
    values = np.array(times, np.int64)
    assert_same(packed_times(values), values)


@given(st.integers(0, 2**40), st.integers(1, 50))
def test_what_goes_on_by_one_takes_no_room(first: int, rows: int) -> None:
    values = np.arange(first, first + rows, dtype=np.int64)
    held = packed(values, np.int64)
    assert held.nbytes == 0
    assert_same(held, values)
    assert_same(held.shifted(7), values + 7)


@pytest.mark.parametrize(
    ("values", "nbytes"),
    [
        (np.array([5, 5, 5], np.int64), 0),
        (np.array([1, 2, 255], np.uint16), 3),
        (np.array([10**12, 10**12 + 70_000, 10**12 + 9], np.int64), 12),
        (np.array([0, 2**40, 3], np.int64), 24),
    ],
)
def test_numbers_take_as_little_room_as_they_need(values: Array, nbytes: int) -> None:
    assert packed(values, values.dtype).nbytes == nbytes


def test_seconds_and_absent_times_are_narrow() -> None:
    values = np.array([ABSENT_MS, 1_700_000_000_000, 1_700_000_065_000], np.int64)
    assert packed_times(values).nbytes == 3
    assert packed_times(values[:1]).nbytes == 0


def test_other_codes() -> None:
    table = np.array([0, 300, 7])
    assert packed(np.array([1, 2, 0], np.uint32), np.uint32).recoded(table).of(slice(None)).tolist() == [
        300,
        7,
        0,
    ]
    constant = packed(np.array([2, 2], np.uint32), np.uint32)
    assert constant.is_constant
    assert constant.recoded(table).at(1) == 7


@given(st.integers(0, 2**40), st.lists(st.integers(0, 3000), min_size=2) | st.just([7] * 700))
def test_places_are_told_by_lengths(first: int, numbers: list[int]) -> None:
    lengths = np.array(numbers, np.uint32)
    offsets = first + np.concatenate(([0], np.cumsum(lengths[:-1] + np.int64(1))))
    assert are_gapless(offsets, lengths)
    held = gapless(packed(lengths, np.uint32), first)
    assert_same(held, offsets)
    assert held.nbytes <= 8 * (len(numbers) // 256 + 1)
    offsets[-1] += 1
    assert not are_gapless(offsets, lengths)
