"""The query language: from text to a tree and back. Pure; what it means is in matching.py.

    query  = all ("OR" all)*            all = part+            part = ["-"] (term | "(" query ")")
    term   = word | "quoted" | field ":" value
    value  = word | "quoted" | a..b | a.. | ..b | >a | >=a | <a | <=a      with * for any characters

Words search the text. Fields: see FIELDS. `path:a.b.c=value` looks at any member, `path:a.b` asks for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from typing import TypeAlias

MAX_DEPTH = 50
MAX_NUMBER_DIGITS = 9


class QueryError(Exception):
    """A query makes no sense at `position` (from 0); the text is one sentence for a person."""

    def __init__(self, position: int, sentence: str) -> None:
        super().__init__(sentence)
        self.position = position


class Takes(Enum):
    """What a field is compared with."""

    TEXT = "text"
    NUMBER = "a number"
    DATE = "a date"
    WORD = "one of a few words"
    PATH = "a path"


WORDS = {
    "has": ("findings", "repairs", "person", "mdn", "received", "attempt"),
    "is": ("repaired", "redelivered", "conflicting", "unreadable", "cut_off", "callback", "unwrapped"),
}
FIELDS = {
    "type": Takes.TEXT,
    "reason": Takes.TEXT,
    "list": Takes.TEXT,
    "campaign": Takes.TEXT,
    "person": Takes.TEXT,
    "mdn": Takes.TEXT,
    "event": Takes.TEXT,
    "kind": Takes.TEXT,
    "source": Takes.TEXT,
    "finding": Takes.TEXT,
    "attempt": Takes.NUMBER,
    "answered": Takes.NUMBER,
    "date": Takes.DATE,
    "received": Takes.DATE,
    "optout": Takes.DATE,
    "has": Takes.WORD,
    "is": Takes.WORD,
    "path": Takes.PATH,
}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition; `field` is empty for a word to be searched in the text."""

    field: str
    value: str
    is_quoted: bool = False  # then * and .. are themselves


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: Query


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    parts: tuple[Query, ...]


Query: TypeAlias = "Term | Not | And | Or"
EVERYTHING = And(())

TOKEN = re.compile(
    r'\s*(?:(?P<bracket>[()])|(?P<minus>-(?=[^\s)]))|(?P<term>(?:[^\s()"]|"(?:[^"\\]|\\.)*")+)|(?P<odd>"))'
)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
SAFE = re.compile(r'[^\s()"\\:-][^\s()"\\]*')


def parse(text: str) -> Query:
    """Read a query; raises QueryError with the place."""
    return _Parser(text).read()


def write(query: Query) -> str:
    """Write a query so that parsing it gives the same again."""
    match query:
        case Term(field, value, is_quoted):
            written = _quoted(value) if is_quoted else value
            return f"{field}:{written}" if field else written
        case Not(part):
            return "-" + _inside(part)
        case And(parts):
            return " ".join(
                f"({write(part)})" if isinstance(part, (Or, And)) else write(part) for part in parts
            )
        case Or(parts):
            return " OR ".join(
                f"({write(part)})" if isinstance(part, Or) or part == EVERYTHING else write(part)
                for part in parts
            )


def terms_of(query: Query) -> tuple[Term, ...]:
    """Name every condition in it."""
    match query:
        case Term():
            return (query,)
        case Not(part):
            return terms_of(part)
        case And(parts) | Or(parts):
            return tuple(term for part in parts for term in terms_of(part))


