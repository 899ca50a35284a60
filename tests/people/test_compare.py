"""Comparing by meaning."""

import pytest

from vibes_desktop.model.fields import ABSENT, EXTERNAL_ID, MOBILE, FieldRef, Value
from vibes_desktop.model.jsonvalue import JsonArray, JsonNumber, JsonObject, obj, parse
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.compare import is_choice, is_choices, means_same, same_choice

FIELD = FieldRef("any")
MALE = obj(id=JsonNumber("1"), name="Male", option_key="M", active=True)
FEMALE = obj(id=JsonNumber("2"), name="Female", option_key="F", active=True)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (None, ABSENT, True),
        (None, JsonArray(), True),
        (ABSENT, JsonArray(), True),
        ("", None, False),
        ("a", "a", True),
        ("a", "a ", False),
        ("5", JsonNumber("5"), False),
        (JsonNumber("1.10"), JsonNumber("1.1"), True),
        (True, JsonNumber("1"), False),
        ("1950-12-01T00:00:00Z", "1950-12-01", True),
        (MALE, obj(option_key="M"), True),
        (MALE, obj(option_key="M", name="Mann"), True),
        (MALE, obj(name="Male", id=None), True),
        (MALE, FEMALE, False),
        (MALE, "Male", False),
        (JsonArray((MALE, FEMALE)), JsonArray((FEMALE, MALE)), True),
        (JsonArray((MALE, FEMALE)), JsonArray((MALE,)), False),
        (parse('{"a":1,"b":[2]}'), parse('{"b":[2.0],"a":1}'), True),
        (parse('{"name":"x","price":1}'), parse('{"name":"x","price":2}'), False),
    ],
)
def test_values_of_a_custom_field(a: Value, b: Value, same: bool) -> None:
    assert means_same(FIELD, a, b, ApiVersion.V2) is same
    assert means_same(FIELD, b, a, ApiVersion.V2) is same


def test_a_number_is_compared_in_one_form() -> None:
    assert means_same(MOBILE, "+13125550143", "3125550143", ApiVersion.V1)
    assert not means_same(MOBILE, "+13125550143", "3125550143", ApiVersion.V2)


def test_an_external_id_that_looks_like_a_date_is_compared_as_text() -> None:
    assert not means_same(EXTERNAL_ID, "1950-12-01", "1950-12-01T00:00:00Z", ApiVersion.V2)


def test_an_id_is_compared_as_text() -> None:
    assert same_choice(obj(id=JsonNumber("1"), name="A"), obj(id="1", name="B"))
    assert not same_choice(obj(name="A"), obj(option_key="A"))


def test_a_choice_is_told_from_other_objects() -> None:
    assert is_choice(obj(id=None, name="A", option_key="a"))
    assert is_choice(obj(option_key="a", color="red"))
    assert not is_choice(obj(name="Bob", age=JsonNumber("3")))
    assert not is_choice(obj(id=JsonNumber("1")))
    assert not is_choice(JsonObject())
    assert not is_choices(JsonArray())
    assert not is_choices(JsonArray((MALE, "x")))
