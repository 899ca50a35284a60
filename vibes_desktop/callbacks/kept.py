"""Indexes of large files, kept for the next time; they hold mobile numbers, so they are private files.

A line of JSON tells what follows: the combinations of identifiers, and then every column of every chunk.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.columns import DTYPES, Chunk, Columns
from vibes_desktop.callbacks.identities import IDENTIFIERS, Identified, Identities
from vibes_desktop.callbacks.indexing import Indexed
from vibes_desktop.callbacks.packing import Array, Gapless, Packed, Pieces, gapless
from vibes_desktop.callbacks.source import HEAD_BYTES, FileSource
from vibes_desktop.storage.atomic import atomic_write
from vibes_desktop.storage.folders import make_private_folder

FORMAT = 3  # change it whenever a column, or what it holds, changes
SUFFIX = ".index"
KEEP_FROM_BYTES = 16 << 20
MAX_KEPT_BYTES = 2 << 30
CODES = "codes"  # takes the place of the identifiers where these are held by their combinations
GAPLESS = "gapless"  # takes the place of the offsets where the lengths tell these

Described: TypeAlias = list[Any]  # rows, narrow type, base, scale, step, absent


class KeptIndexes:
    """A bounded folder of indexes."""

    def __init__(
        self, folder: Path, max_bytes: int = MAX_KEPT_BYTES, from_bytes: int = KEEP_FROM_BYTES
    ) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._from_bytes = from_bytes

    def load(self, source: FileSource, file: int) -> Iterator[Indexed] | None:
        """Read the index of this very file, chunk after chunk; None where there is none that can be read."""
        if source.path is None or source.size < self._from_bytes:
            return None
        place = self._place(source)
        try:
            with place.open("rb") as stream:
                header = json.loads(stream.readline())
                if header["format"] != FORMAT or stream.tell() + header["bytes"] != place.stat().st_size:
                    return None
            place.touch()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return _parts(place, file, source.size)

    def save(self, source: FileSource, indexed: Indexed) -> None:
        """Keep the index of a whole file; raises StorageError. The ones not used for longest make room."""
        if source.path is None or source.size < self._from_bytes:
            return
        make_private_folder(self._folder)
        atomic_write(self._place(source), _blocks(indexed))
        self._make_room()

    def size(self) -> int:
        """Count the bytes that all of them take."""
        return sum(size for _, size, _ in self._kept())

    def clear(self) -> None:
        """Forget all of them."""
        for place in self._folder.glob(f"*{SUFFIX}"):
            with contextlib.suppress(OSError):  # another window of the program may have been faster
                place.unlink()

    def _place(self, source: FileSource) -> Path:
        modified = source.stat.st_mtime_ns if source.stat else 0
        key = hashlib.sha256(
            f"{source.path}\0{source.column}\0{source.size}\0{modified}".encode("utf-8", "surrogateescape")
        )
        key.update(source.head())
        key.update(source.read_at(max(source.size - HEAD_BYTES, 0), HEAD_BYTES))
        return self._folder / (key.hexdigest()[:40] + SUFFIX)

    def _kept(self) -> list[tuple[int, int, Path]]:
        found = []
        for place in self._folder.glob(f"*{SUFFIX}"):
            with contextlib.suppress(OSError):
                found.append((place.stat().st_mtime_ns, place.stat().st_size, place))
        return sorted(found, reverse=True)

    def _make_room(self) -> None:
        total = 0
        for _, size, place in self._kept():
            total += size
            if total > self._max_bytes:
                place.unlink(missing_ok=True)


def _blocks(indexed: Indexed) -> Iterator[bytes]:
    """Give the header and everything after it."""
    columns = indexed.columns
    people, tables = _people(columns)
    chunks = [_plain(chunk, tables) for chunk in columns.chunks]
    arrays = [pieces.narrow for chunk in chunks for pieces in chunk.values() if pieces.narrow is not None]
    header = {
        "format": FORMAT,
        "bytes": sum(array.nbytes for array in (*people, *arrays)),
        "lines": indexed.lines,
        "skipped": dict(indexed.skipped),
        "words": columns.words,
        "people": len(people[0]) if people else 0,
        "chunks": [{name: _described(pieces) for name, pieces in chunk.items()} for chunk in chunks],
    }
    yield json.dumps(header).encode() + b"\n"
    for array in (*people, *arrays):
        yield array.tobytes()


def _people(columns: Columns) -> tuple[list[Array], dict[Identities, npt.NDArray[np.int64]]]:
    """Gather the combinations that occur, and say for each set of them which number they have here."""
    used: dict[Identities, npt.NDArray[np.bool_]] = {}
    for chunk in columns.chunks:
        if isinstance(held := chunk[IDENTIFIERS[0]], Identified):
            seen = used.setdefault(held.identities, np.zeros(held.identities.count, bool))
            seen[held.codes.of(slice(None))] = True
    gathered: list[list[Array]] = [[] for _ in IDENTIFIERS]
    tables, count = {}, 0
    for identities, seen in used.items():
        tables[identities] = np.cumsum(seen) - 1 + count
        count += int(seen.sum())
        for which, values in enumerate(identities.values):
            gathered[which].append(values[: len(seen)][seen])
    return [np.concatenate(values) for values in gathered if values], tables


def _plain(chunk: Chunk, tables: Mapping[Identities, npt.NDArray[np.int64]]) -> dict[str, Packed]:
    """Put codes in the place of identifiers that are held by their combinations."""
    plain = {name: pieces for name, pieces in chunk.items() if isinstance(pieces, Packed)}
    if isinstance(places := chunk["offset"], Gapless):
        plain[GAPLESS] = Packed(places.rows, np.dtype(np.int64), base=places.base)
    if isinstance(held := chunk[IDENTIFIERS[0]], Identified):
        plain[CODES] = held.codes.recoded(tables[held.identities])
    return plain


def _described(pieces: Packed) -> Described:
    narrow = pieces.narrow.dtype.str if pieces.narrow is not None else None
    return [pieces.rows, narrow, pieces.base, pieces.scale, pieces.step, pieces.has_absent]


def _parts(place: Path, file: int, size: int) -> Iterator[Indexed]:
    """Read chunk after chunk; raises OSError or ValueError where the file is not what its header says."""
    with place.open("rb") as stream:
        header = json.loads(stream.readline())
        identities = _read_people(stream, header["people"])
        skipped = Counter(header["skipped"])
        for number, described in enumerate(header["chunks"], 1):
            chunk = _read_chunk(stream, described, identities)
            end = size * number // len(header["chunks"])
            yield Indexed(Columns([chunk], header["words"]).of_file(file), header["lines"], skipped, end)
            skipped = Counter()


def _read_chunk(stream: IO[bytes], described: dict[str, Described], identities: Identities) -> Chunk:
    chunk: dict[str, Pieces] = {}
    begin = None
    for name, (rows, narrow, base, scale, step, has_absent) in described.items():
        held = _read(stream, np.dtype(narrow), rows) if narrow else None
        dtype = np.dtype(DTYPES.get(name, np.int64))
        packed = Packed(rows, dtype, held, base, scale, step, has_absent)
        if name == GAPLESS:
            begin = base
        elif name == CODES:
            people = (Identified(packed, identities, which) for which in range(len(IDENTIFIERS)))
            chunk |= dict(zip(IDENTIFIERS, people, strict=True))
        else:
            chunk[name] = packed
    if begin is not None and isinstance(lengths := chunk["length"], Packed):
        chunk["offset"] = gapless(lengths, begin)
    return chunk


def _read_people(stream: IO[bytes], count: int) -> Identities:
    identities = Identities()
    if count:
        identities.values = tuple(_read(stream, values.dtype, count) for values in identities.values)
        identities.count = count
    return identities


def _read(stream: IO[bytes], dtype: np.dtype[Any], rows: int) -> Array:
    """Read an array; raises ValueError where the file is too short."""
    return np.frombuffer(stream.read(rows * dtype.itemsize), dtype, rows)
