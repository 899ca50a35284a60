"""Where payloads are read from again, at any place: a file, what was unpacked, or received callbacks."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from vibes_desktop.callbacks.csv_rows import csv_titles
from vibes_desktop.callbacks.payload import Wrapping
from vibes_desktop.callbacks.stopping import Check, go_on
from vibes_desktop.callbacks.unpacking import Filling

BLOCK_BYTES = 1 << 20
FILL_BYTES = 8 << 20
HEAD_BYTES = 1 << 16
BOM = b"\xef\xbb\xbf"
BARE = Wrapping()
_PREAD = getattr(os, "pread", None)  # Windows has none


@runtime_checkable
class Source(Protocol):
    """What rows of a collection are read from again. An offset need not count bytes: it names a record."""

    name: str
    size: int

    def read_all(self, offset: int, length: int) -> bytes:
        """Read a record again; less, or nothing, where it is gone. Raises OSError."""

    def head(self) -> bytes:
        """Read the beginning; what is no file has none."""

    def wrapping_at(self, offset: int, /) -> Wrapping:
        """Tell what is known of a record's delivery beyond its text."""

    def close(self) -> None:
        """Let it go."""


class Spool:
    """A temporary file that nobody else sees, for everything that was unpacked; gone with its last user."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file: BinaryIO | None = None
        self._users = 0
        self.end = 0

    def join(self) -> None:
        """Use it."""
        with self._lock:
            if self._file is None:
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - its users close it
                self.end = 0
            self._users += 1

    def leave(self) -> None:
        """Use it no longer."""
        with self._lock:
            self._users -= 1
            if not self._users and self._file is not None:
                self._file.close()
                self._file = None

    def append(self, block: bytes) -> None:
        """Write at the end. Raises OSError."""
        with self._lock:
            assert self._file is not None  # noqa: S101 - whoever writes has joined
            self._file.seek(self.end)
            rest = memoryview(block)
            while rest:
                rest = rest[self._file.write(rest) :]
            self.end += len(block)

    def read_at(self, offset: int, length: int) -> bytes:
        """Read bytes. Raises OSError."""
        with self._lock:
            return _read(self._file, offset, length) if self._file is not None else b""


class FileSource:
    """A file, or a part of a spool. `notes` tell what was odd about it; `path` is None for what was unpacked.

    What is being unpacked grows by `fill` until it `is_whole`.
    """

    def __init__(
        self,
        name: str,
        file: BinaryIO | None,
        *,
        path: Path | None = None,
        spool: Spool | None = None,
        filling: Filling | None = None,
    ) -> None:
        self.name = name
        self.path = path
        self.notes: tuple[str, ...] = ()
        self.column: str | None = None  # of a CSV file: the one that was chosen to hold the payloads
        self._file = file
        self._spool = spool
        self._filling = filling
        self._lock = threading.Lock()
        self._begin = 0
        self.taken = 0  # packed bytes that were read so far
        self.read_to = self.lines = 0  # how far it is indexed, and how many lines that is
        self.stat = os.fstat(file.fileno()) if file else None
        self.size = self.stat.st_size if self.stat else 0
        if spool:
            spool.join()
            self._begin = spool.end

    @property
    def is_whole(self) -> bool:
        """Tell whether all of it is there."""
        return self._filling is None

    def fill(self, length: int = FILL_BYTES, check: Check = go_on) -> None:
        """Unpack some more. Raises what is wrong with the data if nothing came before it, and Stopped."""
        if self._filling is None or self._spool is None:
            return
        for block in self._filling.blocks(length):
            check()
            self._spool.append(block)
            self.size += len(block)
        self.taken = self._filling.taken
        if self._filling.is_done:
            self.notes += tuple(f"{self.name}: {note}" for note in self._filling.notes)
            self._filling = None

    def fill_all(self, check: Check = go_on) -> None:
        """Unpack the rest. Raises as `fill` does."""
        while not self.is_whole:
            self.fill(FILL_BYTES, check)

    def read_at(self, offset: int, length: int) -> bytes:
        """Read bytes; fewer where the file ends. Raises OSError."""
        if self._spool is not None:
            length = min(length, self.size - offset)
            return self._spool.read_at(self._begin + offset, length) if length > 0 else b""
        if self._file is None:
            return self._read_anew(offset, length)
        if _PREAD is not None:
            found: bytes = _PREAD(self._file.fileno(), length, offset)
            return found
        with self._lock:
            return _read(self._file, offset, length)

    def read_all(self, offset: int, length: int) -> bytes:
        """Read bytes however long, in as many calls as the system needs."""
        parts = []
        while length > 0 and (part := self.read_at(offset, min(length, 1 << 30))):
            parts.append(part)
            offset += len(part)
            length -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def head(self) -> bytes:
        """Read the beginning."""
        return self.read_at(0, HEAD_BYTES)

    def wrapping_at(self, _offset: int) -> Wrapping:
        """Files tell everything in their text."""
        return BARE

    def choose(self, column: str | None) -> None:
        """Choose the column of a CSV file; a note tells where there is none of that name."""
        self.column = column
        titles = csv_titles(self.head().removeprefix(BOM)) if column else ()
        if column and titles and column.lower() not in {title.lower() for title in titles}:
            self.notes += (f"{self.name}: there is no column {column}; the usual ones are looked for.",)

    def let_go(self) -> None:
        """Close the file until it is read again: a system allows only so many open ones."""
        if self.path is not None and self._file is not None:
            file, self._file = self._file, None
            file.close()

    def close(self) -> None:
        """Close it; what was unpacked is gone then."""
        if self._spool is not None:
            spool, self._spool = self._spool, None
            spool.leave()
        if self._file is not None:
            self._file.close()

    def _read_anew(self, offset: int, length: int) -> bytes:
        """Open the file once more; none, or another one in its place, holds nothing of ours."""
        if self.path is None or self.stat is None:
            return b""
        try:
            with self.path.open("rb", buffering=0) as file:
                found = os.fstat(file.fileno())
                same = (found.st_dev, found.st_ino) == (self.stat.st_dev, self.stat.st_ino)
                return _read(file, offset, length) if same else b""
        except FileNotFoundError:
            return b""


def _read(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)
