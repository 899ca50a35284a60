"""The demo people: the same for everybody, and awkward enough."""

import json
from collections import Counter
from random import Random
from typing import Any

import pytest

from vibes_desktop.sandbox.account import FIELDS
from vibes_desktop.sandbox.answers import to_bytes
from vibes_desktop.sandbox.fields import CustomFields, FieldKind
from vibes_desktop.sandbox.people import (
    DEMO_EXTERNAL_ID,
    DEMO_MDN,
    DEMO_PERSON_KEY,
    INVALID_MDNS,
    ODD_EXTERNAL_IDS,
    SHARED_MDN,
    make_people,
)
from vibes_desktop.sandbox.persons import PersonRecord
from vibes_desktop.sandbox.platform import Platform


@pytest.fixture(scope="module")
def everybody() -> list[PersonRecord]:
    """Make all 2,000."""
    return list(make_people(Random(1), 2000))


def values_of(everybody: list[PersonRecord], name: str) -> list[Any]:
    """Give what everybody has in a custom field."""
    return [person.custom_fields[name] for person in everybody]


def test_a_seed_makes_the_same_people_each_time(everybody: list[PersonRecord]) -> None:
    assert list(make_people(Random(1), 2000)) == everybody
    assert list(make_people(Random(2), 2000)) != everybody


def test_the_first_person_is_well_known() -> None:
    for seed in (1, 2):
        first = next(make_people(Random(seed), 1))
        assert (first.person_key, first.external_person_id, first.mdn, first.timezone) == (
            DEMO_PERSON_KEY,
            DEMO_EXTERNAL_ID,
            DEMO_MDN,
            "US/Central",
        )
        fields: Any = first.custom_fields
        assert (fields["first_name"], fields["last_name"]) == ("Steve", "Millar")
        assert (fields["birthdate"], fields["Home_Zip"]) == ("1950-12-01T00:00:00Z", "02134")
        assert fields["gender"]["name"] == "Male"
        assert [each["name"] for each in fields["favorite_stores"]] == ["My Hardware Store", "Local Grocery"]
        assert fields["loyalty_id"] is None
        assert len(fields["preferences"]) == 4


def test_identifiers_are_unique(everybody: list[PersonRecord]) -> None:
    assert len(everybody) == 2000
    for ids in (
        [person.person_key for person in everybody],
        [person.person_id for person in everybody],
        [person.external_person_id for person in everybody if person.external_person_id is not None],
        [(person.mdn, person.carrier_code) for person in everybody if person.mdn and "+" in person.mdn[:1]],
    ):
        assert [
            each for each, count in Counter(ids).items() if count > 1 and each[0] not in INVALID_MDNS
        ] == []


def test_several_people_share_a_number_on_different_carriers(everybody: list[PersonRecord]) -> None:
    shared = Counter(person.mdn for person in everybody if person.mdn)
    assert shared[SHARED_MDN] == 3
    assert shared[DEMO_MDN] == 1
    assert len([mdn for mdn, count in shared.items() if count > 1]) > 10


def test_every_kind_of_phone_and_external_id_is_there(everybody: list[PersonRecord]) -> None:
    mdns = {person.mdn for person in everybody}
    assert mdns >= {None, *INVALID_MDNS}
    for prefix in ("+44", "+49"):
        assert any(mdn and mdn.startswith(prefix) for mdn in mdns)
    assert not any(mdn and mdn.startswith(("+1312555", "+1312556")) for mdn in mdns)
    ids = {person.external_person_id for person in everybody}
    assert ids >= {None, *ODD_EXTERNAL_IDS}
    assert max(len(each) for each in ids if each) == 128
    for sign in "/% ?#+😀ש":
        assert any(sign in each for each in ids if each)
    assert all(person.mdn or person.external_person_id for person in everybody)


def test_every_kind_of_value_is_there(everybody: list[PersonRecord]) -> None:
    names = [field.name for field in FIELDS]
    assert all(list(person.custom_fields) == names for person in everybody)
    for field in FIELDS:
        assert field.unset in values_of(everybody, field.name)
        assert any(value != field.unset for value in values_of(everybody, field.name))
    assert any(value and value.endswith("z") for value in values_of(everybody, "birthdate"))
    assert any(value and value.startswith("0") for value in values_of(everybody, "Home_Zip"))
    assert any(value and value["id"] is None for value in values_of(everybody, "gender"))
    assert any(value and list(value) == ["id", "name"] for value in values_of(everybody, "gender"))
    assert any(
        not each["active"]
        for value in values_of(everybody, "favorite_stores")
        for each in value[:1]
        if len(each) > 2
    )
    assert {type(value) for value in values_of(everybody, "visits")} == {int, float, type(None)}
    assert {type(value) for value in values_of(everybody, "newsletter")} == {bool, type(None)}
    assert {type(value) for value in values_of(everybody, "preferences")} == {dict, list, type(None)}
    assert any(value == "" for value in values_of(everybody, "notes"))


def test_what_people_have_could_be_written_back(everybody: list[PersonRecord]) -> None:
    fields = CustomFields(FIELDS)
    choices = {field.name for field in FIELDS if "choice" in field.kind or field.kind is FieldKind.DATE}
    for person in everybody:
        stored, problems = fields.read(person.custom_fields)
        assert problems == []
        plain = stored.keys() - choices
        assert {name: stored[name] for name in plain} == {name: person.custom_fields[name] for name in plain}


def test_everybody_can_be_sent_and_read(everybody: list[PersonRecord]) -> None:
    for person in everybody:
        assert json.loads(to_bytes(person.custom_fields)) == person.custom_fields


def test_subscriptions_are_of_every_kind() -> None:
    platform = Platform()
    stays = [platform.subscriptions.of_person(person, active_only=False) for person in platform.people]
    assert [] in stays
    assert {each.active for stay in stays for each in stay} == {True, False}
    reasons = {each.opt_out_reason for stay in stays for each in stay}
    assert reasons >= {"user_opt_out", "list_archived", "BULK_OPT_OUT", "moved_away"}
    assert any(len(stay) > len({each.list_id for each in stay}) for stay in stays)
    steve = stays[0]
    assert [(each.list_id, each.active) for each in steve] == [
        ("SL1001", True),
        ("SL1002", True),
        ("SL1003", False),
    ]
    assert len(platform.campaigns.campaigns) == len(platform.subscriptions.lists) == 3
