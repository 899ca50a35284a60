"""What there is to choose from in a result: values with their counts. Pure; run off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo

import numpy as np

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import KINDS, Columns, Mark
from vibes_desktop.callbacks.matching import pattern_of
from vibes_desktop.callbacks.payload import Kind
from vibes_desktop.callbacks.query import And, Not, Or, Query, Term
from vibes_desktop.callbacks.selecting import select_in_steps
from vibes_desktop.callbacks.stopping import Check, go_on
from vibes_desktop.ui.callbacks.answering import NO_ROWS, Rows
from vibes_desktop.ui.callbacks.questions.pieces import counts_of
from vibes_desktop.ui.callbacks.questions.zones import in_utc
from vibes_desktop.ui.callbacks.refining import holds, replaced

COUNTED = (
    ("type", "Type"),
    ("reason", "Opt-out reason"),
    ("list", "List"),
    ("campaign", "Campaign"),
    ("source", "Source"),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet, as a condition, and how many rows have it."""

    term: Term
    label: str
    count: int
    is_chosen: bool = False
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """Values of one kind, most frequent first."""

    name: str
    title: str
    values: tuple[Value, ...]


def facets_of(
    collection: Collection,
    rows: Rows,
    query: Query | None,
    names: dict[str, str],
    rows_for: Callable[[str], Rows],
) -> tuple[Facet, ...]:
    """Count everything; what nothing has is left out. Raises OSError.

    `rows_for` gives the rows among which a field's values are counted, see `rows_without`.
    """
    found = []
    for name, title in COUNTED:
        values = _values(name, _counts(collection, rows_for(name), name), query, names)
        if values:
            found.append(Facet(name, title, values))
    states = _states(collection, rows, query)
    if states:
        found.append(Facet("findings", _findings_title(collection), states))
    return tuple(found)


def _counts(collection: Collection, rows: Rows, name: str) -> tuple[tuple[str, int], ...]:
    """Count a field's values, most frequent first. Sources are told apart once there are two."""
    columns = collection.columns
    words = [source.name for source in collection.sources] if name == "source" else columns.words[name]
    if name == "source" and len(words) < 2:
        return ()
    counts = counts_of(columns, rows, "file" if name == "source" else name, len(words)).tolist()
    found = [(word, count) for word, count in zip(words, counts, strict=True) if count and word]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def rows_without(
    collection: Collection,
    rows: Rows,
    query: Query | None,
    field: str,
    zone: tzinfo | None = UTC,
    check: Check = go_on,
) -> Rows:
    """Give the rows that answer the question without its condition on one field.

    So one sees what else there is to choose. Dates are read in `zone`. Raises OSError and Stopped.
    """
    rest = replaced(query, field, None)
    if rest == query:
        return rows
    if rest is None:
        return np.arange(len(collection), dtype=np.int64)
    pieces = [NO_ROWS]
    for piece, _ in select_in_steps(in_utc(rest, zone), collection):
        check()
        pieces.append(piece)
    return np.concatenate(pieces)


def _values(
    field: str, counts: Sequence[tuple[str, int]], query: Query | None, names: dict[str, str]
) -> tuple[Value, ...]:
    asked = asked_for(query, field)
    found = [
        _value(_term_for(field, word, asked), _label(field, word, names), count, query)
        for word, count in counts
    ]
    shown = {value.term for value in found}
    for term in dict.fromkeys(asked):
        if term not in shown:
            fits = pattern_of(term)
            found.append(_value(term, term.value, sum(count for word, count in counts if fits(word)), query))
    return tuple(found)


def _term_for(field: str, word: str, asked: Sequence[Term]) -> Term:
    """Give the condition for a value; where the question spells it otherwise, that."""
    for term in asked:
        if term.value.casefold() == word.casefold() and (term.is_quoted or not needs_quotes(word)):
            return term
    return Term(field, word, is_quoted=needs_quotes(word))


def _value(term: Term, label: str, count: int, query: Query | None) -> Value:
    return Value(term, label, count, holds(query, term), is_excluded(query, term))


def _label(field: str, word: str, names: dict[str, str]) -> str:
    if field == "list" and word in names:
        return f"{word} {names[word]}"
    if field == "source":
        return word.replace("\\", "/").rpartition("/")[2] or word
    return word


