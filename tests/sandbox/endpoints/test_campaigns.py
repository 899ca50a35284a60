"""Acquisition campaigns and opting in, over HTTP."""

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from vibes_desktop.sandbox.people import DEMO_MDN, DEMO_PERSON_ID, DEMO_PERSON_KEY, SHARED_MDN
from vibes_desktop.sandbox.persons import PersonRecord
from vibes_desktop.sandbox.platform import LANDLINE

if TYPE_CHECKING:
    from tests.sandbox.conftest import Reply, Talk

WELCOME, ORDERS, SPRING = "ACQ1001", "ACQ1002", "ACQ1003"
NEW_MDN = "+13125550143"


def join(talk: "Talk", body: object, campaign: str = WELCOME) -> "Reply":
    """Opt somebody in."""
    return talk("POST", f"{talk.company}/campaigns/acquisition/{campaign}/participants", body)


def waiting(talk: "Talk", query: str, campaign: str = WELCOME) -> "Reply":
    """Ask for opt-ins that wait for an answer."""
    return talk("GET", f"{talk.company}/campaigns/acquisition/{campaign}/participants?{query}")


def leave_all(talk: "Talk") -> None:
    """Take Steve off his lists."""
    for list_id in ("SL1001", "SL1002"):
        assert talk("DELETE", f"{talk.steve}/subscriptions/{list_id}").status == 204


def test_campaigns_read_as_documented(talk: "Talk") -> None:
    found = talk("GET", f"{talk.company}/campaigns/acquisition").json
    assert [(each["acquisition_id"], each["status"]) for each in found] == [
        (WELCOME, "active"),
        (ORDERS, "active"),
        (SPRING, "past"),
    ]
    url = f"{talk.company}/campaigns/acquisition/{WELCOME}"
    assert (
        talk("GET", url).json
        == found[0]
        == {
            "acquisition_id": WELCOME,
            "description": "Weekly deals: welcome",
            "campaign_type": {"code": "ACQUISITION"},
            "status": "active",
            "start_date": "2016-11-01T00:00Z",
            "end_date": None,
            "created_date": "2016-11-01T00:00Z",
            "updated_date": "2016-11-01T00:00Z",
            "acquisition_campaign": {"keywords": ["DEALS", "WEEKLY"]},
            "url": url,
        }
    )


def test_no_campaigns_and_an_unknown_campaign_are_404(talk: "Talk") -> None:
    assert talk("GET", f"{talk.company}/campaigns/acquisition/ACQ9").status == 404
    assert waiting(talk, "mdn=%2B12065550143", "ACQ9").status == 404
    assert join(talk, {"mobile_phone": {"mdn": NEW_MDN}}, "ACQ9").status == 404
    talk.sandbox.platform.campaigns.campaigns.clear()
    assert talk("GET", f"{talk.company}/campaigns/acquisition").status == 404


def test_an_unknown_person_is_created_and_pending(talk: "Talk") -> None:
    body = {
        "external_person_id": "new",
        "mobile_phone": {"mdn": NEW_MDN},
        "custom_fields": {"first_name": "Ana"},
    }
    reply = join(talk, body)
    created = talk.read(f"{talk.persons}/external/new")
    assert reply.status == 201
    assert reply.json["status"] == "PENDING"
    assert reply.json["person"] == {name: created[name] for name in ("person_id", "person_key", "url")}
    assert reply.json["participation_date"] < reply.json["expire_date"]
    assert created["custom_fields"]["first_name"] == "Ana"
    assert talk("GET", f"{talk.persons}/external/new/subscriptions").json == []
    assert waiting(talk, f"mdn={quote(NEW_MDN)}").json == [reply.json]


def test_a_second_time_is_200_and_applies_the_fields(talk: "Talk") -> None:
    first = join(talk, {"mobile_phone": {"mdn": NEW_MDN}})
    second = join(talk, {"mobile_phone": {"mdn": NEW_MDN}, "custom_fields": {"first_name": "Bea"}})
    assert (first.status, second.status) == (201, 200)
    assert first.json == second.json
    assert talk.custom_fields(first.json["person"]["url"])["first_name"] == "Bea"


def test_a_campaign_that_asks_nothing_subscribes_at_once(talk: "Talk") -> None:
    leave_all(talk)
    reply = join(talk, {"person_key": DEMO_PERSON_KEY}, ORDERS)
    assert (reply.status, reply.json["status"]) == (201, "SUBSCRIBED")
    active = talk("GET", f"{talk.steve}/subscriptions").json
    assert [each["subscription_list"]["id"] for each in active] == ["SL1002"]
    assert waiting(talk, f"person_id={DEMO_PERSON_ID}", ORDERS).json == []


@pytest.mark.parametrize(
    "body",
    [
        {"person_key": DEMO_PERSON_KEY},
        {"person_id": DEMO_PERSON_ID},
        {"person_id": int(DEMO_PERSON_ID)},
        {"external_person_id": "EXT542342"},
        {"mobile_phone": {"mdn": DEMO_MDN}},
        {"external_person_id": "EXT542342", "mobile_phone": {"mdn": DEMO_MDN}},
    ],
)
def test_every_identifier_names_the_person(talk: "Talk", body: object) -> None:
    assert join(talk, body).status == 409
    leave_all(talk)
    reply = join(talk, body)
    assert (reply.status, reply.json["person"]["person_key"]) == (201, DEMO_PERSON_KEY)


