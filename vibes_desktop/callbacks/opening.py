"""Opening a pile of files step by step: the first rows at once, the rest while one looks at them."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from vibes_desktop.callbacks.columns import Columns
from vibes_desktop.callbacks.following import change_of
from vibes_desktop.callbacks.identities import Identities, held_apart
from vibes_desktop.callbacks.indexing import Indexed, filling_parts, parts_of, together
from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.callbacks.pile import EMPTY_FILE, NOTHING_IN_IT
from vibes_desktop.callbacks.source import FileSource, Spool
from vibes_desktop.callbacks.stopping import Stopped, Stopper
from vibes_desktop.callbacks.unfolding import WRONG, CannotOpen, broke_off, sentence_for, unfold
from vibes_desktop.model.errors import StorageError

ENOUGH_ROWS, ENOUGH_SECONDS = 20_000, 0.05
FIRST_FILL_BYTES = 1 << 19
MANY_ROWS = 1_000_000  # from here on memory counts more than the time to save some
MAX_OPEN_FILES = 200  # the others are opened anew when they are read again; systems allow 256 or 1024


@dataclass(frozen=True, slots=True)
class Progress:
    """How far opening came; bytes as they lie on the disk, packed ones as such."""

    bytes_done: int = 0
    bytes_total: int = 0
    rows: int = 0
    seconds: float = 0.0

    @property
    def bytes_per_second(self) -> float:
        """The rate so far."""
        return self.bytes_done / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """What is new: rows, the files they are in, what was skipped, and sentences about files."""

    progress: Progress
    part: Indexed | None = None
    sources: tuple[FileSource, ...] = ()  # files that were opened; rows of them may come with later steps
    skipped: Counter[str] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


class Opening:
    """Indexes what paths lead to, in order; `steps` is for one background thread, `cancel` for any.

    `first_file`: how many sources the collection that is to grow has already. `column`: the one of CSV
    files that holds the payloads, where somebody chose it.
    """

    def __init__(
        self,
        paths: Iterable[str],
        first_file: int = 0,
        kept: KeptIndexes | None = None,
        workers: int | None = None,
        column: str | None = None,
    ) -> None:
        self._paths = tuple(paths)
        self._file = first_file
        self._kept = kept
        self._workers = workers
        self._column = column
        self._stopper = Stopper()
        self._spool = Spool()
        self._identities = Identities()
        self._words = Columns().words
        self._rows = self._done = self._total = 0
        self._begun = 0.0

    @property
    def is_cancelled(self) -> bool:
        """Tell whether somebody gave up."""
        return self._stopper.is_stopped

    def cancel(self) -> None:
        """End after what is read; what was handed out stays good."""
        self._stopper.stop()

    def steps(self) -> Iterator[Step]:
        """Open and index; the last step has everything."""
        self._begun = time.perf_counter()
        yield from gathered(self._steps(), self._progress)
        if self._rows >= MANY_ROWS:
            give_memory_back()
        yield Step(self._progress())

    def _steps(self) -> Iterator[Step]:
        sizes = [_size_of(path) for path in self._paths]
        self._total = sum(sizes)
        try:
            for path, size in zip(self._paths, sizes, strict=True):
                end = self._done + size
                for found in unfold(path, self._spool, self._stopper.check):
                    if isinstance(found, CannotOpen):
                        yield Step(self._progress(), troubles=(str(found),))
                    else:
                        yield from self._opened(found)
                self._done = end
        except Stopped:
            return

    def _opened(self, source: FileSource) -> Iterator[Step]:
        """Hand out a file, and its rows one part after the other."""
        begin = self._done
        try:
            self._stopper.check()
            source.fill(FIRST_FILL_BYTES, self._stopper.check)
        except Stopped:
            source.close()
            raise
        except WRONG as error:
            source.close()
            yield Step(self._progress(), troubles=(sentence_for(source.name, error),))
            return
        source.choose(self._column)
        yield Step(self._progress(), sources=(source,))
        found = False
        try:
            for part in self._parts(source):
                source.read_to, source.lines = part.end, part.lines
                self._rows += len(part.columns)
                found = found or bool(len(part.columns) or part.skipped)
                self._done = begin + (part.end if source.path is not None else source.taken)
                yield Step(self._progress(), part=part, skipped=part.skipped)
        except (OSError, ValueError) as error:
            found = True
            yield Step(self._progress(), troubles=(broke_off(source.name, error),))
        changed = change_of(source)
        skipped = Counter({} if found else {NOTHING_IN_IT if source.size else EMPTY_FILE: 1})
        troubles = (changed.sentence,) if changed else ()
        yield Step(self._progress(), skipped=skipped, notes=source.notes, troubles=troubles)
        self._file += 1
        if self._file > MAX_OPEN_FILES:
            source.let_go()

    def _parts(self, source: FileSource) -> Iterator[Indexed]:
        check = self._stopper.check
        kept = self._kept.load(source, self._file) if self._kept else None
        if kept is not None:
            yield from kept
            return
        if not source.is_whole:
            yield from map(self._packed, filling_parts(source, self._file, check))
            return
        parts = []
        for part in parts_of(source, self._file, self._workers, check):
            parts.append(self._packed(part))
            yield parts[-1]
        if self._kept:
            self._keep(self._kept, source, together(parts))

    def _packed(self, part: Indexed) -> Indexed:
        """Use the same codes all along, and hold a large collection's identifiers by their combinations."""
        columns = part.columns.in_words(self._words)
        self._words = columns.words
        if self._rows >= MANY_ROWS and self._identities.is_worthwhile:
            columns = held_apart(columns, self._identities)
        return replace(part, columns=columns)

    def _keep(self, kept: KeptIndexes, source: FileSource, indexed: Indexed) -> None:
        """Keep an index; where that fails, the next time takes longer, and no more."""
        try:
            kept.save(source, indexed)
        except StorageError as error:
            source.notes += (f"{source.name}: its index is not kept for the next time. {error.done}",)

    def _progress(self) -> Progress:
        seconds = time.perf_counter() - self._begun
        return Progress(self._done, max(self._total, self._done), self._rows, seconds)


