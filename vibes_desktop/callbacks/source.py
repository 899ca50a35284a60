"""Whatever can be opened, as plain bytes that can be read at any place.

Folders and archives are taken apart; what is compressed or in UTF-16 goes through a temporary file
that nobody else sees. Names inside of an archive are labels and never become paths.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, Protocol

STANDARD_INPUT = "-"
BLOCK_BYTES = 1 << 20
HEAD_BYTES = 1 << 16
MAX_UNPACKED_BYTES = 64 << 30
SUSPICIOUS_BYTES = 256 << 20  # from here on the ratio is looked at
SUSPICIOUS_RATIO = 100  # logs of callbacks shrink to a tenth or a twentieth
MAX_ARCHIVE_DEPTH = 3
GZIP_MAGIC, ZIP_MAGIC = b"\x1f\x8b", b"PK\x03\x04"
_PREAD = getattr(os, "pread", None)  # Windows has none


class CannotOpen(Exception):
    """A path can't be opened or read; the text is one sentence for a person."""


class Source:
    """One opened file. `notes` tell what was odd about opening it; `path` is None for what was unpacked."""

    def __init__(self, name: str, file: BinaryIO, *, path: Path | None, notes: tuple[str, ...] = ()) -> None:
        self.name = name
        self.path = path
        self.notes = notes
        self._file = file
        self._lock = threading.Lock()
        self.size = os.fstat(file.fileno()).st_size

    def read_at(self, offset: int, length: int) -> bytes:
        """Read bytes; fewer where the file ends. Raises OSError."""
        if _PREAD is not None:
            found: bytes = _PREAD(self._file.fileno(), length, offset)
            return found
        with self._lock:
            self._file.seek(offset)
            return self._file.read(length)

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

    def close(self) -> None:
        """Close it; what was unpacked is gone then."""
        self._file.close()


def open_path(path: str) -> Iterator[Source | CannotOpen]:
    """Open a file, an archive, a folder or standard input; trouble is yielded in its place."""
    if path == STANDARD_INPUT:
        yield from _unpacked(sys.stdin.buffer, STANDARD_INPUT, 0)
        return
    place = Path(path)
    try:
        if place.is_dir():
            yield from _folder(place)
        else:
            yield from _file(place)
    except (OSError, ValueError) as error:
        yield CannotOpen(_sentence(path, error))


def _folder(folder: Path) -> Iterator[Source | CannotOpen]:
    """Open all files below, by name; links to folders are not followed, so that none can go in circles."""
    refused: list[OSError] = []
    found = False
    for where, folders, files in os.walk(folder, onerror=refused.append):
        folders.sort()
        for name in sorted(files):
            place = Path(where) / name
            if not name.startswith(".") and place.is_file():
                found = True
                yield from open_path(str(place))
    for error in refused:
        yield CannotOpen(_sentence(str(error.filename), error))
    if not found and not refused:
        yield CannotOpen(f"{folder}: there is no file in this folder.")


def _file(place: Path) -> Iterator[Source | CannotOpen]:
    if not place.exists():
        raise FileNotFoundError(2, "No such file or directory")
    with place.open("rb") as stream:
        head = stream.peek(HEAD_BYTES)
        if not place.is_file() or head.startswith((GZIP_MAGIC, ZIP_MAGIC)) or _encoding(head) is not None:
            yield from _unpacked(stream, str(place), 0)
            return
    yield Source(str(place), place.open("rb", buffering=0), path=place)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _unpacked(stream: IO[bytes], name: str, depth: int) -> Iterator[Source | CannotOpen]:
    """Copy a stream into a temporary file, unpacking and transcoding on the way."""
    head = _head_of(stream)
    try:
        if head.startswith(ZIP_MAGIC) and depth < MAX_ARCHIVE_DEPTH:
            yield from _zip(stream, name, depth)
        elif head.startswith(GZIP_MAGIC) and depth < MAX_ARCHIVE_DEPTH:
            yield from _gzip(stream, name, depth)
        else:
            yield _spooled(stream, name, _encoding(head))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        yield CannotOpen(_sentence(name, error))


def _head_of(stream: object) -> bytes:
    peek = getattr(stream, "peek", None)
    return bytes(peek(HEAD_BYTES)) if peek is not None else b""


def _gzip(stream: IO[bytes] | io.BufferedReader, name: str, depth: int) -> Iterator[Source | CannotOpen]:
    packed = _Counting(stream)
    inner = _Gunzip(packed)
    head = inner.peek(HEAD_BYTES)
    if head.startswith(ZIP_MAGIC) and depth + 1 < MAX_ARCHIVE_DEPTH:
        yield CannotOpen(f"{name}: it is a ZIP archive inside of gzip; unpack it first.")
    else:
        yield _spooled(inner, name, _encoding(head), packed)


