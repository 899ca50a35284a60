"""Callback registrations and test events, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.sandbox.registrations import RegistrationStyle

if TYPE_CHECKING:
    from tests.sandbox.conftest import Reply, Talk

URL = "https://example.com/callbacks"
PERSON = {"callback_type": "person_updated", "destination": {"url": URL}}
LIST = {"callback_type": "subscription_added", "subscription_added": {"list_id": "SL1001"}}


def day(offset: int) -> str:
    """Give a date so many days from today."""
    return (datetime.now(UTC) + timedelta(days=offset)).date().isoformat()


def register(talk: "Talk", body: object) -> "Reply":
    """Register a callback."""
    return talk("POST", f"{talk.company}/config/callbacks/", body)


def registered(talk: "Talk", body: object) -> Any:
    """Register a callback that is accepted; gives its entity."""
    reply = register(talk, body)
    assert reply.status == 201
    return reply.json


def send_event(talk: "Talk", body: object) -> "Reply":
    """Ask for a test event."""
    return talk("POST", f"{talk.company}/config/callback_events/test", body)


def test_a_registration_reads_as_it_really_is(talk: "Talk") -> None:
    entity = registered(talk, PERSON)
    assert entity["destination"] == {"url": URL, "method": "POST", "content_type": "application/json"}
    assert (entity["callback_id"], entity["callback_type"], entity["end_date"]) == (
        11887,
        "person_updated",
        None,
    )
    assert "created_at" in entity
    assert talk("GET", entity["url"]).json == entity
    assert talk("GET", f"{talk.company}/config/callbacks").json == [entity]


def test_a_registration_can_read_in_the_other_documented_ways(talk: "Talk") -> None:
    entity = registered(talk, PERSON)
    talk.sandbox.platform.registration_style = RegistrationStyle.DOCUMENTED
    documented = talk("GET", entity["url"]).json
    assert documented["callback_id"] == "11887"
    assert documented["created_date"] == entity["created_at"]
    assert "created_at" not in documented
    talk.sandbox.platform.registration_style = RegistrationStyle.FLAT
    flat = talk("GET", entity["url"]).json
    assert (flat["destination_url"], flat["destination_method"], flat["content_type"]) == (
        URL,
        "POST",
        "application/json",
    )
    assert "destination" not in flat


def test_several_problems_come_together(talk: "Talk") -> None:
    assert len(register(talk, {"end_date": "x"}).messages) == 3
    assert register(talk, []).status == 422


def test_an_update_changes_what_is_given(talk: "Talk") -> None:
    entity = registered(talk, PERSON)
    talk.sandbox.platform.update_status = 201
    patch = {"destination": {"method": "PUT"}, "end_date": day(30)}
    reply = talk("PUT", entity["url"], patch)
    assert reply.status == 201
    assert reply.json["destination"] == {"url": URL, "method": "PUT", "content_type": "application/json"}
    assert reply.json["end_date"] == f"{day(30)}T00:00:00Z"
    assert reply.json["created_at"] == entity["created_at"]
    assert reply.json["updated_at"] > entity["updated_at"]
    assert talk("GET", entity["url"]).json == reply.json


def test_an_update_keeps_the_type_and_the_rules(talk: "Talk") -> None:
    entity = registered(talk, LIST | {"destination": {"url": URL}})
    assert talk("PUT", entity["url"], {"callback_type": "person_added"}).status == 422
    assert talk("PUT", entity["url"], {"subscription_added": {"list_id": "SL9"}}).status == 422
    assert talk("GET", entity["url"]).json == entity
    assert talk("PUT", f"{talk.company}/config/callbacks/1", {}).status == 404
    assert talk("GET", f"{talk.company}/config/callbacks/1").status == 404


@pytest.mark.parametrize("patch", [{}, {"start_date": "2199-01-01"}])
def test_cancelling_ends_it_now(talk: "Talk", patch: dict[str, Any]) -> None:
    entity = registered(talk, PERSON | patch)
    assert talk("GET", f"{talk.company}/config/callbacks/").json == [entity]
    json_type = {"Content-Type": "application/json"}
    reply = talk("DELETE", entity["url"], headers=json_type)
    assert reply.status == 200
    assert reply.json["start_date"] <= reply.json["end_date"] < "2199"
    assert talk("GET", f"{talk.company}/config/callbacks/").json == []
    assert talk("GET", entity["url"]).json == reply.json
    assert talk("DELETE", entity["url"], headers=json_type).json == reply.json
    assert talk("DELETE", f"{talk.company}/config/callbacks/1", headers=json_type).status == 404


def test_cancelling_requires_the_content_type(talk: "Talk") -> None:
    entity = registered(talk, PERSON)
    assert talk("DELETE", entity["url"]).status == 415
    assert talk("GET", entity["url"]).json == entity


def test_a_test_event_is_queued_for_each_active_destination(talk: "Talk") -> None:
    talk.version = "1"
    registered(talk, PERSON)
    talk.version = "2"
    registered(talk, PERSON | {"destination": {"url": URL + "/2"}})
    registered(talk, PERSON | {"destination": {"url": URL + "/future"}, "start_date": "2199-01-01"})
    body = {"callback_type": "person_updated", "person": {"mobile": {"mdn": "+13125550143"}}}
    reply = send_event(talk, body)
    assert reply.status == 201
    assert sorted(reply.json) == ["event_id", "message"]
    events = list(talk.sandbox.platform.events)
    assert [event.url for event in events] == [URL, URL + "/2"]
    assert all(each.event_id == reply.json["event_id"] for each in events)
    assert all(each.body.items() >= body.items() for each in events)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"callback_type": "person_added"}, 404),
        ({"callback_type": "nonsense"}, 422),
        ({}, 422),
        ([], 422),
        ({"callback_type": "subscription_added"}, 422),
        (
            {"callback_type": "subscription_added", "subscription": {"subscription_list": {"id": "SL1001"}}},
            201,
        ),
        (
            {"callback_type": "subscription_added", "subscription": {"subscription_list": {"id": "SL1002"}}},
            404,
        ),
        ({"callback_type": "ack_participant_added", "participant": {}}, 422),
        (
            {
                "callback_type": "ack_participant_added",
                "participant": {"acquisition_campaign": {"api_key": "ACQ1001"}},
            },
            404,
        ),
        ({"callback_type": "device_added", "person": {}}, 422),
        ({"callback_type": "device_added", "person": {}, "push_device": {}}, 404),
    ],
)
def test_a_test_event_needs_its_subject_and_an_active_callback(
    talk: "Talk", body: object, status: int
) -> None:
    registered(talk, LIST | {"destination": {"url": URL}})
    assert send_event(talk, body).status == status
    assert len(talk.sandbox.platform.events) == (1 if status == 201 else 0)
