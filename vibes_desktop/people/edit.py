"""The edit of one record: per field untouched, set or cleared. A value; every change makes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.fields import (
    ABSENT,
    EXTERNAL_ID,
    MOBILE,
    FieldChange,
    FieldRef,
    Value,
    value_in,
)
from vibes_desktop.model.jsonvalue import Json, JsonObject, obj, same
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import from_platform, to_platform
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.limits import problem_of_name, problem_of_value, warning_of_value

NO_IDENTIFIER = "A new person needs an external ID or a mobile number."
CANNOT_REMOVE_ONLY_ID = (
    "Without a person key, the external ID is the only sure way to this record: it can be changed, not "
    "removed."
)
HOW_TO_CHANGE_A_NUMBER = (
    "The platform doesn't change a number in place. There are two ways: clear the number, save, and add the "
    "person again with the same external ID and the new number; or add a new person with the new number."
)
NUMBER_FOR_EXISTING = (
    "The platform may take a number only when a person is added. If it refuses, add the person again with "
    "the same external ID and this number: the two are merged."
)


class FieldState(StrEnum):
    """The three states of a field in a form."""

    UNTOUCHED = "untouched"
    SET = "set"
    CLEARED = "cleared"


class PhoneRemoval(StrEnum):
    """The two documented spellings of removing a number (C-10)."""

    PHONE_NULL = "phone_null"  # {"mobile_phone": null}
    MDN_NULL = "mdn_null"  # {"mobile_phone": {"mdn": null}}


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What was typed so far and can't be a value yet, and why."""

    text: str = field(repr=False)
    problem: str


