"""Reading objects out of answers whose shape the platform's sources disagree about (C-4, C-12, C-13)."""

from __future__ import annotations

from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonObject
from vibes_desktop.vibes.caller import bad_answer


def one_object(value: Json) -> JsonObject:
    """Take the object that an answer is; raises BadAnswer."""
    if isinstance(value, JsonObject):
        return value
    raise bad_answer("It is not an object.")


def objects(value: Json) -> tuple[JsonObject, ...]:
    """Take an array of objects, or a lone object as an array of one; raises BadAnswer."""
    if isinstance(value, JsonObject):
        return (value,)
    if not isinstance(value, JsonArray):
        raise bad_answer("It is neither an object nor a list.")
    return tuple(one_object(item) for item in value)


def unwrapped(value: JsonObject, *wrappers: str) -> tuple[JsonObject, ...]:
    """Take what a wrapper such as `{"device": {…}}` holds; without one, the object itself."""
    for name in wrappers:
        inner = value.get(name)
        if isinstance(inner, JsonObject | JsonArray):
            return objects(inner)
    return (value,)
