"""A column's values for some rows, piece by piece: so that no call into numpy holds up the window. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.columns import Array, Columns

Rows = npt.NDArray[np.int64]
PIECE_ROWS = 1 << 16


class Pieces:
    """Can be gone through more than once. Of rows without a gap one piece is in memory at a time.

    Those are given in the order of the files, in whatever order they are shown.
    """

    def __init__(self, columns: Columns, rows: Rows, name: str) -> None:
        self._columns = columns
        self._name = name
        self._count = len(rows)
        self._first = int(rows.min()) if len(rows) else 0
        self._values = None if is_gapless(rows) else columns.of(name, rows)

    def __iter__(self) -> Iterator[Array]:
        for begin in range(0, self._count, PIECE_ROWS):
            end = min(begin + PIECE_ROWS, self._count)
            if self._values is not None:
                yield self._values[begin:end]
            else:
                yield self._columns.part(self._name, self._first + begin, self._first + end)


def is_gapless(rows: Rows) -> bool:
    """Tell whether rows, each of which is there once, are all from one to another, in any order."""
    return len(rows) > 0 and int(rows.max()) - int(rows.min()) + 1 == len(rows)


def counts_of(columns: Columns, rows: Rows, name: str, codes: int) -> npt.NDArray[np.int64]:
    """Count how often each code from 0 on occurs; there are `codes` of them."""
    counts = np.zeros(codes, np.int64)
    for piece in Pieces(columns, rows, name):
        counts += np.bincount(piece, minlength=codes)
    return counts
