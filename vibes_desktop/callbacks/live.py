"""Captures of the listener as rows of a collection: each is one, or more, whatever was in its body."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from vibes_desktop.callbacks.assembling import assemble
from vibes_desktop.callbacks.columns import DTYPES, Builder, Columns, Mark, merged
from vibes_desktop.callbacks.fast import FastRow, fast_row
from vibes_desktop.callbacks.following import Look
from vibes_desktop.callbacks.indexing import Indexed
from vibes_desktop.callbacks.payload import Body, Payload, Wrapping
from vibes_desktop.callbacks.stopping import Check, go_on
from vibes_desktop.callbacks.unwrapping import unwrap
from vibes_desktop.model.capture import Capture, CaptureId, Delivery
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.captures import CaptureStore

MAX_UNPACKED_BYTES = 64 << 20
ROWS_AT_ONCE = 4_000
UNPACKED = "unpacked from {encoding}"
NOT_UNPACKED = "the body is not the {encoding} it claims to be, or far too large; shown as it came"
_WINDOW_BITS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


class CaptureSource:
    """A store of captures; an offset is a capture's ID. The store stays open: whoever opened it closes it."""

    def __init__(self, name: str, store: CaptureStore) -> None:
        self.name = name
        self.store = store
        self.size = 0

    def read_all(self, offset: int, length: int) -> bytes:  # noqa: ARG002 - a capture is read as a whole
        """Read a body again, unpacked; nothing where it was cleared. Raises OSError."""
        delivery = self.delivery(offset)
        return b"" if delivery is None else body_of(delivery)[0]

    def head(self) -> bytes:
        """Captures are no file."""
        return b""

    def wrapping_at(self, offset: int, /) -> Wrapping:
        """Tell when a capture was received, and how it was answered. Raises OSError."""
        delivery = self.delivery(offset)
        return Wrapping() if delivery is None else body_of(delivery)[1]

    def delivery(self, capture: int) -> Delivery | None:
        """Read everything that is known of a capture; None where it was cleared. Raises OSError."""
        try:
            found = self.store.capture(CaptureId(capture))
        except StorageError as error:
            raise OSError(error.title) from error
        return None if found is None else found.delivery

    def close(self) -> None:
        """Leave the store to whoever opened it."""


class CaptureFollower:
    """Gives what a store holds beyond what was taken; `look` is for one background thread."""

    has_ended = False

    def __init__(self, source: CaptureSource, file: int, after: int = 0) -> None:
        self._source = source
        self._file = file
        self.after = after

    def look(self, check: Check = go_on) -> Look:
        """Take the next captures, as many as make one step. Raises StorageError, and what `check` does."""
        taken: list[Capture] = []
        for block in self._source.store.blocks(self.after):
            check()
            taken += block
            if len(taken) >= ROWS_AT_ONCE:
                break
        if not taken:
            return Look()
        self.after = taken[-1].id
        part = index_captures(taken, self._file, self._source.name)
        return Look(part, has_more=len(taken) >= ROWS_AT_ONCE)


def index_captures(captures: Iterable[Capture], file: int, name: str) -> Indexed:
    """Make the columns of captures, in their order."""
    parts: list[Columns] = []
    clean: list[tuple[Capture, FastRow]] = []
    odd: list[Capture] = []
    builder = Builder(file)
    for capture in captures:
        row = None if capture.delivery.header("Content-Encoding") else fast_row(capture.body)
        if row is None:
            if clean:
                parts.append(_clean_columns(builder, clean))
                clean = []
            odd.append(capture)
        else:
            if odd:
                parts.append(_odd_columns(builder, odd, name))
                odd = []
            clean.append((capture, row))
    if clean:
        parts.append(_clean_columns(builder, clean))
    if odd:
        parts.append(_odd_columns(builder, odd, name))
    return Indexed(merged(parts), 0, Counter())


def payloads_of(delivery: Delivery) -> list[Body]:
    """Find what a delivery holds; its whole body where that is no payload."""
    text, wrapping = body_of(delivery)
    found = [each for each in unwrap(text, wrapping) if isinstance(each, Body)]
    return found or [Body(text, wrapping)]


def body_of(delivery: Delivery) -> tuple[bytes, Wrapping]:
    """Unpack a body that was sent packed; what can't be unpacked stays as it came, and that is said."""
    wrapping = Wrapping((), delivery.received_ms, delivery.answered)
    encoding = (delivery.header("Content-Encoding") or "").strip().lower()
    if encoding in {"", "identity"}:
        return delivery.body, wrapping
    unpacked = _unpacked(delivery.body, encoding)
    if unpacked is None:
        return delivery.body, wrapping.around(NOT_UNPACKED.format(encoding=encoding[:20]))
    return unpacked, wrapping.around(UNPACKED.format(encoding=encoding))


def _unpacked(body: bytes, encoding: str) -> bytes | None:
    bits = _WINDOW_BITS.get(encoding)
    if bits is None:
        return None
    try:
        unpacking = zlib.decompressobj(bits)
        text = unpacking.decompress(body, MAX_UNPACKED_BYTES)
    except zlib.error:
        return None
    return text if unpacking.eof else None


def _clean_columns(builder: Builder, clean: Sequence[tuple[Capture, FastRow]]) -> Columns:
    """Make columns of bodies that need no second look, with when and how each was received."""
    ids = [capture.id for capture, _ in clean]
    lengths = [len(capture.body) for capture, _ in clean]
    builder.add_fast([row for _, row in clean], ([*ids], lengths, [*ids]))
    made = builder.columns()
    arrays = {name: made[name] for name in DTYPES}
    deliveries = [capture.delivery for capture, _ in clean]
    arrays["received"] = np.array([each.received_ms for each in deliveries], np.int64)
    arrays["answered"] = np.array([each.answered for each in deliveries], np.uint16)
    arrays["mark"] = np.full(len(clean), int(Mark.FULL), np.uint8)  # its text is more than its place
    return Columns.of_arrays(arrays, made.words)


def _odd_columns(builder: Builder, odd: Sequence[Capture], name: str) -> Columns:
    """Read bodies in full."""
    payloads: list[Payload] = []
    places: list[tuple[int, int, int]] = []
    for capture in odd:
        for part, body in enumerate(payloads_of(capture.delivery)):
            payloads.append(assemble(body, name, capture.id, judged=False))
            places.append((capture.id, len(capture.body), part))
    builder.add_full(payloads, places)
    return builder.columns()
