"""The second pass over a collection: findings and drift of every row, on all cores where it is long."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from typing import overload

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import KINDS, Columns, Mark
from vibes_desktop.callbacks.csv_rows import Table, body_of
from vibes_desktop.callbacks.drift import DriftCounts
from vibes_desktop.callbacks.indexing import cores
from vibes_desktop.callbacks.judged import BITS, Bits, Judged
from vibes_desktop.callbacks.line_judge import LineJudge
from vibes_desktop.callbacks.payload import Body, Kind, Wrapping
from vibes_desktop.callbacks.records import MAX_RECORD_BYTES
from vibes_desktop.callbacks.redeliveries import Repeats
from vibes_desktop.callbacks.source import FileSource, Source
from vibes_desktop.callbacks.stopping import Stopped, Stopper
from vibes_desktop.callbacks.unwrapping import unwrap
from vibes_desktop.callbacks.workers import Workers

ROWS_AT_ONCE = 16_384
BYTES_AT_ONCE = 16 << 20
WORKERS_FROM_BYTES = 24 << 20
RUN_BYTES = 1 << 20
BARE = Wrapping()
UNREADABLE = BITS["unreadable"]

Offsets = npt.NDArray[np.int64]
Lengths = npt.NDArray[np.integer]
Read = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class Step:
    """What was found in some rows next to each other; `repeats` comes with the last step."""

    begin: int
    bits: Bits = field(repr=False)
    drift: DriftCounts = field(repr=False)
    done_rows: int
    of_rows: int
    repeats: Repeats | None = field(default=None, repr=False)


class Judging:
    """One pass over the rows from `begin` on that a collection has now, pulled in the background."""

    def __init__(self, collection: Collection, begin: int = 0, workers: int | None = None) -> None:
        self._collection = collection
        self._columns = collection.columns
        self._begin = begin
        self._workers = workers
        self._stopper = Stopper()

    def stop(self) -> None:
        """Give up; may be called from any thread."""
        self._stopper.stop()

    def steps(self) -> Iterator[Step]:
        """Judge; ends early when it was stopped. Raises OSError."""
        jobs = _Jobs(self._collection, self._columns, self._begin)
        total = len(self._columns) - self._begin
        done = 0
        try:
            for (begin, end), (bits, drift) in zip(jobs.ranges, self._found(jobs), strict=True):
                done += end - begin
                yield Step(begin, bits, drift, done, total)
            self._stopper.check()
            repeats = self._collection.repeats()
        except Stopped:
            return
        yield Step(len(self._columns), np.empty(0, np.uint32), DriftCounts(), done, total, repeats)

    def _found(self, jobs: _Jobs) -> Iterator[tuple[Bits, DriftCounts]]:
        workers = min(cores() if self._workers is None else self._workers, len(jobs))
        if jobs.bytes < WORKERS_FROM_BYTES or self._workers == 1 or not len(jobs):
            for (pieces,) in jobs:
                self._stopper.check()
                yield judge(pieces)
            return
        with Workers(judge, workers) as pool:
            yield from pool.map(jobs, self._stopper.check)


def judge_all(collection: Collection) -> None:
    """Judge every row, and wait for it. Raises OSError."""
    collection.judged = Judged()
    for step in Judging(collection).steps():
        put(collection.judged, step)


def put(judged: Judged, step: Step) -> None:
    """Take over a step, on the thread that reads from `judged`."""
    judged.put(step.begin, step.bits)
    judged.drift.merge(step.drift)
    if step.repeats is not None:
        judged.add("redelivery", step.repeats.redelivered)
        judged.add("conflict", step.repeats.conflicting)


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of one file, as a process needs them that knows nothing of the collection."""

    path: str | None
    text: bytes = field(repr=False)  # of a source that has no path; the offsets are those in it
    table: Table | None
    first_row: int
    offsets: Offsets = field(repr=False)
    lengths: Lengths = field(repr=False)
    marks: npt.NDArray[np.uint8] = field(repr=False)
    parts: npt.NDArray[np.uint16] = field(repr=False)
    lost: npt.NDArray[np.bool_] = field(repr=False)  # too long to be read at all
    wrappings: tuple[Wrapping, ...] = ()  # of each row, where the source knows more than the text


