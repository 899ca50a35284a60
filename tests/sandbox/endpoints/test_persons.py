"""Finding, adding and updating people, over HTTP."""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from vibes_desktop.sandbox.answers import RefusalBody
from vibes_desktop.sandbox.people import (
    DEMO_MDN,
    DEMO_PERSON_ID,
    DEMO_PERSON_KEY,
    ODD_EXTERNAL_IDS,
    SHARED_MDN,
)
from vibes_desktop.sandbox.persons import PersonRecord
from vibes_desktop.sandbox.platform import ExternalUpdate, MdnShape, NobodyFound, SuccessBody

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk

NEW_MDN = "+13125550143"
FEMALE = {"id": 4102, "name": "Female", "option_key": "female", "active": True}


def add_record(talk: "Talk", external_id: str | None, mdn: str | None, carrier: str | None = "104") -> str:
    """Store a person directly; gives the target to read them."""
    people = talk.sandbox.platform.people
    number = len(people)
    people.insert(
        PersonRecord(
            person_key=f"key-{number}",
            person_id=f"id-{number}",
            external_person_id=external_id,
            mdn=mdn,
            carrier_code=None if mdn is None else carrier,
            custom_fields=talk.sandbox.platform.fields.all_unset() | {"first_name": "Kept"},
            created_at="2020-01-01T00:00Z",
            updated_at="2020-01-01T00:00Z",
        )
    )
    return f"{talk.persons}/key-{number}"


# Reading


@pytest.mark.parametrize("last", [DEMO_PERSON_KEY, DEMO_PERSON_ID, "external/EXT542342"])
def test_a_person_is_found_by_key_by_legacy_id_and_by_external_id(talk: "Talk", last: str) -> None:
    steve = talk.read(f"{talk.persons}/{last}")
    assert (steve["person_key"], steve["person_id"]) == (DEMO_PERSON_KEY, DEMO_PERSON_ID)
    assert steve["url"] == f"{talk.persons}/{DEMO_PERSON_KEY}"


def test_a_person_reads_in_the_documented_order(talk: "Talk") -> None:
    steve = talk.read()
    assert list(steve) == [
        "person_key",
        "person_id",
        "external_person_id",
        "mobile_phone",
        "timezone",
        "timezone_source",
        "custom_fields",
        "created_at",
        "updated_at",
        "url",
    ]
    assert steve["mobile_phone"] == {"mdn": DEMO_MDN, "carrier_code": "104"}
    assert list(steve["custom_fields"])[:4] == ["first_name", "last_name", "birthdate", "gender"]


def test_the_deprecated_id_can_vanish(talk: "Talk") -> None:
    talk.sandbox.platform.shows_person_id = False
    assert "person_id" not in talk.read()


@pytest.mark.parametrize("external_id", ODD_EXTERNAL_IDS)
def test_unusual_external_ids_are_found_when_encoded(talk: "Talk", external_id: str) -> None:
    person = talk.read(f"{talk.persons}/external/{quote(external_id, safe='')}")
    assert person["external_person_id"] == external_id


@pytest.mark.parametrize("last", ["nobody", "external/nobody", "external/CRM/77/eu", "external"])
def test_an_unknown_person_is_404(talk: "Talk", last: str) -> None:
    assert talk("GET", f"{talk.persons}/{last}").status == 404


def test_a_404_carries_the_envelope_or_nothing(talk: "Talk") -> None:
    assert talk("GET", f"{talk.persons}/nobody").messages == ["The person record cannot be found."]
    talk.sandbox.platform.refusal_body = RefusalBody.NONE
    bare = talk("GET", f"{talk.persons}/nobody")
    assert (bare.status, bare.body, "content-type" in bare.headers) == (404, b"", False)


# The two versions


@pytest.mark.parametrize(
    ("version", "shown"), [("2", DEMO_MDN), ("1", DEMO_MDN.removeprefix("+1")), (None, "2065550143")]
)
def test_the_version_decides_how_a_number_reads_and_1_is_the_default(
    talk: "Talk", version: str | None, shown: str
) -> None:
    talk.version = version
    assert talk.read()["mobile_phone"]["mdn"] == shown


