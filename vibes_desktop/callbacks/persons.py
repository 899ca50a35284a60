"""Who is who in a collection: identifiers that stand together in one payload are one person's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import Columns
from vibes_desktop.callbacks.payload import PersonRef
from vibes_desktop.callbacks.query import Term
from vibes_desktop.callbacks.selecting import select
from vibes_desktop.model.identifier import IdentifierKind

Rows = npt.NDArray[np.int64]
Labels = npt.NDArray[np.int64]
IDENTIFIERS = {
    "key": IdentifierKind.PERSON_KEY,
    "person": IdentifierKind.PERSON_ID,
    "external": IdentifierKind.EXTERNAL_ID,
    "mdn": IdentifierKind.MDN,
}
WITHOUT_NUMBER = ("key", "person", "external")
NOBODY = -1
MAX_ROUNDS = 50
FEW = 12  # values up to which comparing one after the other is quicker
MAX_NAMED = 200


@dataclass(frozen=True, slots=True)
class Known:
    """One identifier of a person, and how many of the rows have it."""

    kind: IdentifierKind
    value: str = field(repr=False)
    rows: int


@dataclass(frozen=True, slots=True)
class Joined:
    """A person's rows, in order, and the identifiers that join them; `more` were not named."""

    rows: Rows = field(repr=False)
    identifiers: tuple[Known, ...] = ()
    more: int = 0

    @property
    def is_doubtful(self) -> bool:
        """Tell whether two of a kind, other than numbers, were joined: two people may share a number."""
        kinds = [each.kind for each in self.identifiers if each.kind is not IdentifierKind.MDN]
        return len(kinds) > len(set(kinds))


def person_named(collection: Collection, identifier: str, by: Sequence[str] = tuple(IDENTIFIERS)) -> Joined:
    """Find a person by any identifier, joined by those kinds. Raises OSError."""
    rows = select(Term("person", identifier, is_quoted=True), collection)
    return _named(collection, rows_joined(collection.columns, rows, by))


def person_at(collection: Collection, row: int, by: Sequence[str] = tuple(IDENTIFIERS)) -> Joined:
    """Find the person whom a row is about; no row where it names nobody. Raises OSError."""
    columns = collection.columns
    if not any(columns.at(name, row) > 0 for name in IDENTIFIERS):
        return Joined(np.empty(0, np.int64))
    return _named(collection, rows_joined(columns, np.array([row], np.int64), by))


def rows_joined(columns: Columns, rows: Rows, by: Sequence[str] = tuple(IDENTIFIERS)) -> Rows:
    """Add all rows that share an identifier with these, or with one of those, and so on."""
    arrays = {name: columns[name] for name in by}
    found = np.zeros(len(columns), bool)
    found[rows] = True
    known: dict[str, set[int]] = {name: set() for name in by}
    fresh = rows
    for _ in range(MAX_ROUNDS):
        before = found.copy()
        for name, column in arrays.items():
            values = {value for value in np.unique(column[fresh]).tolist() if value > 0} - known[name]
            known[name] |= values
            found |= _holds_any(column, values)
        fresh = np.flatnonzero(found & ~before)
        if not len(fresh):
            break
    return np.flatnonzero(found).astype(np.int64)


def labels(columns: Columns) -> Labels:
    """Number the people of all rows, from 0; NOBODY where a row names none. About a second a million rows."""
    nodes, count = _nodes(columns)
    parents = np.arange(count)
    for one, other in _edges(nodes):
        parents = _united(parents, one, other)
    first = np.full(len(columns), NOBODY, np.int64)
    for column in reversed(nodes):
        np.copyto(first, column, where=column >= 0)
    return np.where(first >= 0, parents[np.maximum(first, 0)] if count else 0, NOBODY)


def _holds_any(column: npt.NDArray[np.generic], values: set[int]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(column), bool)
    if len(values) <= FEW:
        for value in values:
            found |= column == value
        return found
    wanted = np.sort(np.array(list(values), column.dtype))
    places = np.minimum(np.searchsorted(wanted, column), len(wanted) - 1)
    return np.asarray(wanted[places] == column)


def _nodes(columns: Columns) -> tuple[list[Rows], int]:
    """Number the distinct values of every kind of identifier; NOBODY where a row has none."""
    nodes, count = [], 0
    for name in IDENTIFIERS:
        column = columns[name]
        values, places = np.unique(column, return_inverse=True)
        absent = values <= 0
        numbers = np.cumsum(~absent) - 1 + count
        numbers[absent] = NOBODY
        nodes.append(numbers[places].astype(np.int64))
        count += int((~absent).sum())
    return nodes, count


def _edges(nodes: list[Rows]) -> list[tuple[Rows, Rows]]:
    """Name each pair of identifiers that stand together in a row, once."""
    found = []
    for index, one in enumerate(nodes):
        for other in nodes[index + 1 :]:
            both = (one >= 0) & (other >= 0)
            pairs = np.unique((one[both] << 32) | other[both])
            found.append((pairs >> 32, pairs & 0xFFFF_FFFF))
    return found


def _united(parents: Rows, one: Rows, other: Rows) -> Rows:
    """Join sets until both ends of every edge are in the same."""
    while True:
        left, right = parents[one], parents[other]
        apart = left != right
        if not apart.any():
            return parents
        one, other, left, right = one[apart], other[apart], left[apart], right[apart]
        np.minimum.at(parents, np.maximum(left, right), np.minimum(left, right))
        while (parents[parents] != parents).any():
            parents = parents[parents]


def _named(collection: Collection, rows: Rows) -> Joined:
    """Read the identifiers' own spelling, each from the first row that has it."""
    columns, known, more = collection.columns, [], 0
    for name, kind in IDENTIFIERS.items():
        values, first, counts = np.unique(columns.of(name, rows), return_index=True, return_counts=True)
        present = np.flatnonzero(values > 0)
        present = present[np.argsort(-counts[present], kind="stable")]
        more += max(len(present) - MAX_NAMED, 0)
        for place in present[:MAX_NAMED].tolist():
            person = collection.payload(int(rows[first[place]]), judged=False, whole=False).facts.person
            known.append(Known(kind, identifier_of(person, kind) or "", int(counts[place])))
    return Joined(rows, tuple(known), more)


def identifier_of(person: PersonRef, kind: IdentifierKind) -> str | None:
    """Give a person's identifier of this kind."""
    match kind:
        case IdentifierKind.PERSON_KEY:
            return person.person_key
        case IdentifierKind.PERSON_ID:
            return person.person_id
        case IdentifierKind.EXTERNAL_ID:
            return person.external_person_id
        case IdentifierKind.MDN:
            return person.mdn
