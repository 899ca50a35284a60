"""Fields, and the values they have in a record."""

import pytest

from vibes_desktop.model.fields import (
    ABSENT,
    EXTERNAL_ID,
    MOBILE,
    FieldChange,
    FieldKind,
    FieldRef,
    FieldSpec,
    Value,
    value_in,
)
from vibes_desktop.model.jsonvalue import JsonNumber, JsonObject, parse
from vibes_desktop.model.person import Person


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ('{"external_person_id":"E"}', EXTERNAL_ID, "E"),
        ('{"external_person_id":null}', EXTERNAL_ID, None),
        ("{}", EXTERNAL_ID, ABSENT),
        ('{"mobile_phone":{"mdn":"+1"}}', MOBILE, "+1"),
        ('{"mobile_phone":{"mdn":null}}', MOBILE, None),
        ('{"mobile_phone":null}', MOBILE, None),
        ("{}", MOBILE, ABSENT),
        ('{"custom_fields":{"a":1}}', FieldRef("a"), JsonNumber("1")),
        ('{"custom_fields":{"a":1,"a":2}}', FieldRef("a"), JsonNumber("2")),
        ('{"custom_fields":{}}', FieldRef("a"), ABSENT),
        ('{"custom_fields":null}', FieldRef("a"), ABSENT),
        ('{"a":1}', FieldRef("a"), ABSENT),
    ],
)
def test_a_field_is_read_from_a_person(record: str, field: FieldRef, value: Value) -> None:
    raw = parse(record)
    assert isinstance(raw, JsonObject)
    assert value_in(Person(raw), field) == value


def test_a_custom_field_may_have_a_name_of_the_platforms_own() -> None:
    assert FieldRef("external_person_id") != EXTERNAL_ID
    assert str(FieldRef("Home_Zip")) == "Home_Zip"
    assert FieldRef("a") < FieldRef("b")


def test_a_spec_is_learned_unless_told() -> None:
    assert not FieldSpec("a", FieldKind.TEXT).is_fixed


def test_a_change_tells_no_value_in_its_repr() -> None:
    assert "canary" not in repr(FieldChange(FieldRef("a"), "canary", "canary"))
