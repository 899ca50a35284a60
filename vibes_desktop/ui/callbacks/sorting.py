"""Rows in the order of any column of the table, whether Columns holds its values or only their hashes."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import ABSENT_MS, KINDS, Columns, Mark
from vibes_desktop.callbacks.fast import fast_row
from vibes_desktop.callbacks.payload import Kind
from vibes_desktop.callbacks.views import ordered
from vibes_desktop.ui.callbacks.row_texts import RowTexts, texts_of

Rows = npt.NDArray[np.int64]
PLACES = {"external": (6,), "key": (4, 5), "event": (1,)}  # in a FastRow
ROWS_AT_ONCE = 2_000


def sorting(
    collection: Collection, rows: Rows, name: str, *, descending: bool = False
) -> Generator[float, None, Rows]:
    """Sort; equal rows keep their order, those without a value come last. Raises OSError.

    Yields how much is done, from 0 to 1, where payloads have to be read.
    """
    if name == "state":
        return _by(rows, -_gravity(collection, rows), descending=descending)
    if name == "lag":
        return _by_lag(collection.columns, rows, descending=descending)
    if name == "findings":
        return _by(rows, -_worst(collection, rows), descending=descending)
    if name == "file":
        return _by(rows, _names(collection)[collection.columns.of("file", rows)], descending=descending)
    if name in PLACES:
        ranks = yield from _ranks(collection, rows, name)
        return _by(rows, ranks, descending=descending)
    return ordered(collection.columns, rows, name, descending=descending)


def _by(rows: Rows, values: Rows, *, descending: bool) -> Rows:
    """Sort by numbers; 0 stands for none where no number is below it."""
    absent = values == 0
    values = -values if descending else values
    found: Rows = rows[np.lexsort((values, absent)) if absent.any() else np.argsort(values, kind="stable")]
    return found


def _by_lag(columns: Columns, rows: Rows, *, descending: bool) -> Rows:
    """Sort by the time between the event and its receipt."""
    sent, received = columns.of("time", rows), columns.of("received", rows)
    absent = (sent == ABSENT_MS) | (received == ABSENT_MS)
    lags = np.where(absent, 0, received - sent)
    found: Rows = rows[np.lexsort((-lags if descending else lags, absent))]
    return found


def _names(collection: Collection) -> Rows:
    """Rank the files by their names, from 1."""
    names = [source.name for source in collection.sources]
    ranks = np.zeros(max(len(names), 1), np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(1, len(names) + 1)
    return ranks


def _gravity(collection: Collection, rows: Rows) -> Rows:
    """Tell how odd each row is; 0 for plain ones."""
    columns = collection.columns
    marks = columns.of("mark", rows).astype(np.int64)
    gravity = 8 * (columns.of("kind", rows) == KINDS.index(Kind.UNREADABLE)).astype(np.int64)
    gravity += 4 * ((marks & Mark.CUT_OFF) != 0) + 2 * (columns.of("attempt", rows) > 1)
    found: Rows = gravity + ((marks & Mark.REPAIRED) != 0)
    return found


def _worst(collection: Collection, rows: Rows) -> Rows:
    """Give the findings' own order; 0 for none, or none known yet."""
    judged = collection.judged
    if judged is None:
        return np.zeros(len(rows), np.int64)
    bits = judged.bits(rows).astype(np.int64) & 0x7FFF_FFFF
    lowest = bits & -bits  # the worst findings have the lowest bits
    found: Rows = np.where(lowest == 0, 0, 64 - np.log2(np.maximum(lowest, 1)).astype(np.int64))
    return found


def _ranks(collection: Collection, rows: Rows, name: str) -> Generator[float, None, Rows]:
    """Rank rows by a text that only their payloads hold: one row of each hash is read."""
    hashes = _hashes(collection.columns, rows, name)
    values, first, places = np.unique(hashes, return_index=True, return_inverse=True)
    in_order = np.argsort(first)  # files are read from their beginning to their end
    texts = [""] * len(values)
    for begin in range(0, len(first), ROWS_AT_ONCE):
        some = in_order[begin : begin + ROWS_AT_ONCE]
        for value, text in zip(some.tolist(), _texts(collection, rows[first[some]], name), strict=True):
            texts[value] = text
        yield begin / len(first)
    ranks = np.empty(len(values), np.int64)
    ranks[sorted(range(len(values)), key=texts.__getitem__)] = np.arange(1, len(values) + 1)
    ranks[values == 0] = 0
    return ranks[places]


def _hashes(columns: Columns, rows: Rows, name: str) -> npt.NDArray[np.uint64]:
    hashes = columns.of(name, rows)
    if name == "key":  # the column shows the old numeric ID where there is no key
        hashes = np.where(hashes == 0, columns.of("person", rows), hashes)
    return hashes


def _texts(collection: Collection, rows: Rows, name: str) -> list[str]:
    """Read one text of each row, the quick way where its line is clean."""
    columns, places = collection.columns, PLACES[name]
    values = [columns.of(column, rows).tolist() for column in ("mark", "file", "offset", "length")]
    found = []
    for row, mark, file, offset, length in zip(rows.tolist(), *values, strict=True):
        line = b"" if mark & Mark.FULL else collection.sources[file].read_all(offset, length)
        quick = fast_row(line, harmless=True) if line else None
        if quick is None:
            found.append(_text(texts_of(collection, [row])[row], name))
        else:
            found.append(next((str(text) for place in places if (text := quick[place])), ""))
    return found


def _text(texts: RowTexts, name: str) -> str:
    match name:
        case "key":
            return texts.person_key or texts.person_id
        case "event":
            return texts.event_id
        case _:
            return texts.external_id
