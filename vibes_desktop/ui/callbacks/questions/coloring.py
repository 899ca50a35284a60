"""Which part of a question is what, for its colours. Pure; works on unfinished questions too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from vibes_desktop.callbacks.query import FIELDS
from vibes_desktop.model.masking import DIGITS_SHOWN, HIDDEN

PERSONAL_FIELDS = frozenset(("mdn", "person"))
PART = re.compile(
    r'(?P<operator>[()]|-(?=[^\s)])|\b(?:OR|AND)\b(?=[\s()]|$))|(?P<term>(?:[^\s()"]|"(?:[^"\\]|\\.)*"?)+)'
)
NUMBER = re.compile(r"\+?\d(?:[ \-.()/\u00a0\u2011]{0,3}\d){6,}", re.ASCII)


class Part(Enum):
    """What a stretch of a question is."""

    FIELD = "field"
    VALUE = "value"
    WORD = "word"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, from `begin` to before `end`."""

    begin: int
    end: int
    part: Part
    field: str = ""  # to which a value belongs


def spans(text: str) -> Iterator[Span]:
    """Tell the parts of a question from left to right; blanks are left out."""
    for match in PART.finditer(text):
        if match["operator"]:
            yield Span(*match.span(), Part.OPERATOR)
        else:
            yield from _term(match["term"], match.start())


def _term(text: str, begin: int) -> Iterator[Span]:
    name, colon, value = text.partition(":")
    if not colon or name.lower() not in FIELDS:
        yield Span(begin, begin + len(text), Part.WORD)
        return
    middle = begin + len(name) + 1
    yield Span(begin, middle, Part.FIELD)
    if value:
        yield Span(middle, begin + len(text), Part.VALUE, name.lower())


def hidden_stretches(text: str) -> Iterator[tuple[int, int]]:
    """Tell what is to be covered while personal data are hidden: numbers, and whose payloads are wanted."""
    for span in spans(text):
        if span.field in PERSONAL_FIELDS:
            end = _before_last(span.begin, span.end)
            if end > span.begin:
                yield span.begin, end
            continue
        is_anything = span.part is Part.WORD or span.field == "path"  # elsewhere, dates and IDs have digits
        for match in NUMBER.finditer(text, span.begin, span.end):
            if is_anything or match[0].startswith("+"):
                yield match.start(), match.end() - DIGITS_SHOWN


def covered(text: str) -> str:
    """Write a question with what is to be covered as dots."""
    letters = list(text)
    for begin, end in hidden_stretches(text):
        letters[begin:end] = HIDDEN * (end - begin)
    return "".join(letters)


def _before_last(begin: int, end: int) -> int:
    """Leave the last characters of a value in sight, as one must tell two apart."""
    return end - DIGITS_SHOWN if end - begin > DIGITS_SHOWN + 1 else end
