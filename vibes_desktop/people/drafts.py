"""An edit as a text that survives a crash, and back."""

from __future__ import annotations

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.jsonvalue import (
    Json,
    JsonArray,
    JsonNumber,
    JsonObject,
    JsonSyntaxError,
    dump,
    obj,
    parse,
)
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.edit import PersonEdit, PhoneRemoval, Unfinished

FORMAT_VERSION = 1


def to_document(edit: PersonEdit) -> str:
    """Write an edit, the record it started from included.

    Values are JSON texts inside the JSON, so that the deepest record still fits the reader's limit.
    """
    entries = tuple(_entry(name, entry) for name, entry in edit.entries.items())
    return dump(
        obj(
            draft=JsonNumber(str(FORMAT_VERSION)),
            api_version=JsonNumber(str(edit.version.value)),
            phone_removal=edit.phone_removal.value,
            opened=dump(edit.opened.raw),
            entries=JsonArray(entries),
        ),
        ascii_only=True,
    )


def from_document(text: str) -> PersonEdit:
    """Read an edit back. Raises InvalidInput."""
    try:
        return _read_document(_object(parse(text)))
    except (JsonSyntaxError, ValueError, TypeError):
        raise InvalidInput(
            "This draft can't be read",
            "It was kept by another version of the program, or the file is damaged. Discard it.",
        ) from None


def _read_document(document: JsonObject) -> PersonEdit:
    if document.get("draft") != JsonNumber(str(FORMAT_VERSION)):
        raise ValueError
    entries = document.get("entries")
    if not isinstance(entries, JsonArray):
        raise TypeError
    return PersonEdit(
        Person(_object(parse(_text(document.get("opened"))))),
        ApiVersion(int(_number(document.get("api_version")).text)),
        dict(_read_entry(_object(entry)) for entry in entries),
        PhoneRemoval(_text(document.get("phone_removal"))),
    )


def _entry(name: FieldRef, entry: Json | Unfinished) -> JsonObject:
    named = obj(field=name.name, custom=name.is_custom)
    if isinstance(entry, Unfinished):
        return obj(named.members, typed=entry.text, problem=entry.problem)
    return obj(named.members, value=dump(entry))


def _read_entry(entry: JsonObject) -> tuple[FieldRef, Json | Unfinished]:
    name = FieldRef(_text(entry.get("field")), is_custom=entry.get("custom") is True)
    if "value" in entry:
        return name, parse(_text(entry.get("value")))
    return name, Unfinished(_text(entry.get("typed")), _text(entry.get("problem")))


def _object(value: Json) -> JsonObject:
    if not isinstance(value, JsonObject):
        raise TypeError
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: Json) -> JsonNumber:
    if not isinstance(value, JsonNumber):
        raise TypeError
    return value
