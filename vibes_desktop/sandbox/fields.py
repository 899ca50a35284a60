"""The custom fields an account has defined, and which values each of them takes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vibes_desktop.sandbox.answers import Json, JsonObject, Problem

CODE_UNKNOWN_FIELD = 1
CODE_BAD_VALUE = 2
DEEPEST_NESTING = 400

DATE = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})([Zz]|[+-]\d{2}:?\d{2})", re.ASCII)


class FieldKind(StrEnum):
    """What a custom field holds."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    BOOLEAN = "boolean"
    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    JSON = "json"


@dataclass(frozen=True)
class Option:
    """One option of a choice; `id` can be null while name and option_key are set."""

    option_key: str
    name: str
    id: int | str | None
    active: bool = True

    def shown(self) -> JsonObject:
        """Give the option as it is read."""
        return {"id": self.id, "name": self.name, "option_key": self.option_key, "active": self.active}

    def is_named_by(self, value: Mapping[str, Json]) -> bool:
        """Say whether what `value` gives of id, name and option_key is all this option's."""
        given = {key: value[key] for key in ("option_key", "id", "name") if value.get(key) is not None}
        mine = self.shown()
        return bool(given) and all(str(mine[key]) == str(found) for key, found in given.items())


@dataclass(frozen=True)
class Field:
    """One custom field of the account."""

    name: str
    kind: FieldKind
    options: tuple[Option, ...] = ()

    @property
    def unset(self) -> Json:
        """What is read when nothing is stored."""
        return [] if self.kind is FieldKind.MULTIPLE_CHOICE else None


class BadValue(Exception):
    """A custom field does not take this value; the text names the field."""


class CustomFields:
    """The account's custom fields, in its order."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self._fields = {each.name: each for each in fields}

    def define(self, field: Field) -> None:
        """Add a field to the account, or replace one."""
        self._fields[field.name] = field

    def all_unset(self) -> JsonObject:
        """Give the custom fields of somebody who has none."""
        return {name: each.unset for name, each in self._fields.items()}

    def read(self, value: Json) -> tuple[JsonObject, list[Problem]]:
        """Sort what was sent into values to store and problems to report."""
        if not isinstance(value, dict):
            return {}, [Problem("custom_fields must be an object.", CODE_BAD_VALUE)]
        stored: JsonObject = {}
        problems: list[Problem] = []
        for name, each in value.items():
            field = self._fields.get(name)
            if field is None:
                problems.append(Problem(f"The custom field {name} does not exist.", CODE_UNKNOWN_FIELD))
                continue
            try:
                stored[name] = accept(field, each)
            except BadValue as refused:
                problems.append(Problem(str(refused), CODE_BAD_VALUE))
        return stored, problems


def accept(field: Field, value: Json) -> Json:
    """Bring a value into the form that is stored and read; null removes. Raises BadValue."""
    if value is None:
        return field.unset
    match field.kind:
        case FieldKind.SINGLE_CHOICE:
            return _chosen(field, value).shown()
        case FieldKind.MULTIPLE_CHOICE:
            return _all_chosen(field, value)
        case FieldKind.DATE if not is_date(value):
            raise BadValue(f"The custom field {field.name} must be a date like 1950-12-01T00:00:00Z.")
        case FieldKind.TEXT if not isinstance(value, str):
            raise BadValue(f"The custom field {field.name} must be a string.")
        case FieldKind.BOOLEAN if not isinstance(value, bool):
            raise BadValue(f"The custom field {field.name} must be true or false.")
        case FieldKind.NUMBER if isinstance(value, bool) or not isinstance(value, int | float):
            raise BadValue(f"The custom field {field.name} must be a number.")
        case FieldKind.JSON if not isinstance(value, dict | list):
            raise BadValue(f"The custom field {field.name} must be an object or an array.")
    return value


def is_date(value: Json) -> bool:
    """Say whether this is a date as it may be written: a day of the calendar, a time, and Z or an offset."""
    spelt = DATE.fullmatch(value) if isinstance(value, str) else None
    if spelt is None:
        return False
    try:
        datetime.fromisoformat(spelt[1])
    except ValueError:
        return False
    return True


def nesting(value: Json) -> int:
    """Count how many containers lie inside one another, without recursion."""
    deepest = 0
    waiting: list[tuple[Json, int]] = [(value, 0)]
    while waiting:
        each, depth = waiting.pop()
        if isinstance(each, dict | list):
            deepest = max(deepest, depth + 1)
            inner = each.values() if isinstance(each, dict) else each
            waiting.extend((child, depth + 1) for child in inner)
    return deepest


def _all_chosen(field: Field, value: Json) -> Json:
    if not isinstance(value, list):
        raise BadValue(f"The custom field {field.name} must be an array of its options.")
    chosen = dict.fromkeys(_chosen(field, each) for each in value)
    return [option.shown() for option in chosen]


def _chosen(field: Field, value: Json) -> Option:
    if isinstance(value, dict):
        for option in field.options:
            if option.is_named_by(value):
                return option
    raise BadValue(f"The custom field {field.name} must be one of its options, by option_key, id or name.")
