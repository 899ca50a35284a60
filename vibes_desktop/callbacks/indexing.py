"""From a file to its columns: on several cores where the file is large enough."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np

from vibes_desktop.callbacks.columns import Builder, Columns, merged
from vibes_desktop.callbacks.fast import FastRow, Places, fast_row, fast_rows
from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.callbacks.pile import Pile
from vibes_desktop.callbacks.records import (
    MAX_RECORD_BYTES,
    Record,
    begins_anew,
    goes_on_by_lines,
    line_record,
    lines_to_records,
    records_of,
    stands_alone,
)
from vibes_desktop.callbacks.source import BLOCK_BYTES, BOM, HEAD_BYTES, FileSource
from vibes_desktop.callbacks.stopping import Check, go_on
from vibes_desktop.callbacks.workers import Workers

WORKERS_FROM_BYTES = 64 << 20
PIECE_BYTES = 16 << 20  # what a process of its own takes at a time
FULL_PIECE_BYTES = 2 << 20  # lines that are read in full take ten times as long
PART_BYTES = 16 << 20  # what is taken at a time otherwise
FIRST_BYTES = 1 << 17  # so that the first rows are there at once
MAX_CORES = 16
NEWLINE = ord("\n")
LINES_BYTES = 1 << 17  # lines are split and decoded while they are still in the processor's cache
ROWS_PER_BLOCK = 4000
MAX_RUN = 20_000
ROWS_PER_RUN = 1000  # lines that are read in full go on for so many before what was read is handed out
LOOK_FIRST_BYTES, LOOK_FOR_BYTES = 1 << 16, 4 << 20
LOOK_AT_LINES = 1000


@dataclass(frozen=True, slots=True)
class Indexed:
    """Some rows of a file, what was skipped among them, and where the rest begins: its offset and line."""

    columns: Columns
    lines: int
    skipped: Counter[str]
    end: int = 0


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MAX_CORES)
    return min(os.cpu_count() or 1, MAX_CORES)


def index_source(source: FileSource, file: int, workers: int | None = None) -> Indexed:
    """Index one file. Raises OSError when it stops being readable."""
    return together(parts_of(source, file, workers))


def together(parts: Iterable[Indexed]) -> Indexed:
    """Put parts that follow each other together."""
    lines = end = 0
    columns: list[Columns] = []
    skipped: Counter[str] = Counter()
    for part in parts:
        columns.append(part.columns)
        lines, end = part.lines, part.end
        skipped += part.skipped
    return Indexed(merged(columns), lines, skipped, end)


def parts_of(
    source: FileSource, file: int, workers: int | None = None, check: Check = go_on
) -> Iterator[Indexed]:
    """Index one file part after part, the first one small. Raises OSError, and Stopped where `check` does."""
    workers = cores() if workers is None else workers
    is_large = source.size >= WORKERS_FROM_BYTES and workers > 1
    if source.path is not None and is_large and can_be_shared_out(source):
        yield from _on_cores(source, source.path, file, workers, check)
    elif is_lines(source):
        yield from LineIndexer(source, file, check).parts(source.size)
    else:
        yield from _records(source, file, check)


def filling_parts(source: FileSource, file: int, check: Check = go_on) -> Iterator[Indexed]:
    """Index a file while it is unpacked; what isn't lines must be there as a whole first."""
    if is_lines(source):
        indexer = LineIndexer(source, file, check)
        while not source.is_whole:
            yield from indexer.parts(source.size, is_last=False)
            source.fill(check=check)
        yield from indexer.parts(source.size)
        return
    while not source.is_whole:
        yield Indexed(Columns(), 0, Counter())
        source.fill(check=check)
    yield from parts_of(source, file, 1, check)


def is_lines(source: FileSource) -> bool:
    """Tell whether the file is one clean callback per line, as far as its first line shows."""
    first = source.head().partition(b"\n")[0].rstrip(b"\r")
    return fast_row(first) is not None and source.size > len(first) + 1


def can_be_shared_out(source: FileSource) -> bool:
    """Tell whether the file is made of lines that each hold a payload, or what a log writes around one."""
    head = source.head().removeprefix(BOM)
    first = head.partition(b"\n")[0]
    if not goes_on_by_lines(source) or (head.lstrip()[:1] == b"{" and not stands_alone(first)):
        return False
    return _line_alone_after(source, 0) is not None


def _records(source: FileSource, file: int, check: Check) -> Iterator[Indexed]:
    """Index a file of any other shape, record after record."""
    lines = 0
    for part in index_records(records_of(source, check), file, source.name, check):
        lines = part.lines
        yield part
    yield Indexed(Columns(), lines, Counter(), source.size)


def _taken(pile: Pile) -> Counter[str]:
    """Take what was skipped so far."""
    skipped, pile.skipped = pile.skipped, Counter()
    return skipped