def test_version_1_cannot_read_a_foreign_number(talk: "Talk") -> None:
    target = add_record(talk, "UK", "+447700900999")
    assert talk.read(target)["mobile_phone"]["mdn"] == "+447700900999"
    talk.version = "1"
    reply = talk("GET", target)
    assert (reply.status, reply.codes) == (422, ["countrynotsupported"])


@pytest.mark.parametrize(
    ("version", "query", "status", "code"),
    [
        ("2", "mdn=%2B12065550143", 200, None),
        ("2", "mdn=+12065550143", 400, None),
        ("2", "mdn=2065550143", 400, "countrynotsupported"),
        ("2", "mdn=%2B1206", 400, None),
        ("2", "mdn=%2B1206555014x", 400, None),
        ("2", "mdn=%2B12065559999", 404, None),
        ("2", "mdn=", 404, None),
        ("2", "", 404, None),
        ("1", "mdn=2065550143", 200, None),
        ("1", "mdn=%2B12065550143", 400, "countrynotsupported"),
        ("1", "mdn=12065550143", 400, None),
    ],
)
def test_finding_by_mdn(talk: "Talk", version: str, query: str, status: int, code: str | None) -> None:
    talk.version = version
    reply = talk("GET", f"{talk.persons}?{query}")
    assert reply.status == status
    if status == 200:
        assert [person["person_key"] for person in reply.json] == [DEMO_PERSON_KEY]
    else:
        assert reply.codes == [code]


def test_an_unencoded_plus_is_named(talk: "Talk") -> None:
    assert "%2B" in talk("GET", f"{talk.persons}?mdn=+12065550143").messages[0]


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_collection_takes_a_trailing_slash(talk: "Talk", slash: str) -> None:
    assert talk("GET", f"{talk.persons}{slash}?mdn=%2B12065550143").status == 200
    assert talk("POST", f"{talk.persons}{slash}", {"external_person_id": "slash"}).status == 201


def test_a_number_of_several_people_gives_all_of_them(talk: "Talk") -> None:
    found = talk("GET", f"{talk.persons}?mdn={quote(SHARED_MDN)}").json
    assert len(found) == 3
    assert len({person["mobile_phone"]["carrier_code"] for person in found}) == 3


def test_finding_by_mdn_can_answer_one_object_or_an_empty_array(talk: "Talk") -> None:
    platform = talk.sandbox.platform
    platform.mdn_shape = MdnShape.OBJECT
    assert talk("GET", f"{talk.persons}?mdn=%2B12065550143").json["person_key"] == DEMO_PERSON_KEY
    platform.nobody_found = NobodyFound.EMPTY_ARRAY
    nobody = talk("GET", f"{talk.persons}?mdn=%2B12065559999")
    assert (nobody.status, nobody.json) == (200, [])


# Adding


def test_adding_creates_a_person(talk: "Talk") -> None:
    body = {
        "external_person_id": "CRM-77",
        "mobile_phone": {"mdn": NEW_MDN},
        "custom_fields": {"first_name": "Ana"},
    }
    reply = talk("POST", f"{talk.persons}/", body)
    assert reply.status == 201
    stored = talk.read(f"{talk.persons}/{reply.json['person_key']}")
    assert stored == reply.json
    assert stored["mobile_phone"]["mdn"] == NEW_MDN
    assert stored["custom_fields"] == talk.sandbox.platform.fields.all_unset() | {"first_name": "Ana"}
    assert talk("GET", f"{talk.persons}/external/CRM-77/subscriptions").json == []


def test_what_the_system_makes_is_ignored_when_sent(talk: "Talk") -> None:
    made = {
        "person_id": "7",
        "person_key": "mine",
        "timezone_source": "me",
        "created_at": "1999-01-01T00:00Z",
        "updated_at": "1999-01-01T00:00Z",
        "url": "/mine",
    }
    added = talk("POST", f"{talk.persons}/", {"external_person_id": "ignored", **made}).json
    assert {name: added[name] for name in made}.items().isdisjoint(made.items())
    before = talk.read()
    assert talk("PUT", talk.steve, made).status == 200
    assert talk.read() == before


