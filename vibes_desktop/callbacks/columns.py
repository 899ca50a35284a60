"""What is known of every row without reading it again: one typed array for each column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.callback_types import TYPES
from vibes_desktop.callbacks.dates import parse_ms
from vibes_desktop.callbacks.fast import FastRow
from vibes_desktop.callbacks.matching import digits_of
from vibes_desktop.callbacks.payload import Kind, Payload

Array: TypeAlias = npt.NDArray[Any]  # of the column's own type, see DTYPES
ABSENT_MS = np.iinfo(np.int64).min
ODD_NUMBER = -1  # a mobile number that does not fit: the payload must be asked
MAX_MDN_DIGITS = 17
KINDS = tuple(Kind)
DAY_MS = 86_400_000
USUAL = len("2017-01-01T00:00:00Z")


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
EMPTY_VALUES = {"received": ABSENT_MS, "opt_in": ABSENT_MS, "opt_out": ABSENT_MS, "answered": 0, "part": 0}


@dataclass(slots=True)
class Columns:
    """The arrays, all of one length, and the words that the coded ones stand for (code 0: absent)."""

    arrays: dict[str, Array]
    words: dict[str, list[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.arrays["offset"])

    def __getitem__(self, name: str) -> Array:
        """Give one column; one that holds nothing takes no memory."""
        return self.arrays[name]

    def take(self, name: str, code: int) -> str | None:
        """Give the word of a code."""
        return self.words[name][code] or None


def hashes(texts: Sequence[str | None]) -> npt.NDArray[np.uint64]:
    """Condense texts to 64 bits each, the same in every process; 0 for what is absent."""
    plain = [text or "" for text in texts]
    try:
        packed = np.array(plain, dtype="S")
    except UnicodeEncodeError:
        packed = np.array([text.encode("utf-8", "surrogatepass") for text in plain], dtype="S")
    width = -(-packed.dtype.itemsize // 8) * 8
    words = packed.astype(f"S{width}").view(np.uint64).reshape(len(plain), width // 8)
    mixed = np.zeros(len(plain), np.uint64)
    for column in words.T:
        spread = (mixed ^ column) * np.uint64(0x9E3779B97F4A7C15)
        spread ^= spread >> np.uint64(29)
        spread *= np.uint64(0xBF58476D1CE4E5B9)
        spread ^= spread >> np.uint64(32)
        mixed = np.where(column != 0, spread, mixed)
    return mixed


def times(texts: Sequence[str | None]) -> npt.NDArray[np.int64]:
    """Read dates; the usual spelling for all rows at once, others one by one."""
    found = np.full(len(texts), ABSENT_MS, np.int64)
    present = [index for index, text in enumerate(texts) if text]
    usual = [index for index in present if len(text := texts[index] or "") == USUAL and text[-1] == "Z"]
    try:
        letters = np.array([texts[index] for index in usual], dtype=f"U{USUAL - 1}")  # without the Z
        found[usual] = letters.astype("datetime64[ms]").view(np.int64)
    except ValueError:
        usual = []
    if len(usual) < len(present):
        for index in set(present).difference(usual):
            milliseconds = parse_ms(texts[index] or "")
            found[index] = ABSENT_MS if milliseconds is None else milliseconds
    return found


def numbers(texts: Sequence[str | None]) -> list[int]:
    """Read mobile numbers as whole numbers: 0 for none, ODD_NUMBER for what fits no such number."""
    digits = [text[1:] if text and text[0] == "+" else "" for text in texts]
    together = "".join(digits)
    usual = len(digits) - digits.count("") == len(texts) - texts.count(None) and together.isdigit()
    if usual and together.isascii() and max(map(len, digits)) <= MAX_MDN_DIGITS:
        found = [int(text) if text and text[0] != "0" else 0 for text in digits]
        if found.count(0) == digits.count(""):
            return found
    return [number_of(text) if text else 0 for text in texts]


def number_of(text: str) -> int:
    """Read one mobile number in either API version's notation."""
    digits = text[1:] if text[:1] == "+" else digits_of(text)
    if not (digits.isascii() and digits.isdigit() and digits[0] != "0" and len(digits) <= MAX_MDN_DIGITS):
        digits = digits_of(text)
        if not digits or digits[0] == "0" or len(digits) > MAX_MDN_DIGITS:
            return ODD_NUMBER
    return int(digits)


class Builder:
    """Collects rows in the order of their records and makes columns of them, a block at a time."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._blocks: list[dict[str, Array]] = []
        self._codes: dict[str, dict[str, int]] = {name: {"": 0} for name in WORDED}
        for each in TYPES:
            self._codes["type"].setdefault(each.name, len(self._codes["type"]))

    def add_fast(self, rows: list[FastRow], places: tuple[list[int], list[int], list[int]]) -> None:
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

    def add_full(self, payloads: list[Payload], places: list[tuple[int, int, int]]) -> None:
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
        """Put the blocks together."""
        arrays = {
            name: _joined([block[name] for block in self._blocks], dtype) for name, dtype in DTYPES.items()
        }
        return Columns(arrays, {name: list(codes) for name, codes in self._codes.items()})

    def _coded(self, name: str, texts: Iterable[str | None]) -> list[int]:
        codes = self._codes[name]
        return [codes.setdefault(text or "", len(codes)) for text in texts]

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


def merged(parts: Sequence[Columns]) -> Columns:
    """Put columns one after the other, with one set of words."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Builder(0).columns()
    arrays: dict[str, Array] = {}
    words: dict[str, list[str]] = {}
    for name, dtype in DTYPES.items():
        if name in WORDED:
            arrays[name], words[name] = _recoded(parts, name, dtype)
        else:
            arrays[name] = _joined([part.arrays.pop(name) for part in parts], dtype)
    return Columns(arrays, words)


def _recoded(parts: Sequence[Columns], name: str, dtype: npt.DTypeLike) -> tuple[Array, list[str]]:
    codes: dict[str, int] = {"": 0}
    pieces = []
    for part in parts:
        table = [codes.setdefault(word, len(codes)) for word in part.words[name]]
        pieces.append(np.array(table, dtype)[part.arrays.pop(name)])
    return _joined(pieces, dtype), list(codes)


def _joined(pieces: list[Array], dtype: npt.DTypeLike) -> Array:
    """Join arrays; one that holds the same everywhere is kept as a single value."""
    if not pieces:
        return np.empty(0, dtype)
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
