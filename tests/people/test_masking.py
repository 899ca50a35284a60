"""Masked people tell two apart, and nobody who they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from vibes_desktop.model.change import ChangeId, ChangeKind, ChangeRecord, Intention, Outcome, SentRequest
from vibes_desktop.model.fields import ABSENT, EXTERNAL_ID, MOBILE, FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonObject, dump, parse
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion, ProfileId
from vibes_desktop.people.edit import PersonEdit, Unfinished
from vibes_desktop.people.masking import (
    masked_change,
    masked_edit,
    masked_identifier,
    masked_person,
    masked_value,
    masked_words,
)

CANARIES = ("13125550143", "3125550143", "CRM-77-canary", "Canary", "canary@example.com", "5550199000")
TEXT = """{"person_key":"k-1","person_id":"987","external_person_id":"CRM-77-canary",
"mobile_phone":{"mdn":"+13125550143","carrier_code":"104","other":"Canary"},"timezone":"US/Central",
"custom_fields":{"first_name":"Canary","email":"canary@example.com","visits":12,"fax":5550199000,
"tier":{"id":"7","name":"Gold","option_key":"gold"},"notes":{"who":["Canary"]},"none":null,"vip":true},
"surprise":"Canary","url":"/persons/external/CRM-77-canary"}"""
FIRST = FieldRef("first_name")


def person() -> Person:
    raw = parse(TEXT)
    assert isinstance(raw, JsonObject)
    return Person(raw)


def test_nothing_of_a_person_s_own_is_left() -> None:
    text = dump(masked_person(person()).raw)
    assert not [canary for canary in CANARIES if canary in text]


def test_what_is_the_company_s_or_the_platform_s_stays() -> None:
    masked = masked_person(person())
    assert (masked.person_key, masked.person_id, masked.timezone) == ("k-1", "987", "US/Central")
    assert (masked.carrier_code, masked.mdn) == ("104", "+•••••••••43")
    fields = masked.custom_fields
    assert fields.get("tier") == person().custom_fields.get("tier")
    assert (fields.get("none"), fields.get("vip")) == (None, True)
    assert dump(fields.get("visits")) == "12"


def test_a_revealed_field_is_shown_as_it_is() -> None:
    masked = masked_person(person(), {FIRST, MOBILE})
    assert masked.custom_fields.get("first_name") == "Canary"
    assert masked.mdn == "+13125550143"
    assert masked.external_person_id == "C•••"


def test_edits_are_hidden_with_the_record() -> None:
    edit = PersonEdit(person(), ApiVersion.V2).set(FIRST, "Canary the second")
    edit = edit.set_unfinished(EXTERNAL_ID, "CRM-77-canary ", "too long").set(FieldRef("email"), None)
    masked = masked_edit(edit)
    assert masked.value(FIRST) == "C•••"
    assert masked.value(EXTERNAL_ID) == Unfinished("C•••", "too long")
    assert masked.value(FieldRef("email")) is None
    assert masked_edit(edit, {FIRST}).value(FIRST) == "Canary the second"
    assert masked_value(ABSENT) is ABSENT


def test_identifiers_and_names() -> None:
    assert masked_identifier(Identifier(IdentifierKind.PERSON_KEY, "k-1")).value == "k-1"
    assert masked_identifier(Identifier(IdentifierKind.MDN, "+13125550143")).value == "+•••••••••43"
    assert masked_words("Canary Millar") == "C••• M•••"
    assert masked_words("") == ""


def test_a_change_tells_nothing_of_the_person() -> None:
    target = Identifier(IdentifierKind.EXTERNAL_ID, "CRM-77-canary")
    changes = (FieldChange(FIRST, "Canary", "Canary"), FieldChange(FieldRef("email"), ABSENT, None))
    request = SentRequest("PUT", "/persons/external/CRM-77-canary", '{"first_name":"Canary"}')
    intention = Intention(
        ProfileId("p"), ChangeKind.UPDATE, target, person(), changes, request, "me", "call +1 312 555 0143"
    )
    record = ChangeRecord(
        ChangeId(1),
        intention,
        datetime(2026, 3, 1, tzinfo=UTC),
        Outcome.VERIFIED,
        person=target,
        display_name="Canary Millar",
        detail="+13125550143 was refused",
    )
    masked = masked_change(record)
    told = f"{masked.intention.target} {masked.person}"
    said = (
        masked.display_name,
        masked.detail,
        masked.intention.reason,
        masked.intention.request.body,
        masked.intention.request.path,
        dump(masked.intention.before.raw) if masked.intention.before else "",
        *(str(change.after) + str(change.before) for change in masked.intention.changes),
        masked.person.value if masked.person else "",
        told,
    )
    assert not [(canary, text) for canary in CANARIES for text in said if canary in text]
    assert masked.intention.changes[1].before is ABSENT
    assert masked_change(replace(record, person=None)).person is None
