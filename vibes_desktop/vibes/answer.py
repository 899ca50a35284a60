"""What came back: status, the headers that matter, and the body within its limit."""

from __future__ import annotations

import codecs
import zlib
from dataclasses import dataclass, field
from email.message import Message
from enum import Enum
from typing import Final

GZIP_OR_ZLIB: Final = 32 + zlib.MAX_WBITS
GZIP_MAGIC: Final = b"\x1f"
RAW_DEFLATE: Final = -zlib.MAX_WBITS
TEXT_CODECS: Final = (
    "ascii",
    "cp125",
    "iso8859",
    "utf-16",
    "utf-32",
    "shift_jis",
    "euc",
    "gb",
    "big5",
    "koi8",
)


class BodyTrouble(Enum):
    """Why there is no whole body."""

    TOO_LARGE = "too large"
    CUT_OFF = "cut off"
    UNREADABLE = "unreadable"  # a compression we don't know, or broken


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. Header names are lower case; a repeated header keeps its first value."""

    status: int
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    trouble: BodyTrouble | None = None

    @property
    def is_success(self) -> bool:
        """Tell whether the status is one of the 2xx: which one says nothing (C-7)."""
        return 200 <= self.status < 300

    def text(self) -> str | None:
        """Read the body as text; None where its bytes fit no charset it may have.

        JSON is UTF-8 whatever a header says; only bytes that are not UTF-8 are read as declared.
        """
        for charset in ("utf-8-sig", self._declared_charset()):
            if charset is not None:
                try:
                    return self.body.decode(charset)
                except UnicodeDecodeError:
                    continue
        return None

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self._content_type().get_content_type()

    def _declared_charset(self) -> str | None:
        name = self._content_type().get_param("charset")
        if not isinstance(name, str):
            return None
        try:
            codec = codecs.lookup(name).name
        except (LookupError, ValueError):
            return None
        # Python's registry also holds codecs that are no charsets, such as rot13 and idna.
        return codec if codec.startswith(TEXT_CODECS) else None

    def _content_type(self) -> Message:
        message = Message()
        message["content-type"] = self.headers.get("content-type", "application/octet-stream")
        return message


class BodyTooLarge(Exception):
    """The decoded body passes its limit."""


class BodyUnreadable(Exception):
    """The compression is unknown or broken."""


class BodyBuffer:
    """Collects a body and undoes its compression piece by piece.

    httpx would decode a whole piece first: 522 kB of gzip became one piece of 67 MB.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        """Begin; `encoding` is the Content-Encoding header. Raises BodyUnreadable for one unknown."""
        name = encoding.strip().lower()
        if name not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise BodyUnreadable
        self._limit = limit
        self._bytes = bytearray()
        self._may_be_raw = name == "deflate"
        self._has_begun = False
        self._inflate = zlib.decompressobj(GZIP_OR_ZLIB) if name not in {"", "identity"} else None

    def feed(self, piece: bytes) -> None:
        """Add a piece as received; raises BodyTooLarge or BodyUnreadable."""
        if self._inflate is None:
            self._bytes += piece
        else:
            try:
                self._feed_compressed(piece)
            except zlib.error:
                raise BodyUnreadable from None
        if len(self._bytes) > self._limit:
            raise BodyTooLarge

    def finish(self) -> bytes:
        """Return the whole body; raises BodyUnreadable when its compressed form ended early."""
        if self._inflate is not None and not self._inflate.eof and self._has_begun:
            raise BodyUnreadable
        return bytes(self._bytes)

    def _feed_compressed(self, piece: bytes) -> None:
        assert self._inflate is not None  # noqa: S101 - the one caller looked
        if not self._has_begun and self._may_be_raw and piece and piece[0] & 0x0F != 8:
            self._inflate = zlib.decompressobj(RAW_DEFLATE)  # "deflate" is sent with and without its header
        self._has_begun = self._has_begun or bool(piece)
        while piece and len(self._bytes) <= self._limit:
            if self._inflate.eof:
                if not piece.startswith(GZIP_MAGIC):
                    return  # padding, which gzip allows behind its last member
                self._inflate = zlib.decompressobj(GZIP_OR_ZLIB)
            room = self._limit + 1 - len(self._bytes)
            self._bytes += self._inflate.decompress(piece, room)
            piece = self._inflate.unconsumed_tail or self._inflate.unused_data