def needs_quotes(word: str) -> bool:
    """Tell whether a word would mean something else without quotes."""
    return any(letter.isspace() or letter in '()"*\\' for letter in word) or word.startswith((">", "<"))


def asked_for(query: Query | None, field: str, *, excluded: bool = True) -> tuple[Term, ...]:
    """Give the conditions on a field that stand in the question; with `excluded` also what is not wanted."""
    parts: Iterable[Query] = query.parts if isinstance(query, And) else () if query is None else (query,)
    choices = [
        choice.part if isinstance(choice, Not) and excluded else choice
        for part in parts
        for choice in (part.parts if isinstance(part, Or) else (part,))
    ]
    return tuple(choice for choice in choices if isinstance(choice, Term) and choice.field == field)


def is_excluded(query: Query | None, term: Term) -> bool:
    """Tell whether a question asks for payloads of which this is not true."""
    return query == Not(term) or (isinstance(query, And) and Not(term) in query.parts)


MARKS = {"repaired": Mark.REPAIRED, "cut_off": Mark.CUT_OFF}
OF_REPEATS = {"redelivered": "redelivery", "conflicting": "conflict"}
SAID_BY_STATES = frozenset((*OF_REPEATS.values(), "cut_off", "unreadable"))


def marked_anew(facets: Sequence[Facet], query: Query | None) -> tuple[Facet, ...]:
    """Mark what stands in another question, before its answer is counted."""
    return tuple(
        replace(
            each,
            values=tuple(_value(value.term, value.label, value.count, query) for value in each.values),
        )
        for each in facets
    )


def _findings_title(collection: Collection) -> str:
    judged = collection.judged
    is_whole = judged is not None and judged.done_rows >= len(collection)
    return "Findings" if is_whole else "Findings so far"


def _states(collection: Collection, rows: Rows, query: Query | None) -> tuple[Value, ...]:
    """Count rows with a state, as far as the second pass has come; each narrows the result further."""
    judged = dict(collection.judged.counts(rows)) if collection.judged is not None else {}
    counts = {word: judged.get(code, 0) for word, code in OF_REPEATS.items()}
    counts |= _marked(collection.columns, rows)
    values = [_value(Term("is", word), _spaced(word), count, query) for word, count in counts.items()]
    values += [
        _value(Term("finding", code), _spaced(code), count, query)
        for code, count in judged.items()
        if code not in SAID_BY_STATES
    ]
    values += _lost(values, query)
    return tuple(value for value in values if value.count or value.is_chosen or value.is_excluded)


def _marked(columns: Columns, rows: Rows) -> dict[str, int]:
    """Count what the columns tell by themselves."""
    by_mark = counts_of(columns, rows, "mark", 2 * max(Mark)).tolist()
    found = {
        word: sum(count for bits, count in enumerate(by_mark) if bits & mark) for word, mark in MARKS.items()
    }
    kinds = counts_of(columns, rows, "kind", len(KINDS))
    return {**found, "unreadable": int(kinds[KINDS.index(Kind.UNREADABLE)])}


def _lost(values: Sequence[Value], query: Query | None) -> list[Value]:
    """Give findings that are asked for and that no row has."""
    known = {value.term for value in values}
    return [
        _value(term, _spaced(term.value), 0, query)
        for term in asked_for(query, "finding")
        if term not in known
    ]


def _spaced(word: str) -> str:
    return word.replace("_", " ")


LIST_TYPES = ("subscription_list_added", "subscription_list_updated")
LISTS_READ = 500


def list_names(collection: Collection) -> dict[str, str]:
    """Read what lists are called from the callbacks about lists themselves, the last ones last."""
    columns = collection.columns
    codes = [code for code, word in enumerate(columns.words["type"]) if word in LIST_TYPES]
    rows = np.flatnonzero(np.isin(columns["type"], codes))[-LISTS_READ:]
    names: dict[str, str] = {}
    for row in rows.tolist():
        value = collection.payload(row, judged=False).value
        told = value.get("subscription_list") if isinstance(value, dict) else None
        if isinstance(told, dict) and isinstance(told.get("name"), str):
            names[str(told.get("id"))] = str(told["name"])
    return names