class _Slow:
    """Reads records in full, and hands them to the builder in blocks."""

    def __init__(self, builder: Builder, pile: Pile, name: str, check: Check) -> None:
        self._builder = builder
        self._check = check
        self._pile = pile
        self._name = name

    def take(self, records: Iterable[Record]) -> int:
        """Read what the records hold; only the columns of it stay in memory. Returns how many there were."""
        count = 0
        for block in _blocks(records):
            for is_clean, some in groupby(map(_with_row, block), lambda each: each[1] is not None):
                if is_clean:
                    self._add_clean(list(some))
                else:
                    self._add_others([record for record, _ in some])
            count += len(block)
        return count

    def _add_clean(self, found: list[tuple[Record, FastRow | None]]) -> None:
        self._check()
        records = [record for record, _ in found]
        places = (
            [record.offset for record in records],
            [record.length for record in records],
            [record.position for record in records],
        )
        self._builder.add_fast([row for _, row in found if row is not None], places)

    def _add_others(self, records: list[Record]) -> None:
        payloads: list[Payload] = []
        places: list[tuple[int, int, int]] = []
        for record in records:
            found = list(self._pile.payloads_in(record, self._name, judged=False, whole=False))
            self._check()
            payloads += found
            places += [(record.offset, record.length, part) for part in range(len(found))]
        self._builder.add_full(payloads, places)


def _with_row(record: Record) -> tuple[Record, FastRow | None]:
    """Read a record the fast way, where its text is simply what stands at its place."""
    is_bare = record.trouble is None and not record.wrapping.notes and len(record.text) == record.length
    return record, fast_row(record.text) if is_bare and record.text.endswith(b"}") else None


def _blocks(records: Iterable[Record]) -> Iterator[list[Record]]:
    block: list[Record] = []
    held, enough = 0, FIRST_BYTES
    for record in records:
        block.append(record)
        held += len(record.text)
        if held > enough:
            yield block
            block, held, enough = [], 0, BLOCK_BYTES
    if block:
        yield block


def index_lines(source: FileSource, file: int, begin: int, end: int) -> Indexed:
    """Index the lines from `begin` to before `end`; positions count from 1 there."""
    return together(LineIndexer(source, file, begin=begin).parts(end))


def index_records(records: Iterable[Record], file: int, name: str, check: Check = go_on) -> Iterator[Indexed]:
    """Index records of any kind, block by block, the first one small."""
    builder, pile = Builder(file), Pile([])
    slow = _Slow(builder, pile, name, check)
    lines = 0
    for block in _blocks(records):
        lines += slow.take(block)
        end = block[-1].offset + block[-1].length
        yield Indexed(builder.columns(), lines, _taken(pile), end)


