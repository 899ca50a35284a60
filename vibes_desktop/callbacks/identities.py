"""Who rows are about, each combination of identifiers held once: few people, many payloads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.columns import Columns
from vibes_desktop.callbacks.packing import Array, Indices, Packed, packed

IDENTIFIERS = ("key", "person", "external", "mdn")
DTYPES = (np.uint64, np.uint64, np.uint64, np.int64)
FIRST_SLOTS = 1 << 16
MANY, MOSTLY_NEW = 1_000_000, 0.7  # so many, most of them seen once: holding them apart saves nothing

Codes: TypeAlias = npt.NDArray[np.int64]
Hashes: TypeAlias = npt.NDArray[np.uint64]


class Identities:
    """A growing set of combinations; one thread adds, and codes that were given stay good for all."""

    def __init__(self) -> None:
        self.values: tuple[Array, ...] = tuple(np.empty(0, dtype) for dtype in DTYPES)
        self.count = 0
        self.is_worthwhile = True
        self._mixed = np.empty(0, np.uint64)
        self._slots = np.zeros(FIRST_SLOTS, np.uint32)  # the code and one more; 0 is free

    @property
    def nbytes(self) -> int:
        """Count the bytes in use."""
        return self.count * (len(DTYPES) + 1) * np.dtype(np.uint64).itemsize + self._slots.nbytes

    def codes(self, columns: tuple[Array, ...]) -> Codes:
        """Give a code for each row's combination; new ones are added."""
        before, mixed = self.count, _mixed(columns)
        self._make_room(before + len(mixed))
        found = self._looked_up(mixed, columns)
        self.is_worthwhile = self.count < MANY or self.count - before < MOSTLY_NEW * len(mixed)
        return found

    def _looked_up(self, mixed: Hashes, columns: tuple[Array, ...]) -> Codes:
        """Look in each row's slot, then in the ones after it; a free one is taken."""
        last = len(self._slots) - 1
        places = (mixed & np.uint64(last)).astype(np.int64)
        codes = np.full(len(mixed), -1, np.int64)
        pending = np.arange(len(mixed))
        while len(pending):
            held = self._slots[places[pending]].astype(np.int64) - 1
            free = held < 0
            self._take(pending[free], places, codes, mixed, columns)
            taken, held = pending[~free], held[~free]
            known = self._mixed[held] == mixed[taken]
            codes[taken[known]] = held[known]
            places[taken[~known]] = (places[taken[~known]] + 1) & last
            pending = pending[codes[pending] < 0]
        return codes

    def _take(
        self, rows: Codes, places: Codes, codes: Codes, mixed: Hashes, columns: tuple[Array, ...]
    ) -> None:
        """Add the combinations of these rows to free slots; of several for one slot, one gets it."""
        self._slots[places[rows]] = rows + 1
        won = rows[self._slots[places[rows]] == rows + 1]
        codes[won] = np.arange(self.count, self.count + len(won))
        self._slots[places[won]] = codes[won] + 1
        end = self.count + len(won)
        self._mixed[self.count : end] = mixed[won]
        for values, column in zip(self.values, columns, strict=True):
            values[self.count : end] = column[won]
        self.count = end

    def _make_room(self, count: int) -> None:
        """Have slots for twice as many; room that is not used yet takes no memory."""
        if count > len(self._mixed):
            room = max(count, len(self._mixed) * 2)
            self._mixed = _longer(self._mixed, room)
            self.values = tuple(_longer(values, room) for values in self.values)
        if count * 2 > len(self._slots):
            self._slots = np.zeros(1 << int(count * 2).bit_length(), np.uint32)
            self._fill_slots()

    def _fill_slots(self) -> None:
        last = len(self._slots) - 1
        pending = np.arange(self.count)
        places = (self._mixed[: self.count] & np.uint64(last)).astype(np.int64)
        while len(pending):
            free = pending[self._slots[places[pending]] == 0]
            self._slots[places[free]] = free + 1
            pending = pending[self._slots[places[pending]] != pending + 1]
            places[pending] = (places[pending] + 1) & last


def _mixed(columns: tuple[Array, ...]) -> Hashes:
    """Condense the columns to 64 bits a row."""
    mixed = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        mixed ^= column.view(np.uint64)
        mixed *= np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _longer(values: Array, room: int) -> Array:
    longer = np.empty(room, values.dtype)
    longer[: len(values)] = values
    return longer


@dataclass(frozen=True, slots=True)
class Identified:
    """One identifier of some rows, by the code of their combination."""

    codes: Packed
    identities: Identities = field(repr=False)
    which: int

    @property
    def rows(self) -> int:
        """Count the rows."""
        return self.codes.rows

    @property
    def nbytes(self) -> int:
        """Count the bytes of the codes, which the columns share."""
        return self.codes.nbytes if self.which == 0 else 0

    def of(self, indices: Indices) -> Array:
        """Give these rows."""
        found: Array = self.identities.values[self.which][self.codes.of(indices)]
        return found

    def at(self, index: int) -> int:
        """Give one row."""
        return int(self.identities.values[self.which][self.codes.at(index)])


def identified(columns: tuple[Array, ...], identities: Identities) -> tuple[Identified, ...]:
    """Hold identifiers by their combinations."""
    codes = packed(identities.codes(columns), np.int64)
    return tuple(Identified(codes, identities, which) for which in range(len(columns)))


def held_apart(columns: Columns, identities: Identities) -> Columns:
    """Hold the identifiers of all rows by their combinations."""
    whole = slice(None)
    chunks = []
    for chunk in columns.chunks:
        found = identified(tuple(chunk[name].of(whole) for name in IDENTIFIERS), identities)
        chunks.append({**chunk, **dict(zip(IDENTIFIERS, found, strict=True))})
    return Columns(chunks, columns.words)
