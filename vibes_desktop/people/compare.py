"""Comparing values by meaning: what was sent with what is read back."""

from __future__ import annotations

from vibes_desktop.model.fields import ABSENT, MOBILE, FieldRef, Value
from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonNumber, JsonObject, same
from vibes_desktop.model.phone import from_platform
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.dates import same_date

_CHOICE_KEYS = ("option_key", "id", "name")  # the first that both have decides
_CHOICE_MEMBERS = frozenset({*_CHOICE_KEYS, "active"})


def is_choice(value: Value) -> bool:
    """Tell an option of a choice field from any other object (docs/platform.md §9)."""
    if not isinstance(value, JsonObject):
        return False
    if isinstance(value.get("option_key"), str):
        return True
    return isinstance(value.get("name"), str) and all(name in _CHOICE_MEMBERS for name in value)


def is_choices(value: Value) -> bool:
    """Tell an array of options, at least one."""
    return isinstance(value, JsonArray) and len(value) > 0 and all(is_choice(item) for item in value)


def same_choice(a: Value, b: Value) -> bool:
    """Tell whether two options are the same one, by option_key, else id, else name."""
    if not (isinstance(a, JsonObject) and isinstance(b, JsonObject) and is_choice(a) and is_choice(b)):
        return False
    for key in _CHOICE_KEYS:
        first, second = a.get(key), b.get(key)
        if first is not None and second is not None:
            return _id_text(first) == _id_text(second)
    return False


def means_same(field: FieldRef, a: Value, b: Value, version: ApiVersion) -> bool:
    """Compare two values of a field by meaning.

    Absent, null and the empty array of a multiple choice are all “not set”; blank text is not.
    """
    a, b = _settled(a), _settled(b)
    if field == MOBILE and isinstance(a, str) and isinstance(b, str):
        return from_platform(a, version) == from_platform(b, version)
    if not field.is_custom:
        return same(a, b)
    return _same_custom(a, b)


def _same_custom(a: Json, b: Json) -> bool:
    if isinstance(a, str) and isinstance(b, str):
        return a == b or same_date(a, b)
    if is_choice(a) and is_choice(b):
        return same_choice(a, b)
    if isinstance(a, JsonArray) and isinstance(b, JsonArray) and is_choices(a) and is_choices(b):
        return _same_set(a, b)
    return same(a, b)


def _same_set(a: JsonArray, b: JsonArray) -> bool:
    return all(any(same_choice(x, y) for y in b) for x in a) and all(
        any(same_choice(x, y) for x in a) for y in b
    )


def _settled(value: Value) -> Json:
    return None if value is ABSENT or (isinstance(value, JsonArray) and not len(value)) else value


def _id_text(value: Json) -> Json:
    return value.text if isinstance(value, JsonNumber) else value
