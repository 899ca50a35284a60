"""From the bytes of a file to its records: lines, elements of an array, objects one after another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from vibes_desktop.callbacks.arrays import array_items
from vibes_desktop.callbacks.braces import depth_of, end_of, objects_in
from vibes_desktop.callbacks.csv_rows import Table, csv_table, rows_of
from vibes_desktop.callbacks.payload import Body, Wrapping
from vibes_desktop.callbacks.source import BOM, FileSource
from vibes_desktop.callbacks.stopping import Check, go_on
from vibes_desktop.callbacks.unwrapping import unwrap

BLOCK_BYTES = 1 << 20
MAX_RECORD_BYTES = 64 << 20
MAX_DOCUMENT_BYTES = 512 << 20  # single documents are read whole up to here
TOO_LONG = f"longer than {MAX_RECORD_BYTES >> 20} MB"
BINARY = "a binary file, not text"
RAW = msgspec.json.Decoder(msgspec.Raw)
CONTINUES = (b" ", b"\t", b'"', b"}", b"]", b",", b"/", b"{", b"[", b":", b"\xc2\xa0", b"\xe2\x80")
BARE = Wrapping()
NOT_STRICT = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Record:
    """A piece of a file. `position`: the line from 1, or the index from 0 in an array.

    `is_document`: the only one of its file, so that what it holds is counted by its own lists.
    `trouble`: why its text isn't to be read at all.
    """

    offset: int
    length: int
    position: int
    text: bytes = field(repr=False)
    wrapping: Wrapping = BARE
    is_document: bool = False
    trouble: str | None = None


def records_of(source: FileSource, check: Check = go_on) -> Iterator[Record]:
    """Take a file apart, whatever its shape; memory stays bounded. Raises OSError, and as `check` does."""
    head = source.head()
    start = len(BOM) if head.startswith(BOM) else 0
    if is_binary(head):
        yield Record(0, source.size, 1, head[:200], trouble=BINARY)
    elif is_array(head[start:]):
        for item in array_items(source, start, check):
            yield Record(item.offset, item.length, item.index, item.text, trouble=item.trouble)
    elif (document := _document(source, head)) is not None:
        yield from _whole(source, start, document)
    elif (table := csv_table(head[start:], source.name, source.column)) is not None:
        yield from _rows(source, start, table, check)
    else:
        yield from lines_to_records(lines_of(source, start, check))


def begins_anew(line: bytes) -> bool:
    """Tell whether an object over several lines hardly goes on with this one."""
    return line.startswith(b"{") or not line.startswith(CONTINUES)


def stands_alone(line: bytes) -> bool:
    """Tell whether a line holds one payload as a whole, perhaps with what a log writes around it."""
    if line.startswith(b"{"):
        return is_json(line)
    if line.startswith(CONTINUES):
        return False
    return any(isinstance(found, Body) and is_json(found.text) for found in unwrap(line))


def goes_on_by_lines(source: FileSource) -> bool:
    """Tell whether what is appended to a file are further lines, or objects over several of them."""
    head = source.head().removeprefix(BOM)
    return not (
        is_binary(head) or is_array(head) or _is_markup(head) or csv_table(head, source.name, source.column)
    )


def _is_markup(head: bytes) -> bool:
    """Tell XML from lines of syslog, which begin with a number in angle brackets."""
    return head.lstrip()[:1] == b"<" and re.match(rb"\s*<\d{1,3}>", head) is None


def _rows(source: FileSource, start: int, table: Table, check: Check) -> Iterator[Record]:
    """Read the body column of a CSV file; a row may go on over several lines."""
    lines = ((line.offset, line.length, line.text) for line in lines_of(source, start, check))
    for row in rows_of(lines, table):
        yield Record(row.offset, row.length, row.line, row.body, row.wrapping)


def is_binary(head: bytes) -> bool:
    """Tell whether these are no text at all."""
    sample = head[:4096]
    odd = sum(sample.count(code) for code in (*range(9), *range(14, 27), *range(28, 32)))
    opens_as_text = sample.removeprefix(BOM).lstrip()[:1] in {b"{", b"[", b'"', b"<"}
    return odd > (len(sample) // 4 if opens_as_text else len(sample) // 20)


def is_array(head: bytes) -> bool:
    """Tell an array from a log whose lines begin with a bracket."""
    return re.match(rb'\s*\[\s*(?:[{\["\]]|//|/\*|$)', head) is not None


def _document(source: FileSource, head: bytes) -> bytes | None:
    """Read the file where it is XML, or one JSON object over many lines or on its only line; else None.

    Of one that is too large, give the head.
    """
    text = head.removeprefix(BOM)
    if _is_markup(text):
        return (
            head if source.size > MAX_DOCUMENT_BYTES else source.read_all(len(head) - len(text), source.size)
        )
    if not text.lstrip().startswith(b"{") or source.size > MAX_DOCUMENT_BYTES:
        return None
    first, newline, rest = text.lstrip().partition(b"\n")
    if newline and rest.strip() and is_json(first):
        return None
    if len(head) < source.size:
        if newline and len(first) > len("{") and first.rstrip().endswith(b"}"):
            return None
        text = source.read_all(len(head) - len(text), source.size)
    return text if is_json(text.lstrip()) else None


def _whole(source: FileSource, start: int, text: bytes) -> Iterator[Record]:
    if source.size > MAX_DOCUMENT_BYTES:
        yield Record(0, source.size, 1, text, trouble=f"longer than {MAX_DOCUMENT_BYTES >> 20} MB")
    else:
        yield Record(start, len(text), 1, text, is_document=True)


def lines_to_records(lines: Iterable[Record]) -> Iterator[Record]:
    """Make records of lines; an object over several lines is one record."""
    gathering: _Gathered | None = None
    for line in lines:
        if line.trouble is not None:
            if gathering:
                yield from gathering.records()
                gathering = None
            yield line
            continue
        if gathering is not None:
            if gathering.takes(line):
                if gathering.is_complete():
                    yield from gathering.records()
                    gathering = None
                continue
            yield from gathering.records()
            gathering = None
        complete, gathering = _begin(line)
        yield from complete
    if gathering is not None:
        yield from gathering.records()


def _begin(line: Record) -> tuple[list[Record], _Gathered | None]:
    """Tell what is complete on this line, and what goes on after it."""
    text = line.text.strip()
    if not text or text in {b",", b"]", b"["}:
        return [], None
    if not text.startswith(b"{"):
        return ([], _Gathered(line)) if text.endswith(b"{") else ([line], None)
    if is_json(text):
        return [line], None
    spans = list(objects_in(line.text))
    if depth_of(text) > 0:
        begin = spans[-1][0] if spans else 0
        return list(_spans(line, spans[:-1])), _Gathered(_cut(line, begin, len(line.text)))
    return (list(_spans(line, spans)) if len(spans) > 1 else [line]), None


def _spans(line: Record, spans: list[tuple[int, int]]) -> Iterator[Record]:
    for begin, end in spans:
        yield _cut(line, begin, end)


def _cut(line: Record, begin: int, end: int) -> Record:
    return Record(line.offset + begin, end - begin, line.position, line.text[begin:end])


class _Gathered:
    """An object that goes on over several lines."""

    def __init__(self, line: Record) -> None:
        self._first = line
        self._parts = [line.text]
        self._length = line.length
        self._depth = depth_of(line.text)
        self._is_blank = False
        self._is_compact = len(line.text.strip()) > len('{"a":')

    def takes(self, line: Record) -> bool:
        """Add a line, unless it can't belong to this object."""
        text = line.text
        if text.strip() and not text.startswith(CONTINUES):
            return False
        was_blank, self._is_blank = self._is_blank, not text.strip()
        starts_anew = was_blank or self._is_compact or (b'"callback_type"' in text and is_json(text))
        if text.startswith(b"{") and starts_anew:
            return False
        if self._length > MAX_RECORD_BYTES:
            return False
        self._parts.append(text)
        self._length = line.offset + line.length - self._first.offset
        self._depth += depth_of(text)
        return True

    def is_complete(self) -> bool:
        """Tell whether every brace has its counterpart."""
        return self._depth <= 0

    def records(self) -> Iterator[Record]:
        """Make a record of the lines so far, or one of each object where several follow each other."""
        text = b"\n".join(self._parts)
        text = text[: end_of(text)]
        first = self._first
        spans = list(objects_in(text))
        if len(spans) < len("{}") or len(text) > self._length:
            yield Record(first.offset, self._length, first.position, text)
            return
        for begin, end in spans:
            line = first.position + text.count(b"\n", 0, begin)
            yield Record(first.offset + begin, end - begin, line, text[begin:end])


