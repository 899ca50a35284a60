"""Streams that are unpacked and transcoded block by block, and stopped where no end is in sight."""

from __future__ import annotations

import codecs
import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Protocol

BLOCK_BYTES = 1 << 20
HEAD_BYTES = 1 << 16
MAX_UNPACKED_BYTES = 64 << 30
LEAVE_FREE_BYTES = 1 << 30  # of the disk that temporary files are on
LOOK_EVERY_BYTES = 64 << 20
SUSPICIOUS_BYTES = 256 << 20  # from here on the ratio is looked at
SUSPICIOUS_RATIO = 100  # logs of callbacks shrink to a tenth or a twentieth
BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile)
IMPLAUSIBLE = "it unpacks to more than is plausible"
NO_ROOM = "there is hardly any room left for temporary files"


class Readable(Protocol):
    """What bytes come from."""

    def read(self, size: int, /) -> bytes: ...


class Counting:
    """Counts what was read from a stream, to notice data that unpack to a thousand times their size."""

    def __init__(self, stream: IO[bytes] | io.BufferedReader) -> None:
        self._stream = stream
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        found = self._stream.read(size)
        self.taken += len(found)
        return found


class Filling:
    """Reads a stream to its end, a few blocks at a time. `notes` tell what was done to it."""

    def __init__(self, stream: Readable, encoding: str | None, packed: Counting | None) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
        self._packed = packed
        self._copied = self._looked = 0
        self.is_done = False
        self.notes = [f"read from {encoding.upper()}, and shown as UTF-8."] if encoding else []

    @property
    def taken(self) -> int:
        """Count what was read of the stream, packed as it is."""
        return self._packed.taken if self._packed else self._copied

    def blocks(self, enough: int) -> Iterator[bytes]:
        """Give about so many bytes. Raises what is wrong with the data if nothing came before it."""
        begun = self._copied
        while not self.is_done and self._copied - begun < enough:
            try:
                block = self._stream.read(BLOCK_BYTES)
            except BROKEN as error:
                if not self._copied:
                    raise
                self._end(f"the packed data are damaged or end early ({error})")
                return
            self.is_done = not block
            self._copied += len(block)
            plain = (
                self._decoder.decode(block, not block).encode("utf-8", "replace") if self._decoder else block
            )
            if plain:
                yield plain
            if trouble := self._trouble():
                self._end(trouble)

    def _end(self, reason: str) -> None:
        self.notes.append(f"{reason}; what came before is shown.")
        self.is_done = True

    def _trouble(self) -> str | None:
        copied, packed = self._copied, self._packed
        bomb = packed is not None and copied > SUSPICIOUS_BYTES and copied > SUSPICIOUS_RATIO * packed.taken
        if bomb or copied > MAX_UNPACKED_BYTES:
            return f"stopped after {copied >> 20:,} MB: {IMPLAUSIBLE}"
        if copied - self._looked > LOOK_EVERY_BYTES:
            self._looked = copied
            if shutil.disk_usage(tempfile.gettempdir()).free < LEAVE_FREE_BYTES:
                return f"stopped after {copied >> 20:,} MB: {NO_ROOM}"
        return None


class Gunzip:
    """Unpacks gzip data; what a damaged or cut-off stream still gives comes before the error."""

    def __init__(self, packed: Counting) -> None:
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


def encoding_of(head: bytes) -> str | None:
    """Recognise UTF-16, by its mark or by every other byte being NUL; None for anything else."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:256]
    if len(sample) >= len("{}") * 2 and sample[1::2].count(0) > len(sample) * 0.4 and 0 not in sample[::2]:
        return "utf-16-le"
    if len(sample) >= len("{}") * 2 and sample[::2].count(0) > len(sample) * 0.4 and 0 not in sample[1::2]:
        return "utf-16-be"
    return None
