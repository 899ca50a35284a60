"""Fields of a record: how they are named, what kinds there are, what an edit of one is."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import Enum, StrEnum
from typing import Final

from vibes_desktop.model.jsonvalue import Json, JsonObject
from vibes_desktop.model.person import Person


@dataclass(frozen=True, slots=True, order=True)
class FieldRef:
    """A field of a person: one of the platform's own, or a custom field."""

    name: str
    is_custom: bool = True

    def __str__(self) -> str:
        return self.name


EXTERNAL_ID: Final = FieldRef("external_person_id", is_custom=False)
MOBILE: Final = FieldRef("mobile_phone", is_custom=False)


class Absence(Enum):
    """The record has no such key; not the same as null."""

    ABSENT = "absent"


ABSENT: Final = Absence.ABSENT
Value = Json | Absence


class FieldKind(StrEnum):
    """What a custom field holds, as learned or as told: it decides the editor."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    JSON = "json"
    UNKNOWN = "unknown"  # only null was ever seen: edited as text, with a switch


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What a profile's catalogue knows of a custom field; `options` are read shapes of choices.

    `is_fixed`: the kind was told by a person, and nothing seen later changes it.
    """

    name: str
    kind: FieldKind
    options: tuple[JsonObject, ...] = ()
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after. `after` None means cleared: the platform removes it."""

    field: FieldRef
    before: Value = dataclass_field(repr=False)
    after: Json = dataclass_field(repr=False)


def value_in(person: Person, field: FieldRef) -> Value:
    """Read a field of a person. MOBILE gives the MDN, not the phone object."""
    if field == MOBILE:
        return person.mdn if person.mdn is not None else (None if "mobile_phone" in person.raw else ABSENT)
    holder = person.custom_fields if field.is_custom else person.raw
    return holder.get(field.name) if field.name in holder else ABSENT
