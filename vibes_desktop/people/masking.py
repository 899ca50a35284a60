"""People with their personal data hidden, for screens that are shared: what stays tells two apart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.model.fields import ABSENT, EXTERNAL_ID, MOBILE, FieldChange, FieldRef, Value
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonNumber, JsonObject
from vibes_desktop.model.masking import masked_number, masked_own, masked_text
from vibes_desktop.model.person import KNOWN_FIELDS, Person
from vibes_desktop.people.compare import is_choice, is_choices
from vibes_desktop.people.edit import PersonEdit, Unfinished

DIGITS_OF_A_NUMBER = 7  # as many can be somebody's
_OF_THE_PERSON = frozenset({IdentifierKind.EXTERNAL_ID, IdentifierKind.MDN})


def masked_json(value: Json) -> Json:
    """Hide a value of a person's own; the names of choices stay, as they are the company's."""
    if isinstance(value, str):
        return masked_own(value)
    if isinstance(value, JsonNumber):
        digits = sum(character.isdigit() for character in value.text)
        return masked_number(value.text) if digits >= DIGITS_OF_A_NUMBER else value
    if isinstance(value, JsonObject) and not is_choice(value):
        return JsonObject(tuple((name, masked_json(inner)) for name, inner in value.members))
    if isinstance(value, JsonArray) and not is_choices(value):
        return JsonArray(tuple(masked_json(inner) for inner in value))
    return value


def masked_value(value: Value | Unfinished) -> Value | Unfinished:
    """Hide what stands in a field, finished or not."""
    if isinstance(value, Unfinished):
        return Unfinished(masked_own(value.text), value.problem)
    return value if value is ABSENT else masked_json(value)


def masked_person(person: Person, shown: Collection[FieldRef] = ()) -> Person:
    """Hide the number, the external ID and every custom or unknown value; `shown` fields stay as they are.

    The platform's own key and ID stay: they say nothing of anybody.
    """
    raw = person.raw
    for name, value in raw.members:
        if name == MOBILE.name and MOBILE not in shown:
            raw = raw.having(name, _masked_phone(value))
        elif name == EXTERNAL_ID.name and EXTERNAL_ID not in shown:
            raw = raw.having(name, masked_json(value))
        elif name == "custom_fields" and isinstance(value, JsonObject):
            raw = raw.having(name, _masked_custom(value, shown))
        elif name not in KNOWN_FIELDS or name == "url":
            raw = raw.having(name, masked_json(value))
    return Person(raw)


def masked_edit(edit: PersonEdit, shown: Collection[FieldRef] = ()) -> PersonEdit:
    """Hide a record and the edits on top of it."""
    entries = {name: entry if name in shown else _masked_entry(entry) for name, entry in edit.entries.items()}
    return replace(edit, opened=masked_person(edit.opened, shown), entries=entries)


def masked_identifier(identifier: Identifier) -> Identifier:
    """Hide an identifier that is a person's own."""
    if identifier.kind not in _OF_THE_PERSON:
        return identifier
    return Identifier(identifier.kind, masked_own(identifier.value))


def masked_change(record: ChangeRecord) -> ChangeRecord:
    """Hide what a change made here tells of the person."""
    intention = record.intention
    changes = tuple(_masked_field_change(change) for change in intention.changes)
    return replace(
        record,
        intention=replace(
            intention,
            target=intention.target and masked_identifier(intention.target),
            before=intention.before and masked_person(intention.before),
            changes=changes,
            request=replace(intention.request, path="", body=""),
            reason=_masked_words_in(intention.reason, record.display_name),
        ),
        person=record.person and masked_identifier(record.person),
        display_name=masked_words(record.display_name),
        detail=_masked_words_in(record.detail, record.display_name),
    )


def masked_words(name: str) -> str:
    """Hide a name word by word."""
    return " ".join(masked_own(word) for word in name.split())


def _masked_words_in(text: str, name: str) -> str:
    """Hide numbers and addresses in a sentence, and the words of a name."""
    for word in name.split():
        text = text.replace(word, masked_own(word))
    return masked_text(text)


def _masked_entry(entry: Json | Unfinished) -> Json | Unfinished:
    if isinstance(entry, Unfinished):
        return Unfinished(masked_own(entry.text), entry.problem)
    return masked_json(entry)


def _masked_field_change(change: FieldChange) -> FieldChange:
    before = change.before if change.before is ABSENT else masked_json(change.before)
    return FieldChange(change.field, before, masked_json(change.after))


def _masked_phone(phone: Json) -> Json:
    if not isinstance(phone, JsonObject):
        return masked_json(phone)
    return JsonObject(tuple((name, _masked_of_phone(name, value)) for name, value in phone.members))


def _masked_of_phone(name: str, value: Json) -> Json:
    if name == "carrier_code":
        return value
    return masked_number(value) if name == "mdn" and isinstance(value, str) else masked_json(value)


def _masked_custom(fields: JsonObject, shown: Collection[FieldRef]) -> JsonObject:
    return JsonObject(
        tuple(
            (name, value if FieldRef(name) in shown else masked_json(value)) for name, value in fields.members
        )
    )
