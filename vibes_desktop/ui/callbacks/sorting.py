"""Rows in the order of any column of the table, whether Columns holds its values or only their hashes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import KINDS, Columns, Mark
from vibes_desktop.callbacks.payload import Kind
from vibes_desktop.callbacks.views import ordered
from vibes_desktop.ui.callbacks.row_texts import RowTexts, texts_of

Rows = npt.NDArray[np.int64]
TEXTS = {"external": "external_id", "key": "person_key", "event": "event_id"}
ROWS_AT_ONCE = 2_000


def sorted_rows(collection: Collection, rows: Rows, name: str, *, descending: bool = False) -> Rows:
    """Sort; equal rows keep their order, those without a value come last. Raises OSError."""
    if name == "state":
        return _by(rows, -_gravity(collection, rows), descending=descending)
    if name == "findings":
        return _by(rows, -_worst(collection, rows), descending=descending)
    if name == "file":
        return _by(rows, _names(collection)[collection.columns.of("file", rows)], descending=descending)
    if name in TEXTS:
        return _by(rows, _ranks(collection, rows, name), descending=descending)
    return ordered(collection.columns, rows, name, descending=descending)


def _by(rows: Rows, values: Rows, *, descending: bool) -> Rows:
    """Sort by numbers; 0 stands for none where no number is below it."""
    absent = values == 0
    values = -values if descending else values
    found: Rows = rows[np.lexsort((values, absent)) if absent.any() else np.argsort(values, kind="stable")]
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


def _ranks(collection: Collection, rows: Rows, name: str) -> Rows:
    """Rank rows by a text that only their payloads hold: one row of each hash is read."""
    hashes = _hashes(collection.columns, rows, name)
    values, first, places = np.unique(hashes, return_index=True, return_inverse=True)
    texts: list[str] = []
    for begin in range(0, len(first), ROWS_AT_ONCE):
        some = rows[first[begin : begin + ROWS_AT_ONCE]].tolist()
        found = texts_of(collection, some)
        texts += [_text(found[row], name) for row in some]
    ranks = np.empty(len(values), np.int64)
    ranks[sorted(range(len(values)), key=texts.__getitem__)] = np.arange(1, len(values) + 1)
    ranks[values == 0] = 0
    return ranks[places]


def _hashes(columns: Columns, rows: Rows, name: str) -> npt.NDArray[np.uint64]:
    hashes = columns.of(name, rows)
    if name == "key":  # the column shows the old numeric ID where there is no key
        hashes = np.where(hashes == 0, columns.of("person", rows), hashes)
    return hashes


def _text(texts: RowTexts, name: str) -> str:
    if name == "key":
        return texts.person_key or texts.person_id
    return str(getattr(texts, TEXTS[name]))