@pytest.mark.parametrize(
    "body", [{}, {"custom_fields": {}}, {"external_person_id": None}, {"mobile_phone": {}}]
)
def test_adding_needs_an_identifier_unless_switched_off(talk: "Talk", body: object) -> None:
    assert talk("POST", f"{talk.persons}/", body).status == 422
    talk.sandbox.platform.identifier_required = False
    assert talk("POST", f"{talk.persons}/", body).status == 201


def test_adding_a_known_number_merges_and_changes_the_external_id(talk: "Talk") -> None:
    target = add_record(talk, "old-id", NEW_MDN)
    body = {
        "external_person_id": "new-id",
        "mobile_phone": {"mdn": NEW_MDN},
        "custom_fields": {"last_name": "Sent"},
    }
    reply = talk("POST", f"{talk.persons}/", body)
    merged = talk.read(target)
    assert (reply.status, reply.json) == (200, merged)
    assert merged["external_person_id"] == "new-id"
    assert (merged["custom_fields"]["first_name"], merged["custom_fields"]["last_name"]) == ("Kept", "Sent")
    assert talk("GET", f"{talk.persons}/external/old-id").status == 404


def test_adding_a_known_external_id_merges_and_may_give_a_phone(talk: "Talk") -> None:
    target = add_record(talk, "no-phone", None)
    body = {"external_person_id": "no-phone", "mobile_phone": {"mdn": NEW_MDN}}
    assert talk("POST", f"{talk.persons}/", body).status == 200
    assert talk.read(target)["mobile_phone"]["mdn"] == NEW_MDN
    assert talk("POST", f"{talk.persons}/", {"external_person_id": "no-phone"}).status == 200


def test_a_merge_removes_no_identifier_but_a_custom_field(talk: "Talk") -> None:
    target = add_record(talk, "both", NEW_MDN)
    body = {
        "external_person_id": None,
        "mobile_phone": {"mdn": NEW_MDN},
        "custom_fields": {"first_name": None},
    }
    assert talk("POST", f"{talk.persons}/", body).status == 200
    assert talk.read(target)["external_person_id"] == "both"
    assert talk.custom_fields(target)["first_name"] is None


def test_adding_with_the_identifiers_of_two_people_is_a_conflict(talk: "Talk") -> None:
    add_record(talk, "A", NEW_MDN)
    add_record(talk, "B", None)
    add_record(talk, "C", "+13125550144")
    before = [talk.read(f"{talk.persons}/external/{name}") for name in "ABC"]
    for other, mdn in (("B", NEW_MDN), ("C", NEW_MDN), ("C", "+13125550199")):
        body = {"external_person_id": other, "mobile_phone": {"mdn": mdn}, "custom_fields": {"notes": "x"}}
        assert talk("POST", f"{talk.persons}/", body).status == 409
    assert talk("POST", f"{talk.persons}/", {"mobile_phone": {"mdn": SHARED_MDN}}).status == 409
    assert [talk.read(f"{talk.persons}/external/{name}") for name in "ABC"] == before


def test_the_same_number_on_another_carrier_is_another_person(talk: "Talk") -> None:
    add_record(talk, "first", NEW_MDN, "104")
    phone = {"mdn": NEW_MDN, "carrier_code": "777"}
    assert talk("POST", f"{talk.persons}/", {"mobile_phone": phone}).status == 201
    assert talk("POST", f"{talk.persons}/", {"mobile_phone": phone}).status == 200
    assert len(talk("GET", f"{talk.persons}?mdn={quote(NEW_MDN)}").json) == 2