def is_json(text: bytes) -> bool:
    """Tell whether this is strict JSON."""
    try:
        RAW.decode(text)
    except NOT_STRICT:
        return False
    return True


def lines_of(source: FileSource, offset: int = 0, check: Check = go_on) -> Iterator[Record]:
    """Yield every line without its end; one that is too long comes as its beginning, with the reason."""
    number = 1
    held: list[bytes] = []
    held_bytes = 0
    while block := source.read_at(offset + held_bytes, BLOCK_BYTES):
        check()
        if not held_bytes and block.isspace():  # nothing there for anybody, however much of it
            number += block.count(b"\n")
            offset += len(block)
            continue
        *complete, rest = block.split(b"\n")
        for piece in complete:
            line = b"".join((*held, piece)) if held else piece
            yield line_record(offset, held_bytes + len(piece), number, line)
            offset += held_bytes + len(piece) + 1
            number += 1
            held, held_bytes = [], 0
        held_bytes += len(rest)
        if rest and held_bytes <= MAX_RECORD_BYTES + BLOCK_BYTES:
            held.append(rest)
    if held_bytes:
        yield line_record(offset, held_bytes, number, b"".join(held))


def line_record(offset: int, length: int, number: int, text: bytes) -> Record:
    """Make a record of a line; one that is too long keeps its beginning alone."""
    if length > MAX_RECORD_BYTES:
        return Record(offset, length, number, text[:200], trouble=TOO_LONG)
    return Record(offset, length, number, text)