class _Jobs(Sequence[tuple[Sequence[Piece]]]):
    """The rows in portions; each is put together when it is its turn."""

    def __init__(self, collection: Collection, columns: Columns, begin: int) -> None:
        self._collection = collection
        self._columns = columns
        self.bytes = 0
        self.ranges: list[tuple[int, int]] = []
        for first in range(begin, len(columns), ROWS_AT_ONCE):
            self._divide(first, min(first + ROWS_AT_ONCE, len(columns)))

    def _divide(self, begin: int, end: int) -> None:
        offsets = self._columns.part("offset", begin, end)
        lengths = self._columns.part("length", begin, end).astype(np.int64)
        lengths[1:][offsets[1:] == offsets[:-1]] = 0  # several rows of one record
        sizes = np.cumsum(lengths)
        self.bytes += int(sizes[-1])
        cuts = np.searchsorted(sizes, np.arange(BYTES_AT_ONCE, int(sizes[-1]), BYTES_AT_ONCE), "right")
        edges = np.unique(np.concatenate(([0], cuts, [end - begin]))) + begin
        self.ranges += [(int(first), int(last)) for first, last in pairwise(edges.tolist())]

    def __len__(self) -> int:
        return len(self.ranges)

    @overload
    def __getitem__(self, index: int) -> tuple[Sequence[Piece]]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[Sequence[Piece]]]: ...
    def __getitem__(self, index: int | slice) -> tuple[Sequence[Piece]] | Sequence[tuple[Sequence[Piece]]]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        begin, end = self.ranges[index]
        files = self._columns.part("file", begin, end)
        edges = [begin, *(np.flatnonzero(files[1:] != files[:-1]) + begin + 1).tolist(), end]
        return ([self._piece(first, last) for first, last in pairwise(edges)],)

    def _piece(self, begin: int, end: int) -> Piece:
        columns, file = self._columns, self._columns.at("file", begin)
        source = self._collection.sources[file]
        offsets = columns.part("offset", begin, end)
        lengths = columns.part("length", begin, end)
        kinds = columns.part("kind", begin, end)
        path = _path(source)
        text = b""
        if path is None:
            text, offsets, lengths = _read(source, offsets, lengths)
        return Piece(
            None if path is None else str(path),
            text,
            self._collection.table(file),
            begin,
            offsets,
            lengths,
            columns.part("mark", begin, end).astype(np.uint8),
            columns.part("part", begin, end),
            (kinds == KINDS.index(Kind.UNREADABLE)) & (lengths > MAX_RECORD_BYTES),
            _wrappings(source, columns.part("offset", begin, end)),
        )


def _path(source: Source) -> Path | None:
    """Tell where another process finds the very file; None where it is gone, or another one in its place."""
    if not isinstance(source, FileSource) or source.path is None or source.stat is None:
        return None
    try:
        found = source.path.stat()
    except OSError:
        return None
    return source.path if os.path.samestat(found, source.stat) else None


def _read(source: Source, offsets: Offsets, lengths: Lengths) -> tuple[bytes, Offsets, Lengths]:
    """Read records of a source without a path; gives their text, where each begins, and how long it is."""
    if isinstance(source, FileSource):
        first = int(offsets.min())
        return source.read_all(first, int((offsets + lengths).max()) - first), offsets - first, lengths
    texts: dict[int, bytes] = {}
    for offset, length in zip(offsets.tolist(), lengths.tolist(), strict=True):
        if offset not in texts:
            texts[offset] = source.read_all(offset, length)
    begins = dict(zip(texts, accumulate(map(len, texts.values()), initial=0), strict=False))
    places = [(begins[offset], len(texts[offset])) for offset in offsets.tolist()]
    # a record may have been packed, and is longer then than its length; one that is gone keeps it
    return (
        b"".join(texts.values()),
        np.array([begin for begin, _ in places], np.int64),
        np.where([length == 0 for _, length in places], lengths, [length for _, length in places]),
    )