def gathered(steps: Iterable[Step], progress: Callable[[], Progress]) -> Iterator[Step]:
    """Put small steps together: the first rows go at once, the others not more often than one can look."""
    held: list[Step] = []
    rows, since, is_first = 0, time.perf_counter(), True
    for step in steps:
        held.append(step)
        rows += len(step.part.columns) if step.part else 0
        if rows >= (1 if is_first else ENOUGH_ROWS) or time.perf_counter() - since > ENOUGH_SECONDS:
            yield _as_one(held, progress())
            is_first = is_first and not rows
            held, rows, since = [], 0, time.perf_counter()
    if held:
        yield _as_one(held, progress())


def _as_one(steps: Sequence[Step], progress: Progress) -> Step:
    parts = [step.part for step in steps if step.part is not None]
    return Step(
        progress,
        together(parts) if parts else None,
        tuple(source for step in steps for source in step.sources),
        sum((step.skipped for step in steps), Counter()),
        tuple(note for step in steps for note in step.notes),
        tuple(trouble for step in steps for trouble in step.troubles),
    )


def give_memory_back() -> None:
    """Have glibc give back what was freed; after many rows it would keep a tenth of what they take."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries have none
        if trim is not None:
            trim(0)


def _size_of(path: str) -> int:
    """Count the bytes below a path, as far as they can be counted; to tell progress, no more."""
    try:
        place = Path(path)
        if not place.is_dir():
            return place.stat().st_size if place.is_file() else 0
        return sum(_size_in(Path(where), names) for where, _, names in os.walk(place))
    except (OSError, ValueError):
        return 0


def _size_in(folder: Path, names: list[str]) -> int:
    total = 0
    for name in names:
        place = folder / name
        if not name.startswith(".") and place.is_file():
            total += place.stat().st_size
    return total
