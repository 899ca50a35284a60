"""Which values of a person are taken, in which form they are kept, and what is refused."""

from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.sandbox.people import DEMO_PERSON_KEY

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk

MALE = {"id": 4101, "name": "Male", "option_key": "male", "active": True}
FEMALE = {"id": 4102, "name": "Female", "option_key": "female", "active": True}
NOT_TOLD = {"id": None, "name": "Prefer not to say", "option_key": "not_told", "active": True}
BAKERY = {"id": "st-13", "name": "Corner Bakery", "option_key": "bakery", "active": True}
BOOKS = {"id": None, "name": "Book Nook", "option_key": "books", "active": True}


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


def test_every_unknown_and_unfit_field_is_listed(talk: "Talk") -> None:
    body = {"external_person_id": 5, "custom_fields": {"shoe_size": 9, "visits": "x", "First_Name": "case"}}
    for method, target in (("PUT", talk.steve), ("POST", f"{talk.persons}/")):
        reply = talk(method, target, body)
        assert reply.status == 422
        named = ("external_person_id", "shoe_size", "visits", "First_Name")
        assert all(any(name in message for message in reply.messages) for name in named)
        assert len(reply.messages) == len(named)


@pytest.mark.parametrize(
    "body",
    [
        [],
        "text",
        None,
        {"external_person_id": ""},
        {"external_person_id": "x" * 129},
        {"external_person_id": 7},
        {"mobile_phone": "+13125550143"},
        {"mobile_phone": {"mdn": 3125550143}},
        {"mobile_phone": {"carrier_code": 104}},
        {"timezone": 5},
        {"custom_fields": None},
        {"custom_fields": []},
    ],
)
def test_a_body_of_the_wrong_form_is_refused(talk: "Talk", body: object) -> None:
    before = talk.read()
    assert talk("PUT", talk.steve, body).status == 422
    assert talk.read() == before


def test_an_external_id_of_128_characters_is_taken(talk: "Talk") -> None:
    assert talk("PUT", talk.steve, {"external_person_id": "😀" * 128}).status == 200
    assert talk.read(f"{talk.persons}/{DEMO_PERSON_KEY}")["external_person_id"] == "😀" * 128


def test_elements_that_no_document_names_are_read_along(talk: "Talk") -> None:
    person = next(each for each in talk.sandbox.platform.people if each.extra)
    assert talk.read(f"{talk.persons}/{person.person_key}").items() >= person.extra.items()
