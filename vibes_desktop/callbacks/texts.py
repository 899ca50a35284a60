"""The exact bytes of many payloads, read in blocks where they lie side by side."""

from __future__ import annotations

import errno
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import KINDS, Mark
from vibes_desktop.callbacks.payload import Kind
from vibes_desktop.callbacks.source import FileSource

Rows = npt.NDArray[np.int64]
ROWS_AT_ONCE = 4000
BLOCK_BYTES = 1 << 20
CUT = "the file was cut since it was opened"
GAP_BYTES = 4096  # reading on over so little costs less than asking again


def texts_of(collection: Collection, rows: Rows, *, whole: bool = False) -> Iterator[bytes]:
    """Give the text of each row, in order; nothing for one whose file was cut. Raises OSError.

    Where it must be `whole`, a file that was cut is an OSError too.
    """
    for first in range(0, len(rows), ROWS_AT_ONCE):
        yield from _some(collection, rows[first : first + ROWS_AT_ONCE], whole)


def _some(collection: Collection, rows: Rows, whole: bool) -> Iterator[bytes]:
    columns = collection.columns
    files, marks = columns.of("file", rows).tolist(), columns.of("mark", rows).tolist()
    begins, lengths = columns.of("offset", rows).tolist(), columns.of("length", rows).tolist()
    first = 0
    while first < len(rows):
        source = collection.sources[files[first]]
        if marks[first] & Mark.FULL or not isinstance(source, FileSource):
            text = collection.text(int(rows[first]))
            if whole and _is_gone(text, collection, int(rows[first])):
                raise OSError(errno.EIO, CUT)
            yield text
            first += 1
            continue
        last, end = first, begins[first]
        while (
            last < len(rows)
            and files[last] == files[first]
            and not marks[last] & Mark.FULL
            and 0 <= begins[last] - end < GAP_BYTES
            and (last == first or begins[last] + lengths[last] - begins[first] <= BLOCK_BYTES)
        ):
            end = begins[last] + lengths[last]
            last += 1
        block = source.read_all(begins[first], end - begins[first])
        if whole and len(block) < end - begins[first]:
            raise OSError(errno.EIO, CUT)
        for begin, length in zip(begins[first:last], lengths[first:last], strict=True):
            text = block[begin - begins[first] : begin - begins[first] + length]
            yield text if len(text) == length else b""
        first = last


def _is_gone(text: bytes, collection: Collection, row: int) -> bool:
    """Tell whether a record lost its text or its end since it was indexed."""
    columns = collection.columns
    if columns.at("kind", row) == KINDS.index(Kind.UNREADABLE):
        return False
    source, length = collection.sources[columns.at("file", row)], columns.at("length", row)
    if not text or not isinstance(source, FileSource):
        return not text and length > 0
    return length > 0 and not source.read_all(columns.at("offset", row) + length - 1, 1)