class LineIndexer:
    """Takes clean lines the fast way, and runs of others the full way, in order.

    It starts at `begin`, after `number` lines, and may be asked to go on when the file has grown.
    """

    def __init__(
        self, source: FileSource, file: int, check: Check = go_on, *, begin: int = 0, number: int = 0
    ) -> None:
        self._source = source
        self._check = check
        self._begin = self._scanned = begin
        self._number = number
        self._builder = Builder(file)
        self._pile = Pile([])
        self._slow = _Slow(self._builder, self._pile, source.name, check)
        self._rows: list[FastRow] = []
        self._places: tuple[list[Places], list[Places], list[Places]] = ([], [], [])
        self._run: list[Record] = []
        self._run_bytes = 0
        self._part_bytes = FIRST_BYTES

    def parts(self, end: int, *, is_last: bool = True) -> Iterator[Indexed]:
        """Index to before `end`, the first part small; a line without its end counts if it `is_last`."""
        enough = self._begin + self._part_bytes
        while self._begin < end:
            self._check()
            length = min(self._part_bytes, LINES_BYTES, end - self._begin)
            block = self._source.read_at(self._begin, length)
            if not block:
                break
            whole = is_last and self._begin + len(block) >= end and not block.endswith(b"\n")
            cut = len(block) if whole else block.rfind(b"\n") + 1
            if cut > 0:
                self._lines(block[:cut])
            elif not self._long_line(end, is_last=is_last):
                break
            if self._begin >= enough:
                self._flush_fast()
                yield self._part()
                self._part_bytes = PART_BYTES
                enough = self._begin + PART_BYTES
        if is_last:
            self._flush_run()
        self._flush_fast()
        yield self._part()

    def _part(self) -> Indexed:
        """Hand out what there is; what is put aside has yet to be read."""
        first = self._run[0] if self._run else None
        lines, end = (first.position - 1, first.offset) if first else (self._number, self._begin)
        return Indexed(self._builder.columns(), lines, _taken(self._pile), end)

    def _lines(self, text: bytes) -> None:
        """Take whole lines: stretches of clean ones, and those between them."""
        ends = np.flatnonzero(np.frombuffer(text, np.uint8) == NEWLINE)
        if not text.endswith(b"\n"):
            ends = np.append(ends, len(text))
        starts = np.concatenate(([0], ends[:-1] + 1))
        rows = fast_rows(text, starts, ends)
        first = 0
        for odd in [index for index, row in enumerate(rows) if row is None]:
            self._add(rows[first:odd], starts[first:odd], ends[first:odd], first)
            line = text[starts[odd] : ends[odd]]
            self._put_aside(Record(self._begin + int(starts[odd]), len(line), self._number + odd + 1, line))
            first = odd + 1
        self._add(rows[first:], starts[first:], ends[first:], first)
        self._begin += len(text)
        self._number += len(rows)
        if len(self._rows) >= ROWS_PER_BLOCK:
            self._flush_fast()

    def _add(self, rows: Sequence[FastRow | None], starts: Places, ends: Places, first: int) -> None:
        """Add clean lines that follow each other; `first`: how many of the text come before them."""
        if not rows:
            return
        if self._run:
            self._flush_run()
        self._rows += [row for row in rows if row is not None]
        numbers = np.arange(self._number + first + 1, self._number + first + 1 + len(rows))
        for held, more in zip(self._places, (starts + self._begin, ends - starts, numbers), strict=True):
            held.append(more)

    def _long_line(self, end: int, *, is_last: bool) -> bool:
        """Take a line that is longer than a block; tells whether its end is there."""
        self._scanned = max(self._scanned, self._begin)
        length = None
        while length is None and self._scanned < end:
            self._check()
            block = self._source.read_at(self._scanned, min(BLOCK_BYTES, end - self._scanned))
            if not block:
                break
            place = block.find(b"\n")
            length = None if place < 0 else self._scanned + place - self._begin
            self._scanned += len(block) if place < 0 else place
        if length is None and not is_last:
            return False
        length = self._scanned - self._begin if length is None else length
        text = self._source.read_all(self._begin, length if length <= MAX_RECORD_BYTES else HEAD_BYTES)
        self._number += 1
        self._put_aside(line_record(self._begin, length, self._number, text))
        self._begin = min(self._begin + length + 1, self._source.size)
        return True

    def _put_aside(self, line: Record) -> None:
        """Gather lines that may belong together; not too many of them at a time."""
        if not self._run:
            self._flush_fast()
        elif self._is_much(line):
            self._flush_run()
        self._run.append(line)
        self._run_bytes += len(line.text)

    def _is_much(self, line: Record) -> bool:
        if len(self._run) >= MAX_RUN or self._run_bytes > MAX_RECORD_BYTES:
            return True
        return len(self._run) >= ROWS_PER_RUN and begins_anew(line.text)

    def _flush_fast(self) -> None:
        if self._rows:
            offsets, lengths, numbers = map(np.concatenate, self._places)
            self._builder.add_fast(self._rows, (offsets, lengths, numbers))
        for each in (self._rows, *self._places):
            each.clear()

    def _flush_run(self) -> None:
        run, self._run, self._run_bytes = self._run, [], 0
        self._slow.take(lines_to_records(run))


def _on_cores(source: FileSource, path: Path, file: int, workers: int, check: Check) -> Iterator[Indexed]:
    start = len(BOM) if source.head().startswith(BOM) else 0
    end = _line_alone_after(source, FIRST_BYTES)
    if end is None:
        yield from LineIndexer(source, file, check, begin=start).parts(source.size)
        return
    first = index_lines(source, file, start, end)
    yield first
    piece = PIECE_BYTES if is_lines(source) else FULL_PIECE_BYTES
    edges = edges_of(source, source.size // piece, first.end, check)
    jobs = [(str(path), source.name, file, *piece) for piece in pairwise(edges)]
    lines = first.lines
    with Workers(index_part, min(workers, len(jobs))) as pool:
        for part in pool.map(jobs, check):
            columns = part.columns.shifted(lines)
            lines += part.lines
            yield Indexed(columns, lines, part.skipped, part.end)


def index_part(path: str, name: str, file: int, begin: int, end: int) -> Indexed:
    """Index a part of a file in a process of its own."""
    with Path(path).open("rb", buffering=0) as opened:
        return index_lines(FileSource(name, opened, path=Path(path)), file, begin, end)


def edges_of(source: FileSource, pieces: int, begin: int = 0, check: Check = go_on) -> list[int]:
    """Find offsets where lines begin that stand alone, so that nothing that spans lines is torn apart."""
    edges = [begin]
    for number in range(1, pieces):
        check()
        nominal = source.size * number // pieces
        if nominal > edges[-1] and (edge := _line_alone_after(source, nominal)) is not None:
            edges.append(edge)
    return [*edges, source.size]


def _line_alone_after(source: FileSource, offset: int) -> int | None:
    """Find where the next line that stands alone begins, not too far on."""
    for length in (LOOK_FIRST_BYTES, LOOK_FOR_BYTES):
        block = source.read_at(offset, length)
        begin = block.find(b"\n") + 1
        for _ in range(LOOK_AT_LINES):
            end = block.find(b"\n", begin)
            if begin == 0 or end < 0:
                break
            if stands_alone(block[begin:end]):
                return offset + begin
            begin = end + 1
    return None
