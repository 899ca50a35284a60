"""Columns in little memory: narrow numbers with a base, a scale and a step; unpacked as one looks at them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]  # of the column's own type
Indices: TypeAlias = npt.NDArray[np.intp] | npt.NDArray[np.int64] | slice
ABSENT_MS = int(np.iinfo(np.int64).min)
SECOND_MS = 1000
ROWS_PER_MARK = 256
NARROW = (np.uint8, np.uint16, np.uint32)


class Pieces(Protocol):
    """Some rows of one column, however they are held."""

    @property
    def rows(self) -> int: ...
    @property
    def nbytes(self) -> int: ...
    def of(self, indices: Indices) -> Array: ...
    def at(self, index: int) -> int: ...


@dataclass(frozen=True, slots=True)
class Packed:
    """Each row is `base + scale * narrow + step * its index`; the largest narrow number may mean absent."""

    rows: int
    dtype: np.dtype[Any]
    narrow: Array | None = field(default=None, repr=False)
    base: int = 0
    scale: int = 1
    step: int = 0
    has_absent: bool = False

    @property
    def nbytes(self) -> int:
        """Count the bytes that the rows take."""
        return 0 if self.narrow is None else self.narrow.nbytes

    @property
    def is_constant(self) -> bool:
        """Tell whether all rows hold the same."""
        return self.narrow is None and self.step == 0

    def of(self, indices: Indices) -> Array:
        """Give these rows; a slice of plain numbers takes no memory."""
        if self.narrow is None:
            return self._computed(indices)
        narrow = self.narrow[indices]
        if self.base == 0 and self.scale == 1 and not self.has_absent:
            return narrow.astype(self.dtype, copy=False)
        found = narrow.astype(np.int64)
        if self.scale != 1:
            found *= self.scale
        found += self.base
        if self.has_absent:
            found[narrow == np.iinfo(narrow.dtype).max] = ABSENT_MS
        return found.astype(self.dtype, copy=False)

    def at(self, index: int) -> int:
        """Give one row."""
        if self.narrow is None:
            return self.base + self.step * index
        number = int(self.narrow[index])
        if self.has_absent and number == np.iinfo(self.narrow.dtype).max:
            return ABSENT_MS
        return self.base + self.scale * number

    def shifted(self, by: int) -> Packed:
        """Add the same to every row."""
        return replace(self, base=self.base + by)

    def recoded(self, table: npt.NDArray[np.int64]) -> Packed:
        """Put other codes in place of these."""
        if self.is_constant:
            return replace(self, base=int(table[self.base]))
        return packed(table[self.of(slice(None))], self.dtype)

    def _computed(self, indices: Indices) -> Array:
        if isinstance(indices, slice):
            begin, end, _ = indices.indices(self.rows)
            count = max(end - begin, 0)
            if self.step == 0:
                return np.broadcast_to(np.array(self.base, self.dtype), count)
            indices = np.arange(begin, begin + count)
        elif self.step == 0:
            return np.full(len(indices), self.base, self.dtype)
        return (self.base + self.step * indices.astype(np.int64)).astype(self.dtype, copy=False)


@dataclass(frozen=True, slots=True)
class Gapless:
    """Where rows begin that follow each other with one byte between them: their lengths tell."""

    lengths: Packed
    base: int
    marks: Array = field(repr=False)  # how far it is from the base to every so-manieth row

    @property
    def rows(self) -> int:
        """Count the rows."""
        return self.lengths.rows

    @property
    def nbytes(self) -> int:
        """Count the bytes beyond those of the lengths."""
        return self.marks.nbytes

    def of(self, indices: Indices) -> Array:
        """Give these rows."""
        found = self.base + _begins(self.lengths.of(slice(None)))
        return found[indices]

    def at(self, index: int) -> int:
        """Give one row."""
        mark = index // ROWS_PER_MARK
        before = self.lengths.of(slice(mark * ROWS_PER_MARK, index))
        return self.base + int(self.marks[mark]) + int(before.sum(dtype=np.int64)) + len(before)


def gapless(lengths: Packed, base: int) -> Gapless:
    """Tell where rows begin by their lengths."""
    return Gapless(lengths, base, _begins(lengths.of(slice(None)))[::ROWS_PER_MARK].copy())


def are_gapless(offsets: Array, lengths: Array) -> bool:
    """Tell whether there is one byte between each two of these rows."""
    return len(offsets) > 1 and bool((offsets[1:] - offsets[:-1] == lengths[:-1] + np.int64(1)).all())


def _begins(lengths: Array) -> npt.NDArray[np.int64]:
    begins = np.zeros(len(lengths), np.int64)
    np.cumsum(lengths[:-1] + np.int64(1), out=begins[1:])
    return begins


def packed(values: Array, dtype: npt.DTypeLike) -> Packed:
    """Choose the narrowest way to hold these numbers; none of them is a time that may be absent."""
    dtype = np.dtype(dtype)
    rows = len(values)
    if not rows:
        return Packed(0, dtype)
    if values.strides == (0,) or (values[0] == values[-1] and bool((values == values[0]).all())):
        return Packed(rows, dtype, base=int(values[0]))
    if dtype == np.uint64:
        return Packed(rows, dtype, _frozen(values.astype(dtype, copy=False)))
    low, high = int(values.min()), int(values.max())
    if high - low == rows - 1 and int(values[0]) == low and bool((values[1:] - values[:-1] == 1).all()):
        return Packed(rows, dtype, base=low, step=1)
    narrow = _narrowest(high - low)
    if low >= 0 and np.dtype(_narrowest(high)).itemsize == np.dtype(narrow).itemsize:
        low = 0
    if np.dtype(narrow).itemsize >= dtype.itemsize:
        return Packed(rows, dtype, _frozen(values.astype(dtype, copy=False)))
    return Packed(rows, dtype, _frozen((values - values.dtype.type(low)).astype(narrow)), base=low)


def packed_times(values: npt.NDArray[np.int64]) -> Packed:
    """Choose the narrowest way to hold times, some of them absent; whole seconds are held as such."""
    present = values != ABSENT_MS
    if present.all():
        return _in_units(values, values, absent=None)
    if not present.any():
        return Packed(len(values), np.dtype(np.int64), base=ABSENT_MS)
    return _in_units(values, values[present], absent=~present)


def _in_units(
    values: npt.NDArray[np.int64], present: npt.NDArray[np.int64], absent: npt.NDArray[np.bool_] | None
) -> Packed:
    if not len(values):
        return Packed(0, np.dtype(np.int64))
    low, high = int(present.min()), int(present.max())
    if low == high and absent is None:
        return Packed(len(values), np.dtype(np.int64), base=low)
    scale = SECOND_MS if low % SECOND_MS == 0 and not (present % SECOND_MS).any() else 1
    narrow = _narrowest((high - low) // scale + 1)  # one more: the largest means absent
    if narrow not in NARROW:
        return Packed(len(values), np.dtype(np.int64), _frozen(values))
    with np.errstate(over="ignore"):
        steps = ((values - low) // scale).astype(narrow)
    if absent is not None:
        steps[absent] = np.iinfo(narrow).max
    return Packed(
        len(values), np.dtype(np.int64), _frozen(steps), base=low, scale=scale, has_absent=absent is not None
    )


def _narrowest(largest: int) -> type[np.unsignedinteger[Any]]:
    for each in NARROW:
        if largest <= np.iinfo(each).max:
            return each
    return np.uint64


def _frozen(values: Array) -> Array:
    """Keep an array of its own that nobody alters."""
    if values.base is not None or not values.flags.owndata:
        values = values.copy()
    values.flags.writeable = False
    return values