def test_a_refused_opt_in_changes_nothing(talk: "Talk") -> None:
    before = talk.read()
    body = {"external_person_id": "EXT542342", "custom_fields": {"first_name": "X"}}
    assert join(talk, body).status == 409
    assert join(talk, body, SPRING).status == 422
    assert talk.read() == before


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "UNPROCESSABLE ENTITY"),
        ([], 422, "UNPROCESSABLE ENTITY"),
        ({"person_key": "nobody"}, 422, "UNPROCESSABLE ENTITY"),
        ({"external_person_id": "no-phone"}, 422, "UNPROCESSABLE ENTITY"),
        ({"external_person_id": "unknown, without a phone"}, 422, "UNPROCESSABLE ENTITY"),
        ({"mobile_phone": {"mdn": LANDLINE}}, 422, "UNPROCESSABLE ENTITY"),
        ({"mobile_phone": {"mdn": "12"}}, 400, None),
        ({"mobile_phone": {"mdn": "2065550143"}}, 400, "countrynotsupported"),
        ({"external_person_id": "other", "mobile_phone": {"mdn": DEMO_MDN}}, 422, "EXTERNALPERSONIDMISMATCH"),
        (
            {"external_person_id": "EXT542342", "mobile_phone": {"mdn": NEW_MDN}},
            422,
            "EXTERNALPERSONIDMISMATCH",
        ),
        (
            {"external_person_id": "no-phone", "mobile_phone": {"mdn": DEMO_MDN}},
            422,
            "EXTERNALPERSONIDMISMATCH",
        ),
        ({"person_key": DEMO_PERSON_KEY, "external_person_id": "other"}, 422, "EXTERNALPERSONIDMISMATCH"),
        ({"mobile_phone": {"mdn": NEW_MDN}, "custom_fields": {"shoe_size": 9}}, 422, 1),
    ],
)
def test_what_cannot_opt_in(talk: "Talk", body: object, status: int, code: object) -> None:
    talk.sandbox.platform.people.insert(PersonRecord("key-1", "id-1", "no-phone"))
    people = len(talk.sandbox.platform.people)
    reply = join(talk, body)
    assert (reply.status, reply.codes) == (status, [code])
    assert len(talk.sandbox.platform.people) == people


def test_a_person_without_a_phone_can_bring_one(talk: "Talk") -> None:
    talk.sandbox.platform.people.insert(PersonRecord("key-1", "id-1", "no-phone"))
    body = {"external_person_id": "no-phone", "mobile_phone": {"mdn": NEW_MDN}}
    assert join(talk, body).status == 201
    assert talk.read(f"{talk.persons}/key-1")["mobile_phone"]["mdn"] == NEW_MDN


def test_a_number_without_a_provisioned_carrier_cannot_opt_in(talk: "Talk") -> None:
    talk.sandbox.platform.people.insert(PersonRecord("key-1", "id-1", None, NEW_MDN, carrier_code=None))
    assert join(talk, {"person_key": "key-1"}).status == 422


def test_who_said_no_is_blocked_for_that_campaign(talk: "Talk") -> None:
    person = talk.sandbox.platform.people.by_mdn(SHARED_MDN)[-1]
    for stay in talk.sandbox.platform.subscriptions.of_person(person, active_only=True):
        talk.sandbox.platform.subscriptions.unsubscribe(person, stay.list_id)
    reply = join(talk, {"person_key": person.person_key})
    assert (reply.status, reply.codes) == (422, ["MDNHASCONFIRMATIONBLOCK"])
    assert join(talk, {"person_key": person.person_key}, ORDERS).status == 201


@pytest.mark.parametrize(("yes", "again"), [(True, 409), (False, 422)])
def test_the_reply_decides(talk: "Talk", yes: bool, again: int) -> None:
    leave_all(talk)
    assert join(talk, {"person_key": DEMO_PERSON_KEY}).status == 201
    platform = talk.sandbox.platform
    steve = platform.people.by_key(DEMO_PERSON_KEY)
    assert steve is not None
    platform.campaigns.reply(steve, WELCOME, yes=yes)
    active = talk("GET", f"{talk.steve}/subscriptions").json
    assert [each["subscription_list"]["id"] for each in active] == (["SL1001"] if yes else [])
    assert waiting(talk, f"person_key={DEMO_PERSON_KEY}").json == []
    assert join(talk, {"person_key": DEMO_PERSON_KEY}).status == again


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("mdn=%2B12065550143", 200),
        ("mdn=%2B12065559999", 200),
        ("external_person_id=EXT542342", 200),
        ("external_person_id=nobody", 200),
        ("mdn=+12065550143", 400),
        ("mdn=2065550143", 400),
        ("", 422),
    ],
)
def test_asking_for_pending_participants(talk: "Talk", query: str, status: int) -> None:
    reply = waiting(talk, query)
    assert reply.status == status
    if status == 200:
        assert reply.json == []


def test_version_1_takes_national_numbers(talk: "Talk") -> None:
    talk.version = "1"
    assert join(talk, {"mobile_phone": {"mdn": NEW_MDN}}).status == 400
    assert join(talk, {"mobile_phone": {"mdn": "3125550143"}}).status == 201
    assert len(waiting(talk, "mdn=3125550143").json) == 1
