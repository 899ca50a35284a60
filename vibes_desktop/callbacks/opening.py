"""Opening a pile of files step by step: the first rows at once, the rest while one looks at them."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vibes_desktop.callbacks.indexing import Indexed, parts_of, together
from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.callbacks.pile import EMPTY_FILE
from vibes_desktop.callbacks.source import CannotOpen, Source, open_path
from vibes_desktop.callbacks.stopping import Stopped, Stopper


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
    """What is new: rows and the file they are in, what was skipped, and sentences about files."""

    progress: Progress
    part: Indexed | None = None
    source: Source | None = None  # a file that was opened; those of `part` may be in an earlier step's
    skipped: Counter[str] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


class Opening:
    """Indexes what paths lead to, in order; `steps` is for one background thread, `cancel` for any.

    `first_file`: how many sources the collection that is to grow has already.
    """

    def __init__(
        self,
        paths: Iterable[str],
        first_file: int = 0,
        kept: KeptIndexes | None = None,
        workers: int | None = None,
    ) -> None:
        self._paths = tuple(paths)
        self._file = first_file
        self._kept = kept
        self._workers = workers
        self._stopper = Stopper()
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
        """Open and index; the last step has everything. Raises StorageError where an index can't be kept."""
        self._begun = time.perf_counter()
        sizes = [_size_of(path) for path in self._paths]
        self._total = sum(sizes)
        try:
            for path, size in zip(self._paths, sizes, strict=True):
                before = self._done
                yield from self._path(path)
                self._done = before + size
                yield Step(self._progress())
        except Stopped:
            yield Step(self._progress())

    def _path(self, path: str) -> Iterator[Step]:
        for found in open_path(path):
            self._stopper.check()
            if isinstance(found, CannotOpen):
                yield Step(self._progress(), troubles=(str(found),))
                continue
            skipped = Counter({EMPTY_FILE: 1} if found.size == 0 else ())
            yield Step(self._progress(), source=found, skipped=skipped, notes=found.notes)
            yield from self._source(found)
            self._file += 1

    def _source(self, source: Source) -> Iterator[Step]:
        begin, on_disk = self._done, source.path is not None
        parts = []
        try:
            kept = self._kept.load(source, self._file) if self._kept else None
            for part in [kept] if kept else parts_of(source, self._file, self._workers, self._stopper.check):
                parts.append(part)
                self._rows += len(part.columns)
                if on_disk:
                    self._done = begin + part.end
                yield Step(self._progress(), part=part, skipped=part.skipped)
        except OSError as error:
            sentence = f"{source.name}: it stopped being readable: {(error.strerror or '').lower()}."
            yield Step(self._progress(), troubles=(sentence,))
            return
        if self._kept and not kept:
            self._kept.save(source, together(parts))

    def _progress(self) -> Progress:
        seconds = time.perf_counter() - self._begun
        return Progress(self._done, max(self._total, self._done), self._rows, seconds)


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