@pytest.mark.parametrize(
    ("version", "mdn", "status", "code"),
    [
        ("2", "+13125550143", 201, None),
        ("2", "+447700900999", 201, None),
        ("2", "3125550143", 422, "countrynotsupported"),
        ("2", "+1312555014", 422, None),
        ("2", "+11125550143", 422, None),
        ("1", "3125550143", 201, None),
        ("1", "+13125550143", 422, "countrynotsupported"),
        ("1", "+447700900999", 422, "countrynotsupported"),
    ],
)
def test_the_version_decides_which_numbers_are_taken(
    talk: "Talk", version: str, mdn: str, status: int, code: str | None
) -> None:
    talk.version = version
    reply = talk("POST", f"{talk.persons}/", {"mobile_phone": {"mdn": mdn}})
    assert reply.status == status
    if code is not None:
        assert reply.codes == [code]


def test_version_1_stores_the_number_that_version_2_reads(talk: "Talk") -> None:
    talk.version = "1"
    added = talk("POST", f"{talk.persons}/", {"mobile_phone": {"mdn": "3125550143"}}).json
    assert added["mobile_phone"]["mdn"] == "3125550143"
    talk.version = "2"
    assert talk.read(f"{talk.persons}/{added['person_key']}")["mobile_phone"]["mdn"] == NEW_MDN


# Updating


def test_an_update_keeps_what_is_omitted_and_removes_what_is_null(talk: "Talk") -> None:
    before = talk.read()
    sent = {"custom_fields": {"last_name": "Miller", "birthdate": None, "favorite_stores": None}}
    reply = talk("PUT", talk.steve, sent)
    after = talk.read()
    assert (reply.status, reply.json) == (200, after)
    changed: dict[str, Any] = {"last_name": "Miller", "birthdate": None, "favorite_stores": []}
    assert after["custom_fields"] == before["custom_fields"] | changed
    assert list(after["custom_fields"]) == list(before["custom_fields"])
    assert after["updated_at"] > before["updated_at"]
    unchanged = [name for name in before if name not in ("custom_fields", "updated_at")]
    assert [after[name] for name in unchanged] == [before[name] for name in unchanged]


def test_updated_at_moves_with_each_effective_write_only(talk: "Talk") -> None:
    stamps = [talk.read()["updated_at"]]
    for last_name in ("One", "Two", "Two"):
        talk("PUT", talk.steve, {"custom_fields": {"last_name": last_name}})
        stamps.append(talk.read()["updated_at"])
    assert stamps[0] < stamps[1] < stamps[2] == stamps[3]
    assert all(len(stamp) == len("2017-01-15T14:30Z") for stamp in stamps)


def test_an_update_by_key_or_legacy_id_works_alike(talk: "Talk") -> None:
    for last, name in ((DEMO_PERSON_KEY, "One"), (DEMO_PERSON_ID, "Two")):
        assert talk("PUT", f"{talk.persons}/{last}", {"custom_fields": {"first_name": name}}).status == 200
        assert talk.custom_fields()["first_name"] == name
    assert talk("PUT", f"{talk.persons}/nobody", {}).status == 404


def test_another_number_is_a_conflict_and_nothing_is_applied(talk: "Talk") -> None:
    target = add_record(talk, "no-phone", None)
    for each in (talk.steve, target):
        before = talk.read(each)
        body = {"mobile_phone": {"mdn": NEW_MDN}, "custom_fields": {"first_name": "X"}}
        assert talk("PUT", each, body).status == 409
        assert talk.read(each) == before
    assert talk("PUT", talk.steve, {"mobile_phone": {"mdn": DEMO_MDN}}).status == 200


@pytest.mark.parametrize("body", [{"mobile_phone": None}, {"mobile_phone": {"mdn": None}}])
def test_both_spellings_remove_the_phone(talk: "Talk", body: object) -> None:
    assert talk("PUT", talk.steve, body).status == 200
    assert talk.read()["mobile_phone"] is None
    assert talk("GET", f"{talk.persons}?mdn=%2B12065550143").status == 404


