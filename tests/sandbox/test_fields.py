"""Defining fields; which values they take, in which form they are kept, and what is refused."""

from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.sandbox.answers import Json
from vibes_desktop.sandbox.fields import CustomFields, Field, FieldKind, is_date, nesting

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk

MALE = {"id": 4101, "name": "Male", "option_key": "male", "active": True}
FEMALE = {"id": 4102, "name": "Female", "option_key": "female", "active": True}
NOT_TOLD = {"id": None, "name": "Prefer not to say", "option_key": "not_told", "active": True}
BAKERY = {"id": "st-13", "name": "Corner Bakery", "option_key": "bakery", "active": True}
BOOKS = {"id": None, "name": "Book Nook", "option_key": "books", "active": True}


@pytest.mark.parametrize(
    ("value", "depth"), [(None, 0), ("x", 0), ([], 1), ({"a": []}, 2), ([1, [2, {"a": [3]}]], 4)]
)
def test_nesting_counts_containers(value: Json, depth: int) -> None:
    assert nesting(value) == depth


def test_nesting_needs_no_recursion() -> None:
    value: Json = []
    for _ in range(50_000):
        value = [value]
    assert nesting(value) == 50_001
    while isinstance(value, list) and value:  # taken apart by hand, as freeing it would recurse
        value = value.pop()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1950-12-01T00:00:00Z", True),
        ("2024-02-29T23:59:59+0100", True),
        ("2023-02-29T00:00:00Z", False),
        ("1950-12-01T24:00:01Z", False),
        ("1950-12-01T00:00:00.000Z", False),
        ("1950-12-01T00:00:00", False),
        (None, False),
    ],
)
def test_dates(value: Json, expected: bool) -> None:
    assert is_date(value) is expected


def test_an_account_can_define_more_fields() -> None:
    fields = CustomFields([Field("a", FieldKind.TEXT)])
    for number in range(500):
        fields.define(Field(f"field_{number}", FieldKind.MULTIPLE_CHOICE))
    unset = fields.all_unset()
    assert list(unset)[:2] == ["a", "field_0"]
    assert len(unset) == 501
    assert unset["field_499"] == []


# Over HTTP


@pytest.mark.parametrize(
    ("name", "sent", "stored"),
    [
        ("first_name", "", ""),
        ("first_name", "no\u00a0break \u2028 \ufeff \u0007 <img src=x>", None),
        ("first_name", "\ud83d lone", None),
        ("first_name", "x" * 1_200_000, None),
        ("Home_Zip", "00501", None),
        ("birthdate", "1950-12-01T00:00:00z", None),
        ("birthdate", "1950-12-01T00:00:00-0600", None),
        ("gender", {"option_key": "female"}, FEMALE),
        ("gender", {"id": 4102}, FEMALE),
        ("gender", {"id": "4102"}, FEMALE),
        ("gender", {"name": "Female", "active": False}, FEMALE),
        ("gender", {"id": None, "name": "Prefer not to say"}, NOT_TOLD),
        ("gender", MALE, MALE),
        ("favorite_stores", [{"name": "Book Nook"}, {"id": "st-13"}, BOOKS], [BOOKS, BAKERY]),
        ("favorite_stores", [], []),
        ("visits", 0, 0),
        ("visits", 2.25, 2.25),
        ("newsletter", False, False),
        ("preferences", {"z": 1, "a": {"b": [None, True, "x"]}}, None),
        ("preferences", [1, 2], None),
    ],
)
def test_a_value_is_stored_in_the_form_it_is_read(talk: "Talk", name: str, sent: Any, stored: Any) -> None:
    reply = talk("PUT", talk.steve, {"custom_fields": {name: sent}})
    assert reply.status == 200
    found = talk.custom_fields()[name]
    expected = sent if stored is None else stored
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("first_name", 7),
        ("Home_Zip", 2134),
        ("loyalty_id", True),
        ("email", {"a": 1}),
        ("birthdate", "1950-12-01"),
        ("birthdate", "1950-02-30T00:00:00Z"),
        ("birthdate", ""),
        ("birthdate", 1950),
        ("gender", "Male"),
        ("gender", {}),
        ("gender", {"id": None}),
        ("gender", {"name": "Unheard of"}),
        ("gender", {"name": "Male", "option_key": "female"}),
        ("gender", [MALE]),
        ("favorite_stores", {"name": "Book Nook"}),
        ("favorite_stores", ["Book Nook"]),
        ("favorite_stores", [BOOKS, {"name": "Unheard of"}]),
        ("favorite_stores", [None]),
        ("visits", "12"),
        ("visits", True),
        ("newsletter", "true"),
        ("newsletter", 1),
        ("preferences", "{}"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(talk: "Talk", name: str, sent: object) -> None:
    before = talk.read()
    reply = talk("PUT", talk.steve, {"custom_fields": {"last_name": "Not applied", name: sent}})
    assert reply.status == 422
    assert len(reply.messages) == 1
    assert name in reply.messages[0]
    assert talk.read() == before
