"""One more condition in a question, or one less: what facets, the histogram and cells do to it. Pure."""

from __future__ import annotations

from vibes_desktop.callbacks.query import EVERYTHING, And, Not, Or, Query, Term

OF_ONE_VALUE = frozenset(
    ("type", "reason", "list", "campaign", "person", "mdn", "event", "kind", "source", "attempt", "answered")
)  # no payload has two of these: a second one is meant as an alternative


def toggled(query: Query | None, term: Term) -> Query | None:
    """Add a condition, or take it out where it is asked for already."""
    parts = _parts(query)
    if holds(query, term):
        return _joined([kept for part in parts if (kept := _without(part, term)) is not None])
    for index, part in enumerate(parts):
        if term.field in OF_ONE_VALUE and _is_choice(part, term.field):
            parts[index] = Or((*_choices(part), term))
            return _joined(parts)
    return _joined([*parts, term])


def excluded(query: Query | None, term: Term) -> Query | None:
    """Ask for payloads of which this is not true; asking for them no longer."""
    parts = [kept for part in _parts(query) if (kept := _without(part, term)) is not None]
    unwanted = Not(term)
    return _joined([part for part in parts if part != unwanted] if unwanted in parts else [*parts, unwanted])


def replaced(query: Query | None, field: str, term: Term | None) -> Query | None:
    """Put a condition in the place of all that were put on its field."""
    parts = [part for part in _parts(query) if not _is_choice(part, field)]
    return _joined(parts if term is None else [*parts, term])


def holds(query: Query | None, term: Term) -> bool:
    """Tell whether a condition is asked for, alone or as one of several values."""
    return any(term in _choices(part) for part in _parts(query))


def _parts(query: Query | None) -> list[Query]:
    if query is None:
        return []
    return list(query.parts) if isinstance(query, And) else [query]


def _joined(parts: list[Query]) -> Query | None:
    query = parts[0] if len(parts) == 1 else And(tuple(parts))
    return None if query == EVERYTHING else query


def _choices(part: Query) -> tuple[Query, ...]:
    return part.parts if isinstance(part, Or) else (part,)


def _is_choice(part: Query, field: str) -> bool:
    return all(isinstance(choice, Term) and choice.field == field for choice in _choices(part))


def _without(part: Query, term: Term) -> Query | None:
    kept = tuple(choice for choice in _choices(part) if choice != term)
    if not kept:
        return None
    return kept[0] if len(kept) == 1 else Or(kept)
