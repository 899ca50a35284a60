"""From a file to its columns: on several cores where the file is large enough."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from vibes_desktop.callbacks.columns import Builder, Columns, merged
from vibes_desktop.callbacks.fast import FastRow, fast_row, is_harmless
from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.callbacks.pile import Pile
from vibes_desktop.callbacks.records import Record, lines_of, lines_to_records, records_of
from vibes_desktop.callbacks.source import BLOCK_BYTES, Source

WORKERS_FROM_BYTES = 64 << 20
PIECES_PER_CORE = 1  # more pieces cost more in handing over than they level out
MAX_CORES = 16
ROWS_PER_BLOCK = 20_000
LOOK_FOR_BYTES = 4 << 20


@dataclass(slots=True)
class Indexed:
    """The columns of a file or a part of it, and what was skipped."""

    columns: Columns
    lines: int
    skipped: Counter[str]


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MAX_CORES)
    return min(os.cpu_count() or 1, MAX_CORES)


def index_source(source: Source, file: int, workers: int | None = None) -> Indexed:
    """Index one file. Raises OSError when it stops being readable."""
    workers = cores() if workers is None else workers
    if not is_lines(source):
        return _index_records(source, file)
    if source.path is None or workers < 2 or source.size < WORKERS_FROM_BYTES:
        return index_lines(source, file, 0, source.size)
    return _index_on_cores(source, source.path, file, workers)


def is_lines(source: Source) -> bool:
    """Tell whether the file is one clean callback per line, as far as its first line shows."""
    first = source.head().partition(b"\n")[0].rstrip(b"\r")
    return fast_row(first) is not None and source.size > len(first) + 1


def _index_records(source: Source, file: int) -> Indexed:
    """Index a file of any other shape, record after record."""
    builder, pile = Builder(file), Pile([])
    lines = _Slow(builder, pile, source.name).take(records_of(source))
    return Indexed(builder.columns(), lines, pile.skipped)


class _Slow:
    """Reads records in full, and hands them to the builder in blocks."""

    def __init__(self, builder: Builder, pile: Pile, name: str) -> None:
        self._builder = builder
        self._pile = pile
        self._name = name

    def take(self, records: Iterable[Record]) -> int:
        """Read what the records hold; only the columns of it stay in memory. Returns how many there were."""
        count = 0
        for block in _blocks(records):
            payloads: list[Payload] = []
            places: list[tuple[int, int, int]] = []
            for record in block:
                found = list(self._pile.payloads_in(record, self._name, judged=False))
                payloads += found
                places += [(record.offset, record.length, part) for part in range(len(found))]
            self._builder.add_full(payloads, places)
            count += len(block)
        return count


def _blocks(records: Iterable[Record]) -> Iterator[list[Record]]:
    block: list[Record] = []
    held = 0
    for record in records:
        block.append(record)
        held += len(record.text)
        if held > BLOCK_BYTES:
            yield block
            block, held = [], 0
    if block:
        yield block


def index_lines(source: Source, file: int, begin: int, end: int) -> Indexed:
    """Index the lines from `begin` to before `end`; positions count from 1 there."""
    return _LineIndexer(source, file).run(begin, end)


class _LineIndexer:
    """Takes clean lines the fast way, and runs of others the full way, in order."""

    def __init__(self, source: Source, file: int) -> None:
        self._source = source
        self._builder = Builder(file)
        self._pile = Pile([])
        self._slow = _Slow(self._builder, self._pile, source.name)
        self._rows: list[FastRow] = []
        self._places: tuple[list[int], list[int], list[int]] = ([], [], [])
        self._run: list[Record] = []

    def run(self, begin: int, end: int) -> Indexed:
        """Index; returns the columns."""
        number = 0
        while begin < end:
            block = self._source.read_at(begin, min(BLOCK_BYTES, end - begin))
            if not block:
                break
            is_last = begin + len(block) >= end
            cut = len(block) if is_last and not block.endswith(b"\n") else block.rfind(b"\n")
            if cut < 0:
                number += 1
                begin = self._long_line(begin, end, number)
                continue
            lines = block[:cut].split(b"\n")
            self._lines(lines, begin, number, harmless=is_harmless(block))
            number += len(lines)
            begin += cut + 1
        self._flush_run()
        self._flush_fast()
        return Indexed(self._builder.columns(), number, self._pile.skipped)

    def _lines(self, lines: list[bytes], offset: int, number: int, *, harmless: bool) -> None:
        rows, (offsets, lengths, positions) = self._rows, self._places
        for line in lines:
            number += 1
            row = fast_row(line, harmless=harmless)
            if row is None:
                self._put_aside(Record(offset, len(line), number, line))
            else:
                if self._run:
                    self._flush_run()
                rows.append(row)
                offsets.append(offset)
                lengths.append(len(line))
                positions.append(number)
            offset += len(line) + 1
        if len(rows) >= ROWS_PER_BLOCK:
            self._flush_fast()

    def _long_line(self, begin: int, end: int, number: int) -> int:
        """Take a line that is longer than a block; returns where the next one begins."""
        line = next(lines_of(_Window(self._source, end), begin, number))
        self._put_aside(line)
        return line.offset + line.length + 1

    def _put_aside(self, line: Record) -> None:
        if not self._run:
            self._flush_fast()
        self._run.append(line)
        if len(self._run) >= ROWS_PER_BLOCK:
            self._flush_run()

    def _flush_fast(self) -> None:
        self._builder.add_fast(self._rows, self._places)
        for each in (self._rows, *self._places):
            each.clear()

    def _flush_run(self) -> None:
        run, self._run = self._run, []
        self._slow.take(lines_to_records(run))


class _Window(Source):
    """A file that seems to end where a part of it ends."""

    def __init__(self, source: Source, end: int) -> None:
        self._inner = source
        self._end = end

    def read_at(self, offset: int, length: int) -> bytes:
        """Read bytes, none beyond the part's end."""
        return self._inner.read_at(offset, min(length, max(self._end - offset, 0)))


