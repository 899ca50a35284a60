"""What is known of every row without reading it again: one typed array for each column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from enum import IntFlag
from functools import reduce
from itertools import accumulate
from typing import Self, TypeAlias

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.callback_types import TYPES
from vibes_desktop.callbacks.fast import FastRow
from vibes_desktop.callbacks.packing import ABSENT_MS as ABSENT_MS
from vibes_desktop.callbacks.packing import Array as Array
from vibes_desktop.callbacks.packing import Packed, Pieces, are_gapless, gapless, packed, packed_times
from vibes_desktop.callbacks.payload import Kind, Payload
from vibes_desktop.callbacks.text_columns import MAX_MDN_DIGITS as MAX_MDN_DIGITS
from vibes_desktop.callbacks.text_columns import ODD_NUMBER as ODD_NUMBER
from vibes_desktop.callbacks.text_columns import hashes as hashes
from vibes_desktop.callbacks.text_columns import number_of as number_of
from vibes_desktop.callbacks.text_columns import numbers, times

Places: TypeAlias = Sequence[int] | npt.NDArray[np.int64]
ROWS_PER_CHUNK = 1 << 16
SMALL_ROWS = 1 << 13  # chunks that together have no more become one: a collection may grow row by row
FEW = 8  # rows asked for by number are looked up chunk by chunk where they are so much fewer than all
KINDS = tuple(Kind)
DAY_MS = 86_400_000


class Mark(IntFlag):
    """What is special about a row. FULL: it was read in full, and its text isn't simply its place."""

    FULL = 1
    REPAIRED = 2
    CUT_OFF = 4
    UNWRAPPED = 8


DTYPES: dict[str, npt.DTypeLike] = {
    "file": np.uint16,
    "offset": np.int64,
    "length": np.uint32,
    "part": np.uint16,
    "position": np.uint32,
    "kind": np.uint8,
    "mark": np.uint8,
    "type": np.uint16,
    "attempt": np.uint16,
    "answered": np.uint16,
    "time": np.int64,
    "received": np.int64,
    "opt_in": np.int64,
    "opt_out": np.int64,
    "event": np.uint64,
    "key": np.uint64,
    "person": np.uint64,
    "external": np.uint64,
    "mdn": np.int64,
    "list": np.uint32,
    "campaign": np.uint32,
    "reason": np.uint16,
}
WORDED = ("type", "list", "campaign", "reason")
TIMES = frozenset(("time", "received", "opt_in", "opt_out"))
EMPTY_VALUES = {"received": ABSENT_MS, "opt_in": ABSENT_MS, "opt_out": ABSENT_MS, "answered": 0, "part": 0}


Chunk: TypeAlias = Mapping[str, Pieces]  # some rows next to each other: every column of them


