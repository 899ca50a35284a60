"""Which rows answer a query: by their columns where those suffice, by their texts or payloads otherwise."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import (
    ABSENT_MS,
    KINDS,
    MAX_MDN_DIGITS,
    ODD_NUMBER,
    Array,
    Mark,
    hashes,
    number_of,
)
from vibes_desktop.callbacks.judged import bits_of
from vibes_desktop.callbacks.matching import mdn_matcher, pattern_of
from vibes_desktop.callbacks.payload import Kind
from vibes_desktop.callbacks.query import And, Not, Or, Query, Term, moment_range, number_range, terms_of
from vibes_desktop.callbacks.searching import asked, is_searched, searched

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
FIRST_ROWS, MOST_ROWS = 256, 1 << 18
STEP_SECONDS = 0.03
OF_REPEATS = {
    ("is", "redelivered"): "redelivered",
    ("is", "conflicting"): "conflicting",
    ("finding", "redelivery"): "redelivered",
    ("finding", "conflict"): "conflicting",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows among which is looked, in ascending order."""

    collection: Collection
    rows: Rows = field(repr=False)

    def values(self, name: str) -> Array:
        """Give a column's values for these rows."""
        rows = self.rows
        if self.is_gapless:
            return self.collection.columns.part(name, int(rows[0]), int(rows[-1]) + 1)
        return self.collection.columns.of(name, rows)

    @property
    def is_gapless(self) -> bool:
        """Tell whether no row is left out from the first to the last."""
        return bool(len(self.rows)) and int(self.rows[-1]) - int(self.rows[0]) + 1 == len(self.rows)

    def without(self, rows: Rows) -> Rows:
        """Give the rows that are not among these."""
        kept = np.ones(len(self.rows), bool)
        kept[rows - self.rows[0] if self.is_gapless else np.searchsorted(self.rows, rows)] = False
        found: Rows = self.rows[kept]
        return found

    def narrowed(self, rows: Rows) -> Scope:
        """Look among fewer rows."""
        return Scope(self.collection, rows)


def needs_rules(query: Query) -> bool:
    """Tell whether a query asks for findings that only a pass over all payloads can tell."""
    return any(
        term.field == "finding" or (term.field, term.value) == ("has", "findings")
        for term in terms_of(query)
        if (term.field, term.value) not in OF_REPEATS
    )


def select(query: Query, collection: Collection, rows: Rows | None = None) -> Rows:
    """Give the rows that match, of these or of all, in ascending order.

    A query that `needs_rules` is answered from what has been judged so far, see `unjudged`; where nothing
    was, from the payloads themselves, which takes its time. Raises OSError.
    """
    rows = np.arange(len(collection), dtype=np.int64) if rows is None else rows
    return _select(query, Scope(collection, rows))