def _index_on_cores(source: Source, path: Path, file: int, workers: int) -> Indexed:
    edges = edges_of(source, workers * PIECES_PER_CORE)
    pieces = list(pairwise(edges))
    with ProcessPoolExecutor(min(workers, len(pieces)), mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(index_part, str(path), source.name, file, *piece) for piece in pieces]
        parts = [job.result() for job in jobs]
    lines = 0
    skipped: Counter[str] = Counter()
    for part in parts:
        if lines:
            part.columns.arrays["position"] = part.columns.arrays["position"].astype(np.uint32) + np.uint32(
                lines
            )
        lines += part.lines
        skipped += part.skipped
    return Indexed(merged([part.columns for part in parts]), lines, skipped)


def index_part(path: str, name: str, file: int, begin: int, end: int) -> Indexed:
    """Index a part of a file in a process of its own."""
    gc.disable()  # rows hold no cycles, and looking for some takes a tenth of the time
    with Path(path).open("rb", buffering=0) as opened:
        return index_lines(Source(name, opened, path=Path(path)), file, begin, end)


def edges_of(source: Source, pieces: int) -> list[int]:
    """Find offsets where clean lines begin, so that nothing that spans lines is torn apart."""
    edges = [0]
    for number in range(1, pieces):
        nominal = source.size * number // pieces
        edge = _clean_line_after(source, max(nominal, edges[-1] + 1))
        if edge is not None and edge > edges[-1]:
            edges.append(edge)
    return [*edges, source.size]


def _clean_line_after(source: Source, offset: int) -> int | None:
    """Find where the next clean line begins, not too far on."""
    block = source.read_at(offset, LOOK_FOR_BYTES)
    begin = block.find(b"\n") + 1
    while 0 < begin < len(block):
        end = block.find(b"\n", begin)
        if end < 0:
            return None
        if fast_row(block[begin:end]) is not None:
            return offset + begin
        begin = end + 1
    return None