def test_a_phone_is_changed_by_removing_then_adding(talk: "Talk") -> None:
    talk("PUT", talk.steve, {"mobile_phone": None})
    body = {"external_person_id": "EXT542342", "mobile_phone": {"mdn": NEW_MDN}}
    assert talk("POST", f"{talk.persons}/", body).status == 200
    assert talk.read()["mobile_phone"]["mdn"] == NEW_MDN


def test_another_external_id_rekeys_the_person(talk: "Talk") -> None:
    assert talk("PUT", talk.steve, {"external_person_id": "new/id"}).status == 200
    assert talk("GET", talk.steve).status == 404
    assert talk.read(f"{talk.persons}/external/new%2Fid")["person_key"] == DEMO_PERSON_KEY
    assert talk("PUT", f"{talk.persons}/{DEMO_PERSON_KEY}", {"external_person_id": None}).status == 200
    assert talk.read(f"{talk.persons}/{DEMO_PERSON_KEY}")["external_person_id"] is None


def test_an_external_id_stays_unique(talk: "Talk") -> None:
    add_record(talk, "taken", None)
    reply = talk("PUT", talk.steve, {"external_person_id": "taken"})
    assert (reply.status, reply.messages) == (422, ["external_person_id belongs to another person."])


def test_the_carrier_can_change_unless_that_makes_two_people_one(talk: "Talk") -> None:
    target = add_record(talk, "one", NEW_MDN, "104")
    add_record(talk, "two", NEW_MDN, "105")
    assert talk("PUT", target, {"mobile_phone": {"carrier_code": "105"}}).status == 409
    assert talk("PUT", target, {"mobile_phone": {"carrier_code": "106"}}).status == 200
    assert talk.read(target)["mobile_phone"] == {"mdn": NEW_MDN, "carrier_code": "106"}


def test_a_time_zone_that_is_set_comes_from_the_api(talk: "Talk") -> None:
    target = add_record(talk, "zone", None)
    talk("PUT", target, {"timezone": "US/Eastern"})
    zoned = talk.read(target)
    assert (zoned["timezone"], zoned["timezone_source"]) == ("US/Eastern", "api")


# What the sources disagree about


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("body", list(SuccessBody))
def test_an_update_answers_in_every_documented_way(talk: "Talk", status: int, body: SuccessBody) -> None:
    platform = talk.sandbox.platform
    platform.update_status, platform.success_body = status, body
    sent = {"custom_fields": {"gender": {"name": "Female"}}}
    reply = talk("PUT", talk.steve, sent)
    assert reply.status == status
    if body is SuccessBody.EMPTY:
        assert (reply.body, "content-type" in reply.headers) == (b"", False)
    else:
        assert reply.json == (sent if body is SuccessBody.ECHO else talk.read())
    assert talk.custom_fields()["gender"] == FEMALE


def test_an_update_of_an_unknown_external_id_creates(talk: "Talk") -> None:
    reply = talk("PUT", f"{talk.persons}/external/typo", {"custom_fields": {"first_name": "Oops"}})
    assert reply.status == 201
    assert talk.custom_fields(f"{talk.persons}/external/typo")["first_name"] == "Oops"


def test_an_update_of_an_unknown_external_id_can_be_404(talk: "Talk") -> None:
    talk.sandbox.platform.external_update = ExternalUpdate.NOT_FOUND
    before = len(talk.sandbox.platform.people)
    assert talk("PUT", f"{talk.persons}/external/typo", {}).status == 404
    assert len(talk.sandbox.platform.people) == before


@pytest.mark.parametrize(
    ("external_id", "body", "status"),
    [
        ("typo", {"mobile_phone": {"mdn": DEMO_MDN}}, 409),
        ("typo", {"external_person_id": "EXT542342"}, 422),
        ("x" * 129, {}, 422),
    ],
)
def test_creating_by_update_obeys_the_rules(
    talk: "Talk", external_id: str, body: object, status: int
) -> None:
    before = len(talk.sandbox.platform.people)
    assert talk("PUT", f"{talk.persons}/external/{external_id}", body).status == status
    assert len(talk.sandbox.platform.people) == before
