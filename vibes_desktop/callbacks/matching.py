"""Whether a payload answers a query: each condition as a small function."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from vibes_desktop.callbacks.facts import text as text_member
from vibes_desktop.callbacks.payload import Json, Kind, Payload, Severity
from vibes_desktop.callbacks.query import And, Not, Or, Query, Term, moment_range, number_range

Matches = Callable[[Payload], bool]
NATIONAL_DIGITS = 10


def matcher(query: Query) -> Matches:
    """Turn a query into a function; raises QueryError for a value that makes no sense."""
    match query:
        case Term():
            return _term(query)
        case Not(part):
            inner = matcher(part)
            return lambda payload: not inner(payload)
        case And(parts):
            all_of = [matcher(part) for part in parts]
            return lambda payload: all(each(payload) for each in all_of)
        case Or(parts):
            any_of = [matcher(part) for part in parts]
            return lambda payload: any(each(payload) for each in any_of)


def pattern_of(term: Term, *, exact_case: bool = False) -> Callable[[str], bool]:
    """Compare a whole text with a value in which * stands for any characters."""
    if exact_case and (term.is_quoted or "*" not in term.value):
        return term.value.__eq__
    parts = [term.value] if term.is_quoted else term.value.split("*")
    flags = re.DOTALL if exact_case else re.DOTALL | re.IGNORECASE
    return lambda text: re.fullmatch(".*".join(map(re.escape, parts)), text, flags) is not None


def digits_of(number: str) -> str:
    """Write a number without + and punctuation, and one of ten digits with North America's code."""
    digits = re.sub(r"[^0-9]", "", number)
    return f"1{digits}" if len(digits) == NATIONAL_DIGITS and not number.startswith("+") else digits


def mdn_matcher(term: Term) -> Callable[[str], bool]:
    """Compare mobile numbers whatever their notation."""
    if term.is_quoted or "*" not in term.value:
        wanted = digits_of(term.value)
        return lambda number: bool(wanted) and digits_of(number) == wanted
    parts = [re.sub(r"[^0-9]", "", part) for part in term.value.split("*")]
    pattern = re.compile("[0-9]*".join(parts))
    return lambda number: pattern.fullmatch(digits_of(number)) is not None


def _term(term: Term) -> Matches:
    if term.field == "":
        has_word = word_matcher(term.value)
        return lambda payload: has_word(payload.text)
    return MAKERS[term.field](term)


def word_matcher(word: str) -> Callable[[bytes], bool]:
    """Look for a word in a text, where letters may be written as JSON's escapes."""
    folded, escaped = word.casefold(), json.dumps(word)[1:-1].casefold()

    def matches(text: bytes) -> bool:
        told = text.decode("utf-8", "replace").casefold()
        return folded in told or (not word.isascii() and escaped in told)

    return matches


def _text(get: Callable[[Payload], str | None], *, exact_case: bool = False) -> Callable[[Term], Matches]:
    def make(term: Term) -> Matches:
        fits = pattern_of(term, exact_case=exact_case)
        return lambda payload: (found := get(payload)) is not None and fits(found)

    return make


def _number(get: Callable[[Payload], int | None]) -> Callable[[Term], Matches]:
    def make(term: Term) -> Matches:
        low, high = number_range(term.value)
        return lambda payload: (found := get(payload)) is not None and low <= found <= high

    return make


def _date(get: Callable[[Payload], int | None]) -> Callable[[Term], Matches]:
    def make(term: Term) -> Matches:
        begin, end = moment_range(term.value)
        return lambda payload: (found := get(payload)) is not None and begin <= found < end

    return make


def _person(term: Term) -> Matches:
    fits, dials = pattern_of(term, exact_case=True), mdn_matcher(term)

    def matches(payload: Payload) -> bool:
        person = payload.facts.person
        ids = (person.person_key, person.person_id, person.external_person_id)
        return any(found is not None and fits(found) for found in ids) or (
            person.mdn is not None and dials(person.mdn)
        )

    return matches


