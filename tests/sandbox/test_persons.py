"""What a request may write of a person, and how one is read."""

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.sandbox.people import DEMO_PERSON_KEY

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk


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
