"""Words for values: plain text in one line, whatever a value holds."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator

from vibes_desktop.model.fields import ABSENT, FieldKind, Value
from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonNumber, JsonObject
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import show
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.compare import is_choice, is_choices
from vibes_desktop.people.dates import day_words, moment_words, read_stamp

NOT_SET = "not set"
BLANK = "blank text"
NO_NAME = "Person without a name"
LINE_CHARACTERS = 300  # more than a line of the window holds

_FIRST_NAMES = ("firstname", "givenname", "forename", "fname")
_LAST_NAMES = ("lastname", "surname", "familyname", "lname")
_WHOLE_NAMES = ("fullname", "name", "displayname", "customername")
_SPOKEN_JOINERS = "\u200c\u200d"  # they shape letters and emoji
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def heading(person: Person, version: ApiVersion) -> str:
    """Name a person by the platform's values: name, else external ID, number, key."""
    number = person.mdn
    words = (
        name_of(person)
        or person.external_person_id
        or (show(number, version).text if number else None)
        or person.person_key
        or person.person_id
    )
    return visible(words) if words else NO_NAME


def name_of(person: Person) -> str | None:
    """Find the name among the custom fields, however they are spelled."""
    texts: dict[str, str] = {}
    for name, value in person.custom_fields.members:
        if isinstance(value, str) and value.strip():
            texts.setdefault("".join(c for c in name.casefold() if c.isalnum()), value.strip())
    parts = [next((texts[n] for n in names if n in texts), "") for names in (_FIRST_NAMES, _LAST_NAMES)]
    return " ".join(filter(None, parts)) or next((texts[n] for n in _WHOLE_NAMES if n in texts), None)


def display_text(value: Value, kind: FieldKind | None = None, limit: int = LINE_CHARACTERS) -> str:
    """Write a value in one line; a date in words when the field's kind is DATE, and never shifted."""
    if kind is FieldKind.DATE and isinstance(value, str):
        stamp = read_stamp(value)
        if stamp is not None and stamp.is_date_only:
            return day_words(stamp.day)
        if stamp is not None and stamp.moment is not None:
            return moment_words(stamp.moment)
    return one_line(value, limit)


def one_line(value: Value, limit: int = LINE_CHARACTERS) -> str:
    """Write a value in one line, dates as they came; longer than `limit` characters ends in “…”."""
    if value is None or value is ABSENT:
        return NOT_SET
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return _cut(visible(value[: limit + 1]), limit) if value else BLANK
    if isinstance(value, JsonObject) and is_choice(value):
        return _cut(visible(_option_name(value)[: limit + 1]), limit)
    if isinstance(value, JsonArray) and is_choices(value):
        return _cut(", ".join(visible(_option_name(item)) for item in value), limit)
    return _cut(visible(_preview(value, limit)), limit)


def visible(text: str) -> str:
    """Make control characters, direction marks and lone surrogates visible, line breaks included."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible_character(c) for c in text)


def _visible_character(character: str) -> str:
    if unicodedata.category(character) not in _HIDDEN or character in _SPOKEN_JOINERS:
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)  # ␀ … ␟, the pictures of control characters
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def _option_name(option: Json) -> str:
    if isinstance(option, JsonObject):
        for key in ("name", "option_key", "id"):
            value = option.get(key)
            if isinstance(value, str | JsonNumber):
                return value if isinstance(value, str) else value.text
    return ""


def _preview(value: Json, limit: int) -> str:
    """Write the beginning of a value as JSON; what lies beyond `limit` is not even looked at."""
    text = ""
    for piece in _pieces(value):
        text += piece[: limit + 1]
        if len(text) > limit:
            break
    return text


def _pieces(value: Json) -> Iterator[str]:
    match value:
        case None:
            yield "null"
        case bool():
            yield "true" if value else "false"
        case str():
            yield json.dumps(value[: LINE_CHARACTERS * 4], ensure_ascii=False)
        case JsonNumber():
            yield value.text
        case JsonArray():
            yield "["
            for i, item in enumerate(value.items):
                yield ", " if i else ""
                yield from _pieces(item)
            yield "]"
        case JsonObject():
            yield "{"
            for i, (name, item) in enumerate(value.members):
                yield (", " if i else "") + json.dumps(name, ensure_ascii=False) + ": "
                yield from _pieces(item)
            yield "}"


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