def _mdn(term: Term) -> Matches:
    dials = mdn_matcher(term)
    return lambda payload: (number := payload.facts.person.mdn) is not None and dials(number)


def _finding(term: Term) -> Matches:
    fits = pattern_of(term)
    return lambda payload: any(fits(finding.code) for finding in payload.findings)


def has_finding(payload: Payload, code: str) -> bool:
    """Tell whether a payload has a finding of this code."""
    return any(finding.code == code for finding in payload.findings)


HAS: dict[str, Matches] = {
    "findings": lambda payload: any(each.severity is not Severity.INFO for each in payload.findings),
    "repairs": lambda payload: bool(payload.repairs),
    "person": lambda payload: any(
        (
            payload.facts.person.person_key,
            payload.facts.person.person_id,
            payload.facts.person.external_person_id,
            payload.facts.person.mdn,
        )
    ),
    "mdn": lambda payload: payload.facts.person.mdn is not None,
    "received": lambda payload: payload.wrapping.received_ms is not None,
    "attempt": lambda payload: payload.facts.delivery_attempt is not None,
}
IS: dict[str, Matches] = {
    "repaired": lambda payload: bool(payload.repairs),
    "redelivered": lambda payload: has_finding(payload, "redelivery"),
    "conflicting": lambda payload: has_finding(payload, "conflict"),
    "unreadable": lambda payload: payload.kind is Kind.UNREADABLE,
    "cut_off": lambda payload: payload.cut_off_at is not None,
    "callback": lambda payload: payload.kind is Kind.CALLBACK,
    "unwrapped": lambda payload: bool(payload.wrapping.notes),
}


def _path(term: Term) -> Matches:
    holds = value_matcher(term)
    return lambda payload: holds(payload.value)


def value_matcher(term: Term) -> Callable[[Json], bool]:
    """Tell whether a value has the member that a `path:` asks for."""
    path, equals, value = term.value.partition("=")
    steps = path.removeprefix("$.").strip(".").split(".")
    fits = pattern_of(Term("", value, term.is_quoted)) if equals else None
    return lambda whole: any(fits is None or fits(shown(found)) for found in _reached(whole, steps))


def _reached(value: Json, steps: list[str]) -> list[Json]:
    """Follow a path; in an array every element counts, or the one with that index."""
    if not steps:
        return [value]
    if isinstance(value, dict):
        return _reached(value[steps[0]], steps[1:]) if steps[0] in value else []
    if isinstance(value, list):
        index = steps[0]
        if index.isascii() and index.isdigit():
            return (
                _reached(value[int(index)], steps[1:]) if len(index) < 9 and int(index) < len(value) else []
            )
        return [found for item in value for found in _reached(item, steps)]
    return []


def shown(value: Json) -> str:
    """Write a member's value as a question writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, dict):
        return text_member(value, "option_key", "name", "id") or ""
    return str(value)


MAKERS: dict[str, Callable[[Term], Matches]] = {
    "type": _text(lambda payload: payload.callback_type),
    "reason": _text(lambda payload: payload.facts.opt_out_reason),
    "list": _text(lambda payload: payload.facts.list_id),
    "campaign": _text(lambda payload: payload.facts.campaign_id),
    "event": _text(lambda payload: payload.facts.event_id, exact_case=True),
    "kind": _text(lambda payload: payload.kind.value),
    "source": _text(lambda payload: payload.source),
    "person": _person,
    "mdn": _mdn,
    "finding": _finding,
    "attempt": _number(lambda payload: payload.facts.delivery_attempt),
    "answered": _number(lambda payload: payload.wrapping.answered),
    "date": _date(lambda payload: payload.facts.event_ms),
    "received": _date(lambda payload: payload.wrapping.received_ms),
    "optout": _date(lambda payload: payload.facts.opt_out_ms),
    "has": lambda term: HAS[term.value],
    "is": lambda term: IS[term.value],
    "path": _path,
}