def _wrappings(source: Source, offsets: Offsets) -> tuple[Wrapping, ...]:
    if isinstance(source, FileSource):
        return ()
    return tuple(source.wrapping_at(offset) for offset in offsets.tolist())


def judge(pieces: Sequence[Piece]) -> tuple[Bits, DriftCounts]:
    """Judge rows; runs in any process."""
    judge_of_lines = LineJudge(time.time_ns() // 1_000_000)
    found: list[int] = []
    for piece in pieces:
        if piece.path is None:
            found += _judged(piece, judge_of_lines, _Held(piece.text).read)
            continue
        try:
            with Path(piece.path).open("rb", buffering=0) as file:
                source = FileSource(piece.path, file, path=Path(piece.path))
                found += list(_judged(piece, judge_of_lines, source.read_all))
        except OSError:  # it went away just now
            found += [UNREADABLE] * len(piece.offsets)
    return np.array(found, np.uint32), judge_of_lines.finish()


@dataclass(frozen=True, slots=True)
class _Held:
    """A text that is read from like a file."""

    text: bytes = field(repr=False)

    def read(self, offset: int, length: int) -> bytes:
        return self.text[offset : offset + length]


def _judged(piece: Piece, judge_of_lines: LineJudge, read: Read) -> Iterator[int]:
    texts = _Texts(piece, read)
    bodies = _Bodies(piece)
    clean = (~(piece.marks & np.uint8(Mark.FULL)).astype(bool) & (piece.table is None)).tolist()
    lost, lengths = piece.lost.tolist(), piece.lengths.tolist()
    for index in range(len(lengths)):
        row = piece.first_row + index
        text = b"" if lost[index] else texts.at(index)
        if lost[index] or len(text) < lengths[index]:
            yield UNREADABLE
        elif clean[index]:
            yield judge_of_lines.bits(text, row)
        else:
            body = bodies.at(index, text)
            yield UNREADABLE if body is None else judge_of_lines.bits_of_body(body, row)


class _Texts:
    """Reads records that stand side by side in one go."""

    def __init__(self, piece: Piece, read: Read) -> None:
        self._read = read
        self._offsets, self._lengths = piece.offsets.tolist(), piece.lengths.tolist()
        self._lost = piece.lost.tolist()
        self._begin = self._end = 0
        self._block = b""

    def at(self, index: int) -> bytes:
        """Give the text of a record."""
        begin, length = self._offsets[index], self._lengths[index]
        if not self._begin <= begin <= begin + length <= self._end:
            self._fill(index)
        return self._block[begin - self._begin : begin - self._begin + length]

    def _fill(self, index: int) -> None:
        self._begin = self._offsets[index]
        self._end = self._begin + self._lengths[index]
        for following in range(index + 1, len(self._offsets)):
            begin = self._offsets[following]
            end = begin + self._lengths[following]
            if self._lost[following] or not self._begin <= begin or end > self._begin + RUN_BYTES:
                break
            self._end = max(self._end, end)
        self._block = self._read(self._begin, self._end - self._begin)


class _Bodies:
    """Unwraps records; the last one is kept, as it may hold the payloads of many rows."""

    def __init__(self, piece: Piece) -> None:
        self._piece = piece
        self._place = -1, -1
        self._bodies: list[Body] = []

    def at(self, index: int, text: bytes) -> Body | None:
        """Give a row's payload; None where it is gone."""
        place = int(self._piece.offsets[index]), int(self._piece.lengths[index])
        if place != self._place:
            self._place, self._bodies = place, self._unwrapped(index, text)
        part = int(self._piece.parts[index])
        return self._bodies[part] if part < len(self._bodies) else None

    def _unwrapped(self, index: int, text: bytes) -> list[Body]:
        piece = self._piece
        if piece.table is not None:
            found = body_of(text, piece.table)
            return [each for each in unwrap(found.body, found.wrapping) if isinstance(each, Body)]
        if not piece.marks[index] & Mark.FULL:
            return [Body(text)]
        wrapping = piece.wrappings[index] if piece.wrappings else BARE
        return [each for each in unwrap(text, wrapping) if isinstance(each, Body)]