@dataclass(frozen=True, slots=True)
class PersonEdit:
    """The edits on top of a record as it was opened; on no record at all, a person to be added.

    `entries` holds the touched fields alone, null for cleared. Mobile numbers in it are E.164.
    """

    opened: Person = field(repr=False)
    version: ApiVersion
    entries: Mapping[FieldRef, Json | Unfinished] = field(default_factory=dict, repr=False)
    phone_removal: PhoneRemoval = PhoneRemoval.PHONE_NULL

    @classmethod
    def of_new_person(cls, version: ApiVersion) -> PersonEdit:
        """Start a person to be added."""
        return cls(Person(JsonObject()), version)

    @property
    def is_new(self) -> bool:
        """Tell whether this adds a person."""
        return not self.opened.raw.members

    @property
    def is_changed(self) -> bool:
        """Tell whether anything is edited."""
        return bool(self.entries)

    @property
    def fields(self) -> tuple[FieldRef, ...]:
        """The editable fields: identity, custom fields in the platform's order, then added ones."""
        own = (FieldRef(name) for name in self.opened.custom_fields)
        return tuple(dict.fromkeys((EXTERNAL_ID, MOBILE, *own, *self.entries)))

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """What is edited and can be sent, in the order of `fields`."""
        return tuple(
            FieldChange(name, self.original(name), entry)
            for name in self.fields
            if name in self.entries and not isinstance(entry := self.entries[name], Unfinished)
        )

    def original(self, name: FieldRef) -> Value:
        """The value as opened; ABSENT when the record has no such field. A number is E.164."""
        value = value_in(self.opened, name)
        return from_platform(value, self.version) if name == MOBILE and isinstance(value, str) else value

    def value(self, name: FieldRef) -> Value | Unfinished:
        """The value as edited."""
        return self.entries[name] if name in self.entries else self.original(name)

    def state(self, name: FieldRef) -> FieldState:
        """Tell the field's state."""
        if name not in self.entries:
            return FieldState.UNTOUCHED
        return FieldState.CLEARED if self.entries[name] is None else FieldState.SET

    def set(self, name: FieldRef, value: Json) -> PersonEdit:
        """Set a field, null to clear it; the value it had as opened leaves it untouched."""
        original = self.original(name)
        if same(None if original is ABSENT else original, value):
            return self.revert(name)
        return replace(self, entries={**self.entries, name: value})

    def set_unfinished(self, name: FieldRef, text: str, problem: str) -> PersonEdit:
        """Keep a text that can't be a value yet; it blocks sending and survives in drafts."""
        return replace(self, entries={**self.entries, name: Unfinished(text, problem)})

    def clear(self, name: FieldRef) -> PersonEdit:
        """Have the platform remove the value; a field that has none stays untouched."""
        return self.set(name, None)

    def revert(self, name: FieldRef) -> PersonEdit:
        """Forget the edit of one field."""
        return replace(self, entries={key: value for key, value in self.entries.items() if key != name})

    def revert_all(self) -> PersonEdit:
        """Forget every edit."""
        return replace(self, entries={})

    def add_field(self, name: str, value: Json) -> PersonEdit:
        """Set a custom field that the record does not have. Raises InvalidInput."""
        problem = self.problem_of_new_field(name)
        if problem is not None:
            raise InvalidInput("This field can't be added", problem)
        return self.set(FieldRef(name), value)

    def problem_of_new_field(self, name: str) -> str | None:
        """Say what is wrong with the name of a field to be added."""
        if FieldRef(name) in self.fields:
            return "There is a field of this name already."
        return problem_of_name(name)

    def with_phone_removal(self, how: PhoneRemoval) -> PersonEdit:
        """Choose how the removal of a number is spelled."""
        return replace(self, phone_removal=how)

    def in_version(self, version: ApiVersion) -> PersonEdit:
        """Carry an edit over to another API version: the number of the record is spelled anew."""
        number = self.original(MOBILE)
        if version is self.version or not isinstance(number, str):
            return replace(self, version=version)
        phone = self.opened.raw.get(MOBILE.name)
        assert isinstance(phone, JsonObject)  # noqa: S101 - it has a number
        spelled = phone.having("mdn", to_platform(number, version) or number)
        return replace(self, opened=Person(self.opened.raw.having(MOBILE.name, spelled)), version=version)

    def on(self, opened: Person) -> PersonEdit:
        """Carry the edits over to another reading of the record; those it has already fall away."""
        moved = PersonEdit(opened, self.version, phone_removal=self.phone_removal)
        for name, entry in self.entries.items():
            if isinstance(entry, Unfinished):
                moved = moved.set_unfinished(name, entry.text, entry.problem)
            else:
                moved = moved.set(name, entry)
        return moved

    def problems(self) -> dict[FieldRef, str]:
        """Say per field what keeps it from being sent."""
        found = {name: problem for name in self.entries if (problem := self._problem(name)) is not None}
        if self.is_new and not any(self._is_given(name) for name in (EXTERNAL_ID, MOBILE)):
            found.setdefault(EXTERNAL_ID, NO_IDENTIFIER)
        return found

    def warnings(self) -> dict[FieldRef, str]:
        """Say per field what is unusual though it can be sent."""
        found = {
            name: warning_of_value(name, entry)
            for name, entry in self.entries.items()
            if not isinstance(entry, Unfinished)
        }
        if not self.is_new and isinstance(self.entries.get(MOBILE), str):
            found[MOBILE] = found.get(MOBILE) or NUMBER_FOR_EXISTING
        return {name: warning for name, warning in found.items() if warning is not None}

    def body(self) -> JsonObject:
        """Make the request's body from the edited fields alone. Raises InvalidInput."""
        for name, problem in self.problems().items():
            raise InvalidInput(f"“{name}” can't be sent", problem, field=name.name)
        members: list[tuple[str, Json]] = []
        custom: list[tuple[str, Json]] = []
        for change in self.changes:
            if change.field == MOBILE:
                members.append((MOBILE.name, self._phone_body(change.after)))
            else:
                (custom if change.field.is_custom else members).append((change.field.name, change.after))
        return obj([*members, *([("custom_fields", JsonObject(tuple(custom)))] if custom else [])])

    def _phone_body(self, e164: Json) -> Json:
        if e164 is None:
            return None if self.phone_removal is PhoneRemoval.PHONE_NULL else obj(mdn=None)
        return obj(mdn=to_platform(str(e164), self.version))

    def _problem(self, name: FieldRef) -> str | None:
        entry = self.entries[name]
        if isinstance(entry, Unfinished):
            return entry.problem
        if name == MOBILE and entry is not None and isinstance(self.original(MOBILE), str):
            return HOW_TO_CHANGE_A_NUMBER
        if name == EXTERNAL_ID and entry is None and not self.opened.person_key:
            return CANNOT_REMOVE_ONLY_ID
        return problem_of_value(name, entry, self.version)

    def _is_given(self, name: FieldRef) -> bool:
        return self.entries.get(name) is not None
