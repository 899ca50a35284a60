"""Indexes of large files, kept for the next time; they hold mobile numbers, so they are private files."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from vibes_desktop.callbacks.columns import DTYPES, WORDED, Columns
from vibes_desktop.callbacks.indexing import Indexed
from vibes_desktop.callbacks.source import HEAD_BYTES, FileSource
from vibes_desktop.storage.atomic import atomic_write
from vibes_desktop.storage.folders import make_private_folder

FORMAT = 1  # change it whenever a column, or what it holds, changes
SUFFIX = ".index"
KEEP_FROM_BYTES = 16 << 20
MAX_KEPT_BYTES = 2 << 30


class KeptIndexes:
    """A bounded folder of indexes."""

    def __init__(
        self, folder: Path, max_bytes: int = MAX_KEPT_BYTES, from_bytes: int = KEEP_FROM_BYTES
    ) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._from_bytes = from_bytes

    def load(self, source: FileSource, file: int) -> Indexed | None:
        """Read the index of this very file; None where there is none, or none that can be read."""
        if source.path is None or source.size < self._from_bytes:
            return None
        place = self._place(source)
        try:
            with place.open("rb") as stream:
                header = json.loads(stream.readline())
                if header["format"] != FORMAT:
                    return None
                columns = Columns.of_arrays(
                    {name: _read(stream, header, name) for name in DTYPES},
                    {name: header["words"][name] for name in WORDED},
                ).of_file(file)
            place.touch()
        except (OSError, ValueError, KeyError):
            return None
        return Indexed(columns, header["lines"], Counter(header["skipped"]), source.size)

    def save(self, source: FileSource, indexed: Indexed) -> None:
        """Keep an index; raises StorageError. The ones not used for longest make room."""
        if source.path is None or source.size < self._from_bytes:
            return
        make_private_folder(self._folder)
        atomic_write(self._place(source), _chunks(indexed))
        self._make_room()

    def clear(self) -> None:
        """Forget all of them."""
        for place in self._folder.glob(f"*{SUFFIX}"):
            with contextlib.suppress(OSError):  # another window of the program may have been faster
                place.unlink()

    def _place(self, source: FileSource) -> Path:
        stat = source.path.stat() if source.path else None
        key = hashlib.sha256(f"{source.path}\0{source.size}\0{stat.st_mtime_ns if stat else 0}".encode())
        key.update(source.head())
        key.update(source.read_at(max(source.size - HEAD_BYTES, 0), HEAD_BYTES))
        return self._folder / (key.hexdigest()[:40] + SUFFIX)

    def _make_room(self) -> None:
        kept = sorted(
            (
                (place.stat().st_mtime_ns, place.stat().st_size, place)
                for place in self._folder.glob(f"*{SUFFIX}")
            ),
            reverse=True,
        )
        total = 0
        for _, size, place in kept:
            total += size
            if total > self._max_bytes:
                place.unlink(missing_ok=True)


def _chunks(indexed: Indexed) -> Iterator[bytes]:
    columns = indexed.columns
    constant = {name: bool(len(columns)) and columns[name].strides == (0,) for name in DTYPES}
    header = {
        "format": FORMAT,
        "rows": len(columns),
        "lines": indexed.lines,
        "skipped": dict(indexed.skipped),
        "words": columns.words,
        "constant": constant,
    }
    yield json.dumps(header).encode() + b"\n"
    for name in DTYPES:
        column = columns[name]
        yield (column[:1] if constant[name] else column).tobytes()


def _read(stream: Any, header: dict[str, Any], name: str) -> np.typing.NDArray[Any]:
    """Read one column; raises ValueError where the file is too short."""
    dtype = np.dtype(DTYPES[name])
    rows = header["rows"]
    if header["constant"][name]:
        return np.broadcast_to(np.frombuffer(stream.read(dtype.itemsize), dtype, 1)[0], rows)
    return np.frombuffer(stream.read(rows * dtype.itemsize), dtype, rows)
