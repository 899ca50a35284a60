"""A person as received: nothing lost, nothing told in logs."""

import pytest

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonObject, dump, obj, parse
from vibes_desktop.model.person import KNOWN_FIELDS, Person


def person(text: str) -> Person:
    raw = parse(text)
    assert isinstance(raw, JsonObject)
    return Person(raw)


WHOLE = """{"person_key":"k","person_id":987654,"external_person_id":"E",
"mobile_phone":{"mdn":"+1","carrier_code":"104"},"timezone":"US/Central","timezone_source":"api",
"custom_fields":{"b":1.10,"a":null},"created_at":"c","updated_at":"u",
"url":"/x","later":{"x":[1]},"more":null}""".replace("\n", "")


def test_every_field_is_read_and_the_rest_is_kept() -> None:
    one = person(WHOLE)
    assert (one.person_key, one.person_id, one.external_person_id) == ("k", "987654", "E")
    assert (one.mdn, one.carrier_code, one.timezone) == ("+1", "104", "US/Central")
    assert (one.created_at, one.updated_at) == ("c", "u")
    assert list(one.custom_fields) == ["b", "a"]
    assert dump(one.unknown_fields) == '{"later":{"x":[1]},"more":null}'
    assert dump(one.raw) == WHOLE
    assert "later" not in KNOWN_FIELDS


@pytest.mark.parametrize(
    "text", ["{}", '{"mobile_phone":"+1","custom_fields":[],"person_key":{},"external_person_id":true}']
)
def test_what_is_missing_or_of_another_form_is_none(text: str) -> None:
    one = person(text)
    assert (one.person_key, one.external_person_id, one.mdn, one.carrier_code) == (None,) * 4
    assert one.best_identifier is None
    assert one.custom_fields == JsonObject()


def test_the_best_identifier_is_the_key() -> None:
    assert person(WHOLE).best_identifier == Identifier(IdentifierKind.PERSON_KEY, "k")
    assert person('{"person_id":"7","external_person_id":"E"}').best_identifier == Identifier(
        IdentifierKind.PERSON_ID, "7"
    )
    assert person('{"person_key":"","external_person_id":"E"}').best_identifier == Identifier(
        IdentifierKind.EXTERNAL_ID, "E"
    )


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ('{"person_key":"k","external_person_id":"E"}', '{"person_key":"k","external_person_id":"F"}', True),
        ('{"person_key":"k","external_person_id":"E"}', '{"person_key":"l","external_person_id":"E"}', False),
        ('{"person_key":"k","person_id":"7"}', '{"person_id":7}', True),
        ('{"external_person_id":"E"}', '{"person_key":"k","external_person_id":"E"}', True),
        ('{"mobile_phone":{"mdn":"+1"}}', '{"mobile_phone":{"mdn":"+1"}}', False),
        ('{"external_person_id":null}', '{"external_person_id":null}', False),
    ],
)
def test_identity(a: str, b: str, same: bool) -> None:
    assert person(a).is_same_person(person(b)) is same


def test_a_person_tells_nothing_in_its_repr() -> None:
    assert repr(Person(obj(person_key="canary"))) == "Person(…)"
