"""What paths lead to: files, folders below folders, archives within archives, standard input.

What is compressed or in UTF-16 goes through a temporary file that nobody else sees. Names inside of an
archive are labels and never become paths.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from vibes_desktop.callbacks.source import FileSource, Spool
from vibes_desktop.callbacks.stopping import Check, go_on
from vibes_desktop.callbacks.unpacking import HEAD_BYTES, Counting, Filling, Gunzip, Readable, encoding_of

STANDARD_INPUT = "-"
MAX_ARCHIVE_DEPTH = 3
COPY_BYTES = 1 << 20
GZIP_MAGIC, ZIP_MAGIC = b"\x1f\x8b", b"PK\x03\x04"
WRONG = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError)


class CannotOpen(Exception):
    """A path can't be opened or read; the text is one sentence for a person."""


def open_path(path: str, spool: Spool | None = None) -> Iterator[FileSource | CannotOpen]:
    """Open a file, an archive, a folder or standard input, whole; trouble is yielded in its place."""
    for found in unfold(path, spool):
        if isinstance(found, FileSource):
            try:
                found.fill_all()
            except WRONG as error:
                found.close()
                yield CannotOpen(sentence_for(found.name, error))
                continue
        yield found


def unfold(path: str, spool: Spool | None = None, check: Check = go_on) -> Iterator[FileSource | CannotOpen]:
    """Open what a path leads to; what is packed begins empty, and is to be filled before one goes on."""
    finder = _Finder(spool or Spool(), check)
    if path == STANDARD_INPUT:
        yield from finder.unpacked(sys.stdin.buffer, STANDARD_INPUT, 0)
    else:
        yield from finder.found_at(Path(path))


def sentence_for(name: str, error: Exception) -> str:
    """Say why something can't be read."""
    return f"{name}: it can't be read: {_reason(error)}."


def broke_off(name: str, error: Exception) -> str:
    """Say why something could not be read to its end."""
    return f"{name}: it stopped being readable: {_reason(error)}."


def _reason(error: Exception) -> str:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return reason[0].lower() + reason[1:]


class _Finder:
    """Goes down into folders and archives."""

    def __init__(self, spool: Spool, check: Check) -> None:
        self._spool = spool
        self._check = check

    def found_at(self, place: Path) -> Iterator[FileSource | CannotOpen]:
        """Open a file or a folder."""
        try:
            if place.is_dir():
                yield from self._folder(place)
            else:
                yield from self._file(place)
        except (OSError, ValueError) as error:
            yield CannotOpen(sentence_for(str(place), error))

    def _folder(self, folder: Path) -> Iterator[FileSource | CannotOpen]:
        """Open all files below, by name; links to folders are not followed: none can go in circles."""
        refused: list[OSError] = []
        found = False
        for where, folders, files in os.walk(folder, onerror=refused.append):
            self._check()
            folders.sort()
            for name in sorted(files):
                place = Path(where) / name
                if not name.startswith(".") and place.is_file():
                    found = True
                    yield from self.found_at(place)
        for error in refused:
            yield CannotOpen(sentence_for(str(error.filename), error))
        if not found and not refused:
            yield CannotOpen(f"{folder}: there is no file in this folder.")

    def _file(self, place: Path) -> Iterator[FileSource | CannotOpen]:
        mode = place.stat().st_mode
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
            yield CannotOpen(f"{place}: it is a device, not a file.")
            return
        with place.open("rb") as stream:
            head = stream.peek(HEAD_BYTES)
            if (
                not place.is_file()
                or head.startswith((GZIP_MAGIC, ZIP_MAGIC))
                or encoding_of(head) is not None
            ):
                yield from self.unpacked(stream, str(place), 0)
                return
        yield FileSource(str(place), place.open("rb", buffering=0), path=place)

    def unpacked(self, stream: IO[bytes], name: str, depth: int) -> Iterator[FileSource | CannotOpen]:
        """Unpack and transcode a stream."""
        head = _head_of(stream)
        try:
            if head.startswith(ZIP_MAGIC) and depth < MAX_ARCHIVE_DEPTH:
                yield from self._zip(stream, name, depth)
            elif head.startswith(GZIP_MAGIC) and depth < MAX_ARCHIVE_DEPTH:
                yield from self._gzip(stream, name, depth)
            else:
                yield self._spooled(stream, name, encoding_of(head))
        except WRONG as error:
            yield CannotOpen(sentence_for(name, error))

    def _gzip(self, stream: IO[bytes], name: str, depth: int) -> Iterator[FileSource | CannotOpen]:
        packed = Counting(stream)
        inner = Gunzip(packed)
        head = inner.peek(HEAD_BYTES)
        if head.startswith(ZIP_MAGIC) and depth + 1 < MAX_ARCHIVE_DEPTH:
            yield CannotOpen(f"{name}: it is a ZIP archive inside of gzip; unpack it first.")
        else:
            yield self._spooled(inner, name, encoding_of(head), packed)

    def _zip(self, stream: IO[bytes], name: str, depth: int) -> Iterator[FileSource | CannotOpen]:
        """A list of the members stands at the end: what can't be read there at once is copied first."""
        if depth == 0 and stream.seekable():
            yield from self._members(stream, name, depth)
            return
        with tempfile.TemporaryFile() as whole:
            while block := stream.read(COPY_BYTES):
                self._check()
                whole.write(block)
            yield from self._members(whole, name, depth)

    def _members(self, stream: IO[bytes], name: str, depth: int) -> Iterator[FileSource | CannotOpen]:
        with zipfile.ZipFile(stream) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            for member in members:
                label = f"{name}!{member.filename}"
                try:
                    with archive.open(member) as content:
                        packed = Counting(content)
                        packed.taken = member.compress_size
                        yield from self._member(content, label, depth, packed)
                except WRONG as error:
                    yield CannotOpen(sentence_for(label, error))
            if not members:
                yield CannotOpen(f"{name}: there is no file in this archive.")

    def _member(
        self, content: IO[bytes], label: str, depth: int, packed: Counting
    ) -> Iterator[FileSource | CannotOpen]:
        head = _head_of(content)
        if head.startswith((GZIP_MAGIC, ZIP_MAGIC)):
            yield from self.unpacked(content, label, depth + 1)
        else:
            yield self._spooled(content, label, encoding_of(head), packed)

    def _spooled(
        self, stream: Readable, name: str, encoding: str | None, packed: Counting | None = None
    ) -> FileSource:
        return FileSource(name, None, spool=self._spool, filling=Filling(stream, encoding, packed))


def _head_of(stream: object) -> bytes:
    peek = getattr(stream, "peek", None)
    return bytes(peek(HEAD_BYTES)) if peek is not None else b""
