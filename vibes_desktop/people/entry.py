"""From what is typed to a value, and back to a text that can be edited."""

from __future__ import annotations

import re

from vibes_desktop.model.fields import ABSENT, FieldKind, Value
from vibes_desktop.model.jsonvalue import (
    Json,
    JsonNumber,
    JsonSyntaxError,
    dump,
    first_unsendable,
    parse,
)
from vibes_desktop.people.dates import read_stamp, write_day

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_YES = {"yes": True, "true": True, "y": True, "no": False, "false": False, "n": False}
JSON_INDENT = 2  # spaces


class Unreadable(ValueError):
    """A text that can't become a value of its kind; `line` and `column` are 1-based where known."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def read(kind: FieldKind, text: str, instead_of: Value = ABSENT) -> Json:
    """Turn a typed text into a value of a kind. Raises Unreadable.

    `instead_of` is the value it replaces: the same day keeps the spelling it came in.
    """
    match kind:
        case FieldKind.TEXT | FieldKind.UNKNOWN:
            return text
        case FieldKind.NUMBER:
            return _number(text.strip())
        case FieldKind.YES_NO:
            if text.strip().lower() not in _YES:
                raise Unreadable("Type yes or no.")
            return _YES[text.strip().lower()]
        case FieldKind.DATE:
            return _date(text.strip(), instead_of)
        case _:
            return _json(text)


def write(kind: FieldKind, value: Value) -> str:
    """Write a value as the text that `read` takes; nothing for a value that isn't set."""
    if value is ABSENT or (value is None and kind is not FieldKind.JSON):
        return ""
    if kind in {FieldKind.JSON, FieldKind.SINGLE_CHOICE, FieldKind.MULTIPLE_CHOICE}:
        return dump(value, indent=JSON_INDENT)
    if kind is FieldKind.DATE and isinstance(value, str):
        stamp = read_stamp(value)
        return stamp.day.isoformat() if stamp is not None and stamp.is_date_only else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, JsonNumber):
        return value.text
    return value if isinstance(value, str) else dump(value)


def _number(text: str) -> JsonNumber:
    if _NUMBER.fullmatch(text):
        return JsonNumber(text)
    if "," in text:
        raise Unreadable("Write the number with a point and without separators, like 1250.5.")
    raise Unreadable("This is not a number. Numbers look like 42, -3 or 1250.5.")


def _date(text: str, instead_of: Value) -> str:
    stamp = read_stamp(text)
    if stamp is None:
        raise Unreadable("This is not a date. Dates look like 1990-12-31.")
    if stamp.has_time or stamp.moment is not None:
        return text
    return write_day(stamp.day, instead_of if isinstance(instead_of, str) else None)


def _json(text: str) -> Json:
    try:
        value = parse(text)
    except JsonSyntaxError as error:
        words = f"Line {error.line}, column {error.column}: {error.message}."
        raise Unreadable(words, error.line, error.column) from None
    place = first_unsendable(value)
    if place is not None:
        raise Unreadable(unsendable_words(place))
    return value


def unsendable_words(place: str) -> str:
    """Say why the value at a place can't be sent."""
    return (
        f"At {place}: JSON can't carry this. NaN and Infinity, repeated keys and halves of characters "
        "can't be sent."
    )