class Columns:
    """Typed columns, and the words that the coded ones stand for (code 0: absent). Nothing in it changes."""

    __slots__ = ("_starts", "chunks", "words")

    def __init__(self, chunks: Sequence[Chunk] = (), words: Mapping[str, list[str]] | None = None) -> None:
        self.chunks = tuple(chunk for chunk in chunks if _rows(chunk))
        self.words = {name: [""] for name in WORDED} if words is None else dict(words)
        self._starts = list(accumulate((_rows(chunk) for chunk in self.chunks), initial=0))

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, Array], words: Mapping[str, list[str]]) -> Self:
        """Pack arrays, all of one length."""
        rows = len(arrays["offset"])
        chunks = [
            _packed_chunk({name: arrays[name][begin : begin + ROWS_PER_CHUNK] for name in DTYPES})
            for begin in range(0, rows, ROWS_PER_CHUNK)
        ]
        return cls(chunks, words)

    def __len__(self) -> int:
        return self._starts[-1]

    def __getitem__(self, name: str) -> Array:
        """Give one whole column, unpacked; one that holds the same everywhere takes no memory."""
        return self.part(name, 0, len(self))

    @property
    def nbytes(self) -> int:
        """Count the bytes that the rows take."""
        return sum(pieces.nbytes for chunk in self.chunks for pieces in chunk.values())

    def part(self, name: str, begin: int, end: int) -> Array:
        """Give a part of a column, from `begin` to before `end`."""
        pieces = [
            (chunk[name], max(begin - start, 0), min(end - start, chunk[name].rows))
            for chunk, start in zip(self.chunks, self._starts, strict=False)
            if start < end and start + chunk[name].rows > begin
        ]
        if not pieces:
            return np.empty(0, DTYPES[name])
        return _joined([piece.of(slice(first, last)) for piece, first, last in pieces], DTYPES[name])

    def at(self, name: str, row: int) -> int:
        """Give one cell, without unpacking more. Raises IndexError."""
        if not 0 <= row < len(self):
            raise IndexError(row)
        chunk = bisect_right(self._starts, row) - 1
        return self.chunks[chunk][name].at(row - self._starts[chunk])

    def of(self, name: str, rows: npt.NDArray[np.int64]) -> Array:
        """Give a column's values for some rows, in their order."""
        if len(rows) * FEW > len(self):
            found: Array = self[name][rows]
            return found
        found = np.empty(len(rows), DTYPES[name])
        holders = np.searchsorted(self._starts, rows, "right") - 1
        for chunk in np.unique(holders).tolist():
            chosen = holders == chunk
            found[chosen] = self.chunks[chunk][name].of(rows[chosen] - self._starts[chunk])
        return found

    def take(self, name: str, code: int) -> str | None:
        """Give the word of a code."""
        return self.words[name][code] or None

    def word(self, name: str, row: int) -> str | None:
        """Give the word in one cell of a coded column."""
        return self.take(name, self.at(name, row))

    def plus(self, other: Columns) -> Columns:
        """Put more rows after these; codes that were given stay as they are."""
        if not self.chunks:
            return other
        added = other.in_words(self.words)
        held, chunks = list(self.chunks), list(added.chunks)
        while held and chunks and _rows(held[-1]) <= _rows(chunks[0]) <= SMALL_ROWS - _rows(held[-1]):
            chunks[0] = _as_one(held.pop(), chunks[0])
        return Columns((*held, *chunks), added.words)

    def in_words(self, words: Mapping[str, list[str]]) -> Columns:
        """Use the codes of these words, which more may follow."""
        together, tables = {}, {}
        for name in WORDED:
            together[name], table = _with_words(words[name], self.words[name])
            if table is not None:
                tables[name] = table
        return Columns(
            [_recoded(chunk, tables) for chunk in self.chunks] if tables else self.chunks, together
        )

    def shifted(self, lines: int) -> Columns:
        """Count positions from another line."""
        chunks = [{**chunk, "position": _shifted(chunk["position"], lines)} for chunk in self.chunks]
        return Columns(chunks, self.words)

    def of_file(self, file: int) -> Columns:
        """Say that all rows are of this file."""
        return Columns(
            [
                {**chunk, "file": Packed(chunk["file"].rows, np.dtype(np.uint16), base=file)}
                for chunk in self.chunks
            ],
            self.words,
        )


def merged(parts: Iterable[Columns]) -> Columns:
    """Put columns one after the other, with one set of words."""
    return reduce(Columns.plus, parts, Columns())


def _with_words(words: list[str], more: list[str]) -> tuple[list[str], npt.NDArray[np.int64] | None]:
    """Join two sets of words; the table gives the new codes of the second, None where they are the same."""
    if words[: len(more)] == more:
        return words, None
    if more[: len(words)] == words:
        return more, None
    codes = {word: code for code, word in enumerate(words)}
    table = np.array([codes.setdefault(word, len(codes)) for word in more], np.int64)
    return list(codes), table


def _rows(chunk: Chunk) -> int:
    return chunk["offset"].rows


def _as_one(first: Chunk, second: Chunk) -> Chunk:
    """Make one chunk of two small ones."""
    whole = slice(None)
    return _packed_chunk(
        {
            name: _joined([first[name].of(whole), second[name].of(whole)], dtype)
            for name, dtype in DTYPES.items()
        }
    )


def _recoded(chunk: Chunk, tables: Mapping[str, npt.NDArray[np.int64]]) -> Chunk:
    changed = {}
    for name, table in tables.items():
        pieces = chunk[name]
        assert isinstance(pieces, Packed)  # noqa: S101 - coded columns are held in no other way
        changed[name] = pieces.recoded(table)
    return {**chunk, **changed}


def _shifted(pieces: Pieces, by: int) -> Packed:
    assert isinstance(pieces, Packed)  # noqa: S101 - positions are held in no other way
    return pieces.shifted(by)


def _packed_chunk(arrays: Mapping[str, Array]) -> Chunk:
    chunk: dict[str, Pieces] = {
        name: packed_times(arrays[name]) if name in TIMES else packed(arrays[name], dtype)
        for name, dtype in DTYPES.items()
    }
    lengths = chunk["length"]
    if isinstance(lengths, Packed) and are_gapless(arrays["offset"], arrays["length"]):
        chunk["offset"] = gapless(lengths, int(arrays["offset"][0]))
    return chunk


