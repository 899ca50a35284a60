"""The parts that recognising is made of."""

import pytest

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.people.pasted import Raw, in_json, in_url, kind_of_key, labelled

KEY, OLD, EXTERNAL, MDN = (
    IdentifierKind.PERSON_KEY,
    IdentifierKind.PERSON_ID,
    IdentifierKind.EXTERNAL_ID,
    IdentifierKind.MDN,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("c5235a10-e243-42d7-979c-7f6234a21b60", KEY),
        ("c5235a1-e243-42d7-979c-7f6234a21b60", KEY),
        ("C5235A10E24342D7979C7F6234A21B60", KEY),
        ("987654", OLD),
        ("wd1377r4", OLD),
        ("2020-01-01", OLD),
    ],
)
def test_a_key_is_told_from_an_old_id(text: str, kind: IdentifierKind) -> None:
    assert kind_of_key(text) is kind


@pytest.mark.parametrize(
    "text", ["EXT1", "persons of interest", "http://[", "https://[persons", "a/persons", "mailto:persons@x"]
)
def test_no_person_url(text: str) -> None:
    assert in_url(text) is None


def test_a_url_that_ends_too_early_is_refused() -> None:
    with pytest.raises(InvalidInput):
        in_url("https://x/companies/a/mobiledb/persons/external/")
    with pytest.raises(InvalidInput):
        in_url("https://x/companies/a/mobiledb/persons?mdn=")


def test_an_external_id_with_slashes_that_nobody_encoded_is_kept_whole() -> None:
    assert in_url("/companies/a/mobiledb/persons/external/A/B/subscriptions/7") == Raw(
        (Identifier(EXTERNAL, "A/B"),)
    )


def test_both_spellings_of_an_external_id_are_asked_when_they_differ() -> None:
    found = in_json('{"subscription":{"person":{"external_id":"old","external_person_id":"new"}}}')
    assert found is not None
    assert [identifier.value for identifier in found.identifiers] == ["new", "old"]


@pytest.mark.parametrize("text", ["EXT1", '"EXT1"', "12", "null"])
def test_what_is_neither_object_nor_array_is_not_read_as_json(text: str) -> None:
    assert in_json(text) is None


def test_json_nested_without_end_is_refused_at_its_place() -> None:
    with pytest.raises(InvalidInput) as refused:
        in_json("[" * 100_000)
    assert "Line 1" in refused.value.advice


def test_a_person_below_something_unexpected_is_not_guessed() -> None:
    with pytest.raises(InvalidInput):
        in_json('{"subscription":{"person":"E1"},"participant":7}')


def test_labels_are_read_in_any_spelling_and_others_left() -> None:
    assert labelled("EXTERNAL-PERSON_ID = 'x y'") == Raw((Identifier(EXTERNAL, "x y"),))
    assert labelled('"person_id": "7",') == Raw((Identifier(OLD, "7"),))
    assert labelled("CRM:77") is None
    assert labelled("external id") is None
    assert labelled("Person key ABC 1") == Raw((Identifier(KEY, "ABC 1"),))
    assert labelled("Mobile phone (312) 555-0143") == Raw((Identifier(MDN, "(312) 555-0143"),))
    assert labelled("mobile phone lost in 2024") is None
    assert labelled("phone 12") is None
    assert labelled("mdn:") is None