class _Gunzip:
    """Unpacks gzip data; what a damaged or cut-off stream still gives comes before the error."""

    def __init__(self, packed: _Counting) -> None:
        self._packed = packed
        self._unpacking = zlib.decompressobj(wbits=31)
        self._rest = b""  # packed bytes, not yet unpacked
        self._ahead = b""

    def peek(self, _size: int) -> bytes:
        """Look at what comes first."""
        if not self._ahead:
            self._ahead = self._more()
        return self._ahead

    def read(self, _size: int) -> bytes:
        """Read on, a block at a time; raises EOFError or zlib.error."""
        ahead, self._ahead = self._ahead, b""
        return ahead or self._more()

    def _more(self) -> bytes:
        while True:
            self._rest = self._rest or self._packed.read(HEAD_BYTES)
            if self._unpacking.eof:
                if not self._rest.lstrip(b"\0"):
                    return b""
                self._unpacking = zlib.decompressobj(wbits=31)
            if not self._rest:
                raise EOFError("the end is missing")
            found = self._unpacking.decompress(self._rest, BLOCK_BYTES)
            self._rest = self._unpacking.unconsumed_tail or self._unpacking.unused_data
            if found:
                return found


def _zip(stream: IO[bytes] | io.BufferedReader, name: str, depth: int) -> Iterator[Source | CannotOpen]:
    with tempfile.TemporaryFile() as whole:
        _copy(stream, whole, None)
        with zipfile.ZipFile(whole) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            for member in members:
                label = f"{name}!{member.filename}"
                try:
                    with archive.open(member) as content:
                        packed = _Counting(content)
                        packed.taken = member.compress_size
                        yield from _member(content, label, depth, packed)
                except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, ValueError) as error:
                    yield CannotOpen(_sentence(label, error))
            if not members:
                yield CannotOpen(f"{name}: there is no file in this archive.")


def _member(content: IO[bytes], label: str, depth: int, packed: _Counting) -> Iterator[Source | CannotOpen]:
    head = _head_of(content)
    if head.startswith((GZIP_MAGIC, ZIP_MAGIC)):
        yield from _unpacked(content, label, depth + 1)
    else:
        yield _spooled(content, label, _encoding(head), packed)


class _Counting:
    """Counts what was read from a stream, to notice data that unpack to a thousand times their size."""

    def __init__(self, stream: IO[bytes] | io.BufferedReader) -> None:
        self._stream = stream
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        found = self._stream.read(size)
        self.taken += len(found)
        return found


def _spooled(stream: _Readable, name: str, encoding: str | None, packed: _Counting | None = None) -> Source:
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - the source owns it
    notes = []
    if encoding is not None:
        notes.append(f"{name}: read from {encoding.upper()}, and shown as UTF-8.")
    try:
        trouble = _copy(stream, spool, packed, encoding)
    except BaseException:
        spool.close()
        raise
    if trouble:
        notes.append(f"{name}: {trouble}; what came before is shown.")
    spool.flush()
    return Source(name, spool, path=None, notes=tuple(notes))


def _copy(
    stream: _Readable,
    into: IO[bytes],
    packed: _Counting | None,
    encoding: str | None = None,
) -> str | None:
    """Copy all of it; returns why it stopped early, if it did."""
    decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
    copied = 0
    while True:
        try:
            block = stream.read(BLOCK_BYTES)
        except (EOFError, zlib.error, zipfile.BadZipFile) as error:
            if not copied:
                raise
            return f"the packed data are damaged or end early ({error})"
        into.write(decoder.decode(block, not block).encode("utf-8", "replace") if decoder else block)
        copied += len(block)
        if not block:
            return None
        if _is_bomb(copied, packed):
            return f"stopped after {copied >> 20:,} MB: it unpacks to more than is plausible"


def _is_bomb(copied: int, packed: _Counting | None) -> bool:
    if copied > MAX_UNPACKED_BYTES:
        return True
    return packed is not None and copied > SUSPICIOUS_BYTES and copied > SUSPICIOUS_RATIO * packed.taken


def _encoding(head: bytes) -> str | None:
    """Recognise UTF-16, by its mark or by every other byte being NUL; None for anything else."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:256]
    if len(sample) >= len("{}") * 2 and sample[1::2].count(0) > len(sample) * 0.4 and 0 not in sample[::2]:
        return "utf-16-le"
    if len(sample) >= len("{}") * 2 and sample[::2].count(0) > len(sample) * 0.4 and 0 not in sample[1::2]:
        return "utf-16-be"
    return None


def _sentence(name: str, error: Exception) -> str:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    reason = reason[0].lower() + reason[1:]
    return f"{name}: it can't be read: {reason}."
