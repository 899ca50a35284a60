"""An object as the platform sent it: read from, never rewritten."""

from __future__ import annotations

from dataclasses import dataclass

from vibes_desktop.model.jsonvalue import Json, JsonNumber, JsonObject


def text_of(value: Json) -> str | None:
    """Read an identifier or a date that may come as text or number."""
    if isinstance(value, str):
        return value
    return value.text if isinstance(value, JsonNumber) else None


@dataclass(frozen=True, slots=True, repr=False)
class Received:
    """An object as received; everything else reads from it."""

    raw: JsonObject

    def __repr__(self) -> str:
        """Tell nothing: a repr may end in a log."""
        return f"{type(self).__name__}(…)"

    def text(self, *names: str) -> str | None:
        """Read the first of these members that holds text or a number, verbatim."""
        return next((text for name in names if (text := text_of(self.raw.get(name))) is not None), None)

    def part(self, name: str) -> JsonObject:
        """Read a member that is an object; empty when it is not."""
        value = self.raw.get(name)
        return value if isinstance(value, JsonObject) else JsonObject()