def select_in_steps(
    query: Query, collection: Collection, rows: Rows | None = None
) -> Iterator[tuple[Rows, int]]:
    """Give the rows that match piece by piece, each piece with how many rows have been looked at so far.

    A query that columns answer comes in one piece. Raises OSError.
    """
    rows = np.arange(len(collection), dtype=np.int64) if rows is None else rows
    size = FIRST_ROWS if _is_slow(query) else max(len(rows), 1)
    done = 0
    while done < len(rows) or not done:
        begun = time.perf_counter()
        piece = rows[done : done + size]
        found = _select(query, Scope(collection, piece))
        done += len(piece)
        yield found, done
        if not len(rows):
            return
        size = (
            min(size * 2, MOST_ROWS)
            if time.perf_counter() - begun < STEP_SECONDS
            else max(size // 2, FIRST_ROWS)
        )


def unjudged(query: Query, collection: Collection) -> int:
    """Count the rows that may be missing from an answer because nobody has judged them yet."""
    judged = collection.judged
    return len(collection) - judged.done_rows if judged is not None and needs_rules(query) else 0


def _select(query: Query, scope: Scope) -> Rows:
    match query:
        case Term():
            return _term(query, scope)
        case Not(part):
            return scope.without(_select(part, scope))
        case And(parts):
            for part in sorted(parts, key=_is_slow):
                scope = scope.narrowed(_select(part, scope))
            return scope.rows
        case Or(parts):
            found = [_select(part, scope) for part in parts]
            return np.unique(np.concatenate(found))


def _is_slow(query: Query) -> bool:
    return any(term.field not in MASKS for term in terms_of(query))


def _term(term: Term, scope: Scope) -> Rows:
    if not len(scope.rows):
        return scope.rows
    mask = MASKS[term.field](term, scope) if term.field in MASKS else None
    if mask is not None:
        found: Rows = scope.rows[mask]
        return found
    if is_searched(term):
        return searched(term, scope.collection, scope.rows)
    return asked(term, scope.collection, scope.rows)


MaskMaker = Callable[[Term, Scope], Mask | None]


def _coded(name: str) -> MaskMaker:
    def make(term: Term, scope: Scope) -> Mask:
        fits = pattern_of(term)
        words = scope.collection.columns.words[name]
        table = np.array([bool(word) and fits(word) for word in words], dtype=bool)
        found: Mask = table[scope.values(name)]
        return found

    return make


def _time(name: str) -> MaskMaker:
    def make(term: Term, scope: Scope) -> Mask:
        begin, end = moment_range(term.value)
        column = scope.values(name)
        found: Mask = (column >= begin) & (column < end) & (column != ABSENT_MS)
        return found

    return make


def _number(name: str) -> MaskMaker:
    def make(term: Term, scope: Scope) -> Mask:
        low, high = number_range(term.value)
        column = scope.values(name)
        found: Mask = (column >= low) & (column <= high) & (column > 0)
        return found

    return make


def _event(term: Term, scope: Scope) -> Mask | None:
    if "*" in term.value and not term.is_quoted:
        return None
    return _hashed(term.value, scope, "event")


def _person(term: Term, scope: Scope) -> Mask | None:
    if "*" in term.value and not term.is_quoted:
        return None
    return _mdn(term, scope) | _hashed(term.value, scope, "key", "person", "external")


def _hashed(value: str, scope: Scope, *names: str) -> Mask:
    """Tell which rows hold a text in any of these columns; nothing is held by none."""
    wanted = hashes([value])[0]
    found: Mask = np.zeros(len(scope.rows), bool)
    for name in names if value else ():
        found |= scope.values(name) == wanted
    return found


def _mdn(term: Term, scope: Scope) -> Mask:
    """Compare numbers; where one does not fit the column, its payload is asked."""
    column = scope.values("mdn")
    if term.is_quoted or "*" not in term.value:
        wanted = number_of(term.value) if any(character.isdigit() for character in term.value) else 0
        found: Mask = (column == wanted) & (column > 0)
    elif re.fullmatch(r"\+?[1-9][0-9]*\*", term.value):
        found = _begins(int(term.value.strip("+*")), column)
    else:
        dials = mdn_matcher(term)
        values, places = np.unique(column, return_inverse=True)
        found = np.array([value > 0 and dials(f"+{value}") for value in values.tolist()], dtype=bool)[places]
    odd = np.flatnonzero(column == ODD_NUMBER)
    found[odd] = np.isin(scope.rows[odd], asked(term, scope.collection, scope.rows[odd]))
    return found


def _begins(digits: int, column: Array) -> Mask:
    """Tell which numbers begin with these digits, by the ranges in which those of each length lie."""
    low, high, edges = digits, digits + 1, []
    while low < 10**MAX_MDN_DIGITS:
        edges += [low, high]
        low, high = low * 10, high * 10
    found: Mask = np.searchsorted(np.array(edges, np.int64), column, "right") % 2 == 1
    return found


def _kind(term: Term, scope: Scope) -> Mask:
    fits = pattern_of(term)
    found: Mask = np.array([fits(kind.value) for kind in KINDS], dtype=bool)[scope.values("kind")]
    return found


def _source(term: Term, scope: Scope) -> Mask:
    fits = pattern_of(term)
    table = np.array([fits(source.name) for source in scope.collection.sources] or [False], dtype=bool)
    found: Mask = table[scope.values("file")]
    return found


def _finding(term: Term, scope: Scope) -> Mask | None:
    if (term.field, term.value) in OF_REPEATS:
        return _repeated(term, scope)
    judged = scope.collection.judged
    if judged is None:
        return None
    found: Mask = (judged.bits(scope.rows) & bits_of(pattern_of(term))) != 0
    return found


def _repeated(term: Term, scope: Scope) -> Mask:
    wanted: Rows = getattr(scope.collection.repeats(), OF_REPEATS[term.field, term.value])
    places = np.searchsorted(wanted, scope.rows)
    found: Mask = np.zeros(len(scope.rows), bool)
    inside = places < len(wanted)
    found[inside] = wanted[places[inside]] == scope.rows[inside]
    return found


def _has_findings(scope: Scope) -> Mask | None:
    judged = scope.collection.judged
    return None if judged is None else judged.severe(scope.rows)


def _marked(mark: Mark) -> Callable[[Scope], Mask]:
    return lambda scope: (scope.values("mark").astype(np.uint8) & np.uint8(mark)) != 0


def _has_person(scope: Scope) -> Mask:
    found: Mask = scope.values("mdn") != 0
    for name in ("key", "person", "external"):
        found = found | (scope.values(name) != 0)
    return found


WORDS: dict[tuple[str, str], Callable[[Scope], Mask | None]] = {
    ("is", "repaired"): _marked(Mark.REPAIRED),
    ("is", "cut_off"): _marked(Mark.CUT_OFF),
    ("is", "unwrapped"): _marked(Mark.UNWRAPPED),
    ("is", "unreadable"): lambda scope: scope.values("kind") == KINDS.index(Kind.UNREADABLE),
    ("is", "callback"): lambda scope: scope.values("kind") == KINDS.index(Kind.CALLBACK),
    ("has", "repairs"): _marked(Mark.REPAIRED),
    ("has", "mdn"): lambda scope: scope.values("mdn") != 0,
    ("has", "received"): lambda scope: scope.values("received") != ABSENT_MS,
    ("has", "attempt"): lambda scope: scope.values("attempt") > 0,
    ("has", "person"): _has_person,
    ("has", "findings"): _has_findings,
}


def _word(term: Term, scope: Scope) -> Mask | None:
    if (term.field, term.value) in OF_REPEATS:
        return _repeated(term, scope)
    return WORDS[term.field, term.value](scope)


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
    "finding": _finding,
}