def _inside(part: Query) -> str:
    return write(part) if isinstance(part, Term) else f"({write(part)})"


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Parser:
    """Reads one text from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def read(self) -> Query:
        query = self._any_of()
        if self._peek() is not None:
            raise QueryError(self._at, "This closing bracket has no opening one.")
        return query

    def _any_of(self) -> Query:
        parts = [self._all_of()]
        while (match := self._peek()) is not None and match["term"] == "OR":
            if parts[-1] == EVERYTHING:
                raise QueryError(match.start("term"), "OR needs a condition before it.")
            self._at = match.end()
            parts.append(self._all_of())
            if parts[-1] == EVERYTHING:
                raise QueryError(len(self._text), "OR needs a condition after it.")
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all_of(self) -> Query:
        parts: list[Query] = []
        while (match := self._peek()) is not None and match["bracket"] != ")" and match["term"] != "OR":
            if match["term"] == "AND":
                self._at = match.end()
                continue
            parts.append(self._part(match))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _part(self, match: re.Match[str]) -> Query:
        self._at = match.end()
        if match["minus"]:
            following = self._peek()
            if following is None or following["bracket"] == ")":
                raise QueryError(match.start("minus"), "A minus needs a condition after it.")
            return Not(self._deeper(following))
        if match["bracket"]:
            return self._bracket(match)
        return _term(match["term"], match.start("term"))

    def _deeper(self, match: re.Match[str]) -> Query:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(match.start(), f"Brackets and minuses go more than {MAX_DEPTH} levels deep.")
        part = self._part(match)
        self._depth -= 1
        return part

    def _bracket(self, match: re.Match[str]) -> Query:
        opened = match.start("bracket")
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(opened, f"Brackets and minuses go more than {MAX_DEPTH} levels deep.")
        query = self._any_of()
        self._depth -= 1
        closing = self._peek()
        if closing is None or closing["bracket"] != ")":
            raise QueryError(opened, "This bracket is never closed.")
        self._at = closing.end()
        return query

    def _peek(self) -> re.Match[str] | None:
        match = TOKEN.match(self._text, self._at)
        if match is not None and match["odd"]:
            raise QueryError(match.start("odd"), "This quotation mark is never closed.")
        return match


def _term(text: str, position: int) -> Term:
    name, colon, value = text.partition(":")
    if not colon or '"' in name:
        return Term("", *_unquoted(text, position))
    field = name.lower()
    if field not in FIELDS:
        raise QueryError(
            position, f'There is no field "{name}". Put the word in quotes to search for it as text.'
        )
    if not value:
        raise QueryError(position + len(text), f"{field}: needs a value.")
    term = Term(field, *_unquoted(value, position + len(name) + 1))
    _check(term, position + len(name) + 1)
    return term


def _unquoted(text: str, position: int) -> tuple[str, bool]:
    match = QUOTED.fullmatch(text)
    if match:
        return re.sub(r"\\(.)", r"\1", match[1]), True
    if '"' in text:
        raise QueryError(position + text.index('"'), "A quotation mark belongs at the beginning of a value.")
    return text, False


def _check(term: Term, position: int) -> None:
    match FIELDS[term.field]:
        case Takes.NUMBER:
            number_range(term.value, position)
        case Takes.DATE:
            moment_range(term.value, position=position)
        case Takes.WORD if term.value not in WORDS[term.field]:
            raise QueryError(position, f"{term.field}: takes one of {', '.join(WORDS[term.field])}.")
        case Takes.PATH if not term.value.partition("=")[0].strip("."):
            raise QueryError(position, "path: needs the names of members, such as person.timezone.")
        case _:
            pass


def number_range(value: str, position: int = 0) -> tuple[int, int]:
    """Read a number or a range of numbers, both ends included; raises QueryError."""
    low, high = _ends(value)
    least, most = 0, 10**MAX_NUMBER_DIGITS
    return (
        _number(low.removeprefix(">"), position) + low.startswith(">") if low else least,
        _number(high.removeprefix("<"), position) - high.startswith("<") if high else most,
    )


def _number(text: str, position: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_NUMBER_DIGITS):
        raise QueryError(position, f'"{text[:40]}" is not a number.')
    return int(text)


def _ends(value: str) -> tuple[str, str]:
    """Split a range; an end that is excluded keeps its > or <, an open end is empty."""
    if value.startswith(">="):
        return value[2:], ""
    if value.startswith("<="):
        return "", value[2:]
    if value.startswith(">"):
        return value, ""
    if value.startswith("<"):
        return "", value
    low, dots, high = value.partition("..")
    return (low, high) if dots else (value, value)


DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d))?)?)?)?)?(Z)?")
EARLIEST_MS, LATEST_MS = -(1 << 60), 1 << 60


def moment_range(value: str, zone: timezone = UTC, position: int = 0) -> tuple[int, int]:
    """Read a date, or a range of them, as milliseconds from (included) to (excluded); raises QueryError.

    A day means all of it, in `zone`; so does an hour, a month, a year.
    """
    low, high = _ends(value)
    if value.strip(".") == "":
        raise QueryError(position, "A range needs at least one date.")
    begin, end = EARLIEST_MS, LATEST_MS
    if low:
        begin = _moment(low.removeprefix(">"), zone, position)[1 if low.startswith(">") else 0]
    if high:
        end = _moment(high.removeprefix("<"), zone, position)[0 if high.startswith("<") else 1]
    return begin, end


def _moment(text: str, zone: timezone, position: int) -> tuple[int, int]:
    match = DATE.fullmatch(text)
    if match is None:
        raise QueryError(position, f'"{text[:40]}" is not a date such as 2026-11-01.')
    *parts, z = match.groups()
    numbers = [int(part) for part in parts if part is not None]
    try:
        year, month, day, hour, minute, second = (numbers + [0, 1, 1, 0, 0, 0][len(numbers) :])[:6]
        begin = datetime(year, month, day, hour, minute, second, tzinfo=UTC if z else zone)
        end = _after(begin, len(numbers))
    except (ValueError, OverflowError) as error:
        raise QueryError(position, f'"{text}" is not in the calendar.') from error
    return _ms(begin), _ms(end)


def _after(begin: datetime, precision: int) -> datetime:
    """The end of the year, month, day, hour, minute or second that begins here."""
    if precision == 1:
        return begin.replace(year=begin.year + 1)
    if precision == 2:
        return (begin.replace(day=28) + timedelta(days=4)).replace(day=1)
    return (
        begin
        + (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1))[precision - 3]
    )


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