class Builder:
    """Collects rows in the order of their records and makes columns of them, a block at a time."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._blocks: list[dict[str, Array]] = []
        self._words: dict[str, list[str]] = {name: [""] for name in WORDED}
        self._words["type"] += [each.name for each in TYPES]
        self._codes: dict[str, dict[str | None, int]] = {
            name: {None: 0} | {word: code for code, word in enumerate(words)}
            for name, words in self._words.items()
        }

    def add_fast(self, rows: Sequence[FastRow], places: tuple[Places, Places, Places]) -> None:
        """Add clean rows with their offsets, lengths and positions."""
        if not rows:
            return
        (
            codes,
            events,
            dates,
            attempts,
            keys,
            people,
            externals,
            mdns,
            lists,
            campaigns,
            reasons,
            ins,
            outs,
        ) = zip(*rows, strict=True)
        values: dict[str, object] = {
            "type": codes,
            "attempt": attempts,
            "kind": KINDS.index(Kind.CALLBACK),
            "mark": 0,
            "offset": places[0],
            "length": places[1],
            "position": places[2],
            "time": times(dates),
            "opt_in": times(ins),
            "opt_out": times(outs),
            "event": hashes(events),
            "key": hashes(keys),
            "person": hashes(people),
            "external": hashes(externals),
            "mdn": numbers(mdns),
            "list": self._coded("list", lists),
            "campaign": self._coded("campaign", campaigns),
            "reason": self._coded("reason", reasons),
        }
        self._block(values, len(rows))

    def add_full(self, payloads: Sequence[Payload], places: Sequence[tuple[int, int, int]]) -> None:
        """Add rows that were read in full, with their offset, length and part of the record."""
        if not payloads:
            return
        facts = [payload.facts for payload in payloads]
        values: dict[str, object] = {
            "type": self._coded("type", [payload.callback_type for payload in payloads]),
            "attempt": [each.delivery_attempt or 0 for each in facts],
            "answered": [payload.wrapping.answered or 0 for payload in payloads],
            "kind": [KINDS.index(payload.kind) for payload in payloads],
            "mark": [int(_mark(payload)) for payload in payloads],
            "offset": [place[0] for place in places],
            "length": [min(place[1], 0xFFFF_FFFF) for place in places],
            "part": [min(place[2], 0xFFFF) for place in places],
            "position": [payload.position for payload in payloads],
            "time": _or_absent(each.event_ms for each in facts),
            "received": _or_absent(payload.wrapping.received_ms for payload in payloads),
            "opt_in": _or_absent(each.opt_in_ms for each in facts),
            "opt_out": _or_absent(each.opt_out_ms for each in facts),
            "event": hashes([each.event_id for each in facts]),
            "key": hashes([each.person.person_key for each in facts]),
            "person": hashes([each.person.person_id for each in facts]),
            "external": hashes([each.person.external_person_id for each in facts]),
            "mdn": numbers([each.person.mdn for each in facts]),
            "list": self._coded("list", [each.list_id for each in facts]),
            "campaign": self._coded("campaign", [each.campaign_id for each in facts]),
            "reason": self._coded("reason", [each.opt_out_reason for each in facts]),
        }
        self._block(values, len(payloads))

    def columns(self) -> Columns:
        """Put the blocks together, and begin anew with the same codes."""
        blocks, self._blocks = self._blocks, []
        arrays = {name: _joined([block[name] for block in blocks], dtype) for name, dtype in DTYPES.items()}
        return Columns.of_arrays(arrays, {name: list(words) for name, words in self._words.items()})

    def _coded(self, name: str, texts: Iterable[str | None]) -> list[int]:
        codes = self._codes[name]
        return [codes[text] if text in codes else self._new_code(name, text) for text in texts]

    def _new_code(self, name: str, text: str | None) -> int:
        words = self._words[name]
        words.append(text or "")
        return self._codes[name].setdefault(text, len(words) - 1)

    def _block(self, values: dict[str, object], rows: int) -> None:
        values["file"] = self._file
        block: dict[str, Array] = {}
        for name, dtype in DTYPES.items():
            value = values.get(name, EMPTY_VALUES.get(name, 0))
            if isinstance(value, int):
                block[name] = np.broadcast_to(np.array(value, dtype), rows)
            else:
                block[name] = np.asarray(value).astype(dtype, copy=False)
        self._blocks.append(block)


def _joined(pieces: list[Array], dtype: npt.DTypeLike) -> Array:
    """Join arrays; one that holds the same everywhere is kept as a single value."""
    if not pieces:
        return np.empty(0, dtype)
    if len(pieces) == 1:
        return pieces[0]
    first = pieces[0]
    if all(piece.strides == (0,) and len(piece) and piece[0] == first[0] for piece in pieces):
        return np.broadcast_to(np.array(first[0], dtype), sum(map(len, pieces)))
    return np.concatenate(pieces)


def _mark(payload: Payload) -> Mark:
    mark = Mark.FULL
    if payload.repairs:
        mark |= Mark.REPAIRED
    if payload.cut_off_at is not None:
        mark |= Mark.CUT_OFF
    if payload.wrapping.notes:
        mark |= Mark.UNWRAPPED
    return mark


def _or_absent(values: Iterable[int | None]) -> list[int]:
    return [ABSENT_MS if value is None else value for value in values]
