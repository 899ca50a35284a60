"""Which rows answer a query: by their columns where those suffice, by their payloads otherwise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import (
    ABSENT_MS,
    KINDS,
    ODD_NUMBER,
    Columns,
    Mark,
    hashes,
    number_of,
)
from vibes_desktop.callbacks.matching import matcher, mdn_matcher, pattern_of
from vibes_desktop.callbacks.payload import Kind
from vibes_desktop.callbacks.query import And, Not, Or, Query, Term, moment_range, number_range, terms_of

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
SEARCH_BYTES = 2 << 20  # longer calls would hold up the window
OF_REPEATS = {
    ("is", "redelivered"): "redelivered",
    ("is", "conflicting"): "conflicting",
    ("finding", "redelivery"): "redelivered",
    ("finding", "conflict"): "conflicting",
}


def needs_rules(query: Query) -> bool:
    """Tell whether a query asks for findings that only a pass over all payloads can tell."""
    return any(
        term.field == "finding" or (term.field, term.value) == ("has", "findings")
        for term in terms_of(query)
        if (term.field, term.value) not in OF_REPEATS
    )


def select(query: Query, collection: Collection) -> Rows:
    """Give the rows that match, in order; not for a query that `needs_rules`. Raises OSError."""
    return _select(query, collection, np.arange(len(collection), dtype=np.int64))


def _select(query: Query, collection: Collection, rows: Rows) -> Rows:
    match query:
        case Term():
            return _term(query, collection, rows)
        case Not(part):
            return np.setdiff1d(rows, _select(part, collection, rows), assume_unique=True)
        case And(parts):
            for part in sorted(parts, key=_is_slow):
                rows = _select(part, collection, rows)
            return rows
        case Or(parts):
            found = [_select(part, collection, rows) for part in parts]
            return np.unique(np.concatenate(found))


def _is_slow(query: Query) -> bool:
    return any(term.field not in MASKS or (term.field, term.value) in OF_REPEATS for term in terms_of(query))


def _term(term: Term, collection: Collection, rows: Rows) -> Rows:
    if (term.field, term.value) in OF_REPEATS:
        wanted: Rows = getattr(collection.repeats(), OF_REPEATS[term.field, term.value])
        return np.intersect1d(rows, wanted, assume_unique=True)
    mask = MASKS[term.field](term, collection) if term.field in MASKS else None
    if mask is not None:
        return rows[mask[rows]]
    if term.field == "" and term.value.isascii() and term.value:
        return _searched(term.value.encode().lower(), term, collection, rows)
    return _asked(term, collection, rows)


def _asked(term: Term, collection: Collection, rows: Rows) -> Rows:
    """Read the payloads of these rows and ask each."""
    matches = matcher(term)
    return np.array(
        [row for row in rows.tolist() if matches(collection.payload(row, judged=False))], dtype=np.int64
    )


def _searched(word: bytes, term: Term, collection: Collection, rows: Rows) -> Rows:
    """Search the text of plain rows block by block, and the others one by one."""
    columns = collection.columns
    plain = (columns["mark"][rows].astype(np.uint8) & np.uint8(Mark.FULL)) == 0
    found = [_asked(term, collection, rows[~plain])]
    files = columns["file"][rows]
    found += [
        _in_file(word, collection, file, rows[plain & (files == file)])
        for file in np.unique(files[plain]).tolist()
    ]
    return np.sort(np.concatenate(found))


def _in_file(word: bytes, collection: Collection, file: int, rows: Rows) -> Rows:
    """Search rows that lie in one file in ascending order."""
    offsets = collection.columns["offset"][rows].astype(np.int64)
    ends = offsets + collection.columns["length"][rows].astype(np.int64)
    source, found, first = collection.sources[file], [np.empty(0, np.int64)], 0
    while first < len(rows):
        last = max(int(np.searchsorted(ends, offsets[first] + SEARCH_BYTES, "right")), first + 1)
        begin = int(offsets[first])
        text = source.read_all(begin, int(ends[last - 1]) - begin).lower()
        hits = np.array(_places(word, text), dtype=np.int64) + begin
        holders = np.searchsorted(offsets[first:last], hits, "right") - 1 + first
        inside = (holders >= first) & (hits + len(word) <= ends[np.maximum(holders, 0)])
        found.append(rows[np.unique(holders[inside])])
        first = last
    return np.concatenate(found)


def _places(word: bytes, text: bytes) -> list[int]:
    places = []
    place = text.find(word)
    while place >= 0:
        places.append(place)
        place = text.find(word, place + 1)
    return places


MaskMaker = Callable[[Term, Collection], Mask | None]


def _coded(name: str) -> MaskMaker:
    def make(term: Term, collection: Collection) -> Mask:
        fits = pattern_of(term)
        table = np.array([bool(word) and fits(word) for word in collection.columns.words[name]], dtype=bool)
        found: Mask = table[collection.columns[name]]
        return found

    return make


def _time(name: str) -> MaskMaker:
    def make(term: Term, collection: Collection) -> Mask:
        begin, end = moment_range(term.value)
        column = collection.columns[name]
        found: Mask = (column >= begin) & (column < end) & (column != ABSENT_MS)
        return found

    return make


def _number(name: str) -> MaskMaker:
    def make(term: Term, collection: Collection) -> Mask:
        low, high = number_range(term.value)
        column = collection.columns[name].astype(np.int64)
        found: Mask = (column >= low) & (column <= high) & (column > 0)
        return found

    return make


def _event(term: Term, collection: Collection) -> Mask | None:
    if "*" in term.value and not term.is_quoted:
        return None
    found: Mask = collection.columns["event"] == hashes([term.value])[0]
    return found


def _person(term: Term, collection: Collection) -> Mask | None:
    if "*" in term.value and not term.is_quoted:
        return None
    wanted = hashes([term.value])[0]
    columns = collection.columns
    found: Mask = (columns["key"] == wanted) | (columns["person"] == wanted) | (columns["external"] == wanted)
    number = _exact_number(term.value, columns)
    return found if number is None else found | number


def _mdn(term: Term, collection: Collection) -> Mask | None:
    columns = collection.columns
    if term.is_quoted or "*" not in term.value:
        return _exact_number(term.value, columns)
    if _has_odd_number(columns):
        return None
    dials = mdn_matcher(term)
    values, places = np.unique(columns["mdn"], return_inverse=True)
    fits = np.array([value > 0 and dials(f"+{value}") for value in values.tolist()], dtype=bool)
    found: Mask = fits[places]
    return found


def _exact_number(value: str, columns: Columns) -> Mask | None:
    """Compare numbers; None where an odd one is wanted or present, which only its payload can tell."""
    wanted = number_of(value) if any(character.isdigit() for character in value) else 0
    if wanted == ODD_NUMBER or _has_odd_number(columns):
        return None
    found: Mask = (columns["mdn"] == wanted) & (columns["mdn"] != 0)
    return found


def _has_odd_number(columns: Columns) -> bool:
    return bool((columns["mdn"] == ODD_NUMBER).any())


def _kind(term: Term, collection: Collection) -> Mask:
    fits = pattern_of(term)
    found: Mask = np.array([fits(kind.value) for kind in KINDS], dtype=bool)[collection.columns["kind"]]
    return found


def _source(term: Term, collection: Collection) -> Mask:
    fits = pattern_of(term)
    table = np.array([fits(source.name) for source in collection.sources] or [False], dtype=bool)
    found: Mask = table[collection.columns["file"]]
    return found


def _marked(mark: Mark) -> Callable[[Columns], Mask]:
    return lambda columns: (columns["mark"].astype(np.uint8) & np.uint8(mark)) != 0


WORDS: dict[tuple[str, str], Callable[[Columns], Mask]] = {
    ("is", "repaired"): _marked(Mark.REPAIRED),
    ("is", "cut_off"): _marked(Mark.CUT_OFF),
    ("is", "unwrapped"): _marked(Mark.UNWRAPPED),
    ("is", "unreadable"): lambda columns: columns["kind"] == KINDS.index(Kind.UNREADABLE),
    ("is", "callback"): lambda columns: columns["kind"] == KINDS.index(Kind.CALLBACK),
    ("has", "repairs"): _marked(Mark.REPAIRED),
    ("has", "mdn"): lambda columns: columns["mdn"] != 0,
    ("has", "received"): lambda columns: columns["received"] != ABSENT_MS,
    ("has", "attempt"): lambda columns: columns["attempt"] > 0,
    ("has", "person"): lambda columns: (
        (columns["mdn"] != 0) | (columns["key"] != 0) | (columns["person"] != 0) | (columns["external"] != 0)
    ),
}


def _word(term: Term, collection: Collection) -> Mask | None:
    make = WORDS.get((term.field, term.value))
    return make(collection.columns) if make else None


MASKS: dict[str, MaskMaker] = {
    "type": _coded("type"),
    "list": _coded("list"),
    "campaign": _coded("campaign"),
    "reason": _coded("reason"),
    "date": _time("time"),
    "received": _time("received"),
    "optout": _time("opt_out"),
    "attempt": _number("attempt"),
    "answered": _number("answered"),
    "event": _event,
    "person": _person,
    "mdn": _mdn,
    "kind": _kind,
    "source": _source,
    "is": _word,
    "has": _word,
}
