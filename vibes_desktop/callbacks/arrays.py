"""The elements of an array, a few megabytes at a time: a file may be larger than memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from vibes_desktop.callbacks.braces import objects_in
from vibes_desktop.callbacks.source import HEAD_BYTES, FileSource
from vibes_desktop.callbacks.stopping import Check, go_on

FIRST_BYTES, STRETCH_BYTES = 1 << 18, 4 << 20
MAX_ITEM_BYTES = 64 << 20
TAIL_BYTES = 1 << 16
ENDS_TRIED = 4
SEPARATORS = re.compile(rb"[\s,]*")
BETWEEN = re.compile(rb"\}(?=\s*,\s*\{)")
NO_ARRAY = "nested too deep, or not JSON"
TOO_LONG = f"longer than {MAX_ITEM_BYTES >> 20} MB"
NOT_STRICT = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_decode_items = msgspec.json.Decoder(list[msgspec.Raw]).decode

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Item:
    """An element and its place; `index` counts from 0. `trouble`: why it can't be read."""

    offset: int
    length: int
    index: int
    text: bytes = field(repr=False)
    trouble: str | None = None


def array_items(source: FileSource, start: int, check: Check = go_on) -> Iterator[Item]:
    """Take an array apart, a damaged one too. Raises OSError, and as `check` does."""
    at = start + source.read_at(start, HEAD_BYTES).find(b"[") + 1
    held, index, length, is_last = b"", 0, FIRST_BYTES, False
    while not is_last:
        check()
        more = source.read_at(at + len(held), length)
        is_last = at + len(held) + len(more) >= source.size or not more
        at, held = _without_separators(at, held + more)
        spans, taken = _last_elements(held) if is_last else _elements(held)
        if spans is None:
            yield Item(start, source.size - start, 1, held[:HEAD_BYTES], NO_ARRAY)
            return
        for begin, end in spans:
            yield Item(at + begin, end - begin, index, held[begin:end])
            index += 1
        at, held, length = at + taken, held[taken:], STRETCH_BYTES
        if len(held) > MAX_ITEM_BYTES:
            yield Item(at, source.size - at, index, held[:HEAD_BYTES], TOO_LONG)
            return


def _without_separators(at: int, held: bytes) -> tuple[int, bytes]:
    match = SEPARATORS.match(held)
    return (at + match.end(), held[match.end() :]) if match else (at, held)


def _elements(held: bytes) -> tuple[list[Span], int]:
    """Tell apart the elements that are there as a whole; how far they go."""
    tail = max(len(held) - TAIL_BYTES, 0)
    ends = [match.end() for match in BETWEEN.finditer(held, tail)]
    for end in ends[: -ENDS_TRIED - 1 : -1]:  # one may lie deeper inside of an element
        spans = _strict(b"[" + held[:end] + b"]")
        if spans is not None:
            return spans, end
    found = list(objects_in(held))[:-1]  # the last one may go on
    return found, found[-1][1] if found else 0


def _last_elements(held: bytes) -> tuple[list[Span] | None, int]:
    """Tell apart what is left; None where there is nothing that could be an element."""
    spans = _strict(b"[" + held)
    if spans is None:
        spans = list(objects_in(held)) or (None if held.strip(b"] \t\r\n") else [])
    return spans, len(held)


def _strict(text: bytes) -> list[Span] | None:
    """Find the elements of an array; places count from after its bracket. None if it is none."""
    try:
        items = _decode_items(text)
    except NOT_STRICT:
        return None
    spans = []
    place = 1
    for item in items:
        raw = bytes(item)
        place = text.find(raw, place)
        spans.append((place - 1, place - 1 + len(raw)))
        place += len(raw)
    return spans
