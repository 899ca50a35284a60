"""The rules of callback registrations: what is taken, what stands beside what, and from when to when."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.sandbox.account import APP_ID
from vibes_desktop.sandbox.answers import JsonObject, Refusal
from vibes_desktop.sandbox.numbers import ApiVersion
from vibes_desktop.sandbox.registrations import (
    FIRST_CALLBACK_ID,
    REQUIRED_KEY,
    Registration,
    Registrations,
    RegistrationStyle,
    show_registration,
)

if TYPE_CHECKING:
    from tests.sandbox.conftest import SetClock

URL = "https://example.com/callbacks"
PERSON: JsonObject = {"callback_type": "person_updated", "destination": {"url": URL}}
LIST: JsonObject = {
    "callback_type": "subscription_added",
    "subscription_added": {"list_id": "SL1001"},
    "destination": {"url": URL},
}
KNOWN = {
    "campaign_id": ("ACQ1001", "ACQ1003"),
    "list_id": ("SL1001", "SL1002"),
    "app_id": (APP_ID,),
}


@pytest.fixture
def registrations(clock: "SetClock") -> Registrations:
    return Registrations(lambda key, value: value in KNOWN.get(key, (value,)), clock)


def register(registrations: Registrations, body: JsonObject) -> Registration:
    """Register under version 2."""
    return registrations.register(body, ApiVersion.TWO)


def problems(registrations: Registrations, body: JsonObject) -> list[str]:
    """Give what is said against a registration."""
    with pytest.raises(Refusal) as caught:
        register(registrations, body)
    assert caught.value.status == 422
    return [each.message for each in caught.value.problems]


def shown(each: Registration) -> JsonObject:
    """Give a registration as it is really read."""
    return show_registration(each, "acme", RegistrationStyle.SEEN)


def destination(url: str) -> JsonObject:
    """Give a body's destination."""
    return {"destination": {"url": url}}


@pytest.mark.parametrize(
    "body",
    [
        {"callback_type": "ack_participant_added", "ack_participant_added": {"campaign_id": "ACQ1001"}},
        {"callback_type": "ack_participant_changed", "ack_participant_changed": {"campaign_id": "ACQ1003"}},
        {"callback_type": "company_participant_added"},
        {"callback_type": "company_participant_changed"},
        {"callback_type": "person_added"},
        {"event_type": "person_added"},
        {"callback_type": "subscription_added", "subscription_added": {"list_id": "SL1001"}},
        {"callback_type": "subscription_removed", "subscription_removed": {"list_id": "SL1002"}},
        {"callback_type": "subscription_list_added"},
        {"callback_type": "subscription_list_updated"},
        {"callback_type": "device_added", "device_added": {"app_id": APP_ID}},
        {"callback_type": "device_removed", "device_removed": {"app_id": APP_ID}},
        {"callback_type": "device_updated", "device_updated": {"app_id": APP_ID}},
        {"callback_type": "unmatched_message_received", "unmatched_message_received": {"source_code": "1"}},
        {"callback_type": "wallet_item_install", "wallet_item_install": {"campaign_token": "t"}},
        {"callback_type": "wallet_item_remove", "wallet_item_remove": {"campaign_token": "t"}},
        {"callback_type": "event_processed"},
        {"callback_type": "event_processed", "event_processed": {"callbacks_to_send": "only_failures"}},
        {"callback_type": "person_added", "start_date": "2026-01-01", "end_date": "2199-01-01T00:00:00Z"},
        {"callback_type": "person_added", "callback_id": 7, "created_at": "x", "updated_at": "x", "url": "x"},
    ],
)
def test_every_type_can_be_registered(registrations: Registrations, body: dict[str, Any]) -> None:
    where = {"url": URL, "method": "PUT", "content_type": "text/json"}
    entity = shown(register(registrations, body | {"destination": where}))
    name = body.get("callback_type") or body["event_type"]
    assert entity["callback_type"] == name
    assert entity.get(name) == body.get(name)
    assert entity["destination"] == where
    assert entity["callback_id"] == FIRST_CALLBACK_ID


def test_no_type_is_forgotten() -> None:
    assert len(REQUIRED_KEY) == 17


@pytest.mark.parametrize(
    ("patch", "named"),
    [
        ({"callback_type": "person_deleted"}, "callback_type"),
        ({"callback_type": None}, "callback_type"),
        ({"callback_type": "subscription_added"}, "subscription_added.list_id"),
        ({"callback_type": "subscription_added", "subscription_added": {"list_id": "SL9"}}, "list_id"),
        (
            {"callback_type": "ack_participant_added", "ack_participant_added": {"campaign_id": 7}},
            "campaign_id",
        ),
        ({"callback_type": "device_added", "device_added": {"app_id": "x"}}, "app_id"),
        ({"callback_type": "event_processed", "event_processed": {"callbacks_to_send": "some"}}, "to_send"),
        ({"destination": None}, "destination.url"),
        ({"destination": {"url": "http://example.com"}}, "destination.url"),
        ({"destination": {"url": "https://"}}, "destination.url"),
        ({"destination": {"url": "https://[oops"}}, "destination.url"),
        ({"destination": {"url": "https://example.com/" + "x" * 1024}}, "1024"),
        ({"destination": {"url": URL, "method": "GET"}}, "destination.method"),
        ({"destination": {"url": URL, "content_type": "application/xml"}}, "destination.content_type"),
        ({"start_date": "tomorrow"}, "start_date"),
        ({"end_date": 7}, "end_date"),
        ({"start_date": "2030-01-02", "end_date": "2030-01-01"}, "end_date"),
    ],
)
def test_what_cannot_be_registered(registrations: Registrations, patch: dict[str, Any], named: str) -> None:
    [message] = problems(registrations, PERSON | patch)
    assert named in message
    assert registrations.current() == []


def test_a_registration_is_unique_per_type_destination_and_dates(registrations: Registrations) -> None:
    register(registrations, PERSON | {"end_date": "2026-03-11"})
    assert problems(registrations, PERSON)
    register(registrations, PERSON | {"start_date": "2026-03-11"})
    register(registrations, PERSON | destination(URL + "/2"))
    register(registrations, LIST)
    register(registrations, LIST | {"subscription_added": {"list_id": "SL1002"}})
    assert problems(registrations, LIST)
    assert len(registrations.current()) == 5


def test_a_type_has_at_most_50_destinations(registrations: Registrations) -> None:
    for number in range(50):
        register(registrations, PERSON | destination(f"{URL}/{number}"))
    assert problems(registrations, PERSON | destination(f"{URL}/50"))
    register(registrations, PERSON | destination(f"{URL}/49") | {"person_updated": {"note": "another"}})
    register(registrations, LIST | destination(f"{URL}/50"))


def test_a_destination_that_is_over_leaves_its_place(registrations: Registrations, clock: "SetClock") -> None:
    first = register(registrations, PERSON)
    for number in range(49):
        register(registrations, PERSON | destination(f"{URL}/{number}"))
    registrations.cancel(first)
    clock.forward(seconds=1)
    another = register(registrations, PERSON | destination(f"{URL}/another"))
    assert another.callback_id == FIRST_CALLBACK_ID + 50


@pytest.mark.parametrize(
    ("start", "end", "active_at", "over_at"),
    [
        (None, None, 0, None),
        ("2026-03-01T13:00:30.250Z", None, 1, None),
        (None, "2026-03-01T14:00:30.250Z", 0, 2),
        ("2026-03-01T14:00:30.250+01:00", "2026-03-01T16:00:30.250+01:00", 1, 3),
        ("", "", 0, None),
    ],
)
def test_it_is_in_force_from_its_start_until_before_its_end(
    registrations: Registrations,
    clock: "SetClock",
    start: str | None,
    end: str | None,
    active_at: int,
    over_at: int | None,
) -> None:
    register(registrations, PERSON | {"start_date": start, "end_date": end})
    for hour in range(5):
        is_over = over_at is not None and hour >= over_at
        assert bool(registrations.current()) is not is_over
        is_active = active_at <= hour and not is_over
        assert bool(list(registrations.active("person_updated"))) is is_active
        assert list(registrations.active("person_added")) == []
        clock.forward(hours=1)


def test_an_update_keeps_id_and_creation_and_takes_the_new_version(
    registrations: Registrations, clock: "SetClock"
) -> None:
    old = register(registrations, PERSON | {"end_date": "2026-04-01"})
    clock.forward(days=3)
    new = registrations.update(old, {"destination": {"method": "PUT"}}, ApiVersion.ONE)
    assert registrations.find(str(old.callback_id)) is new
    assert (new.url, new.method, new.end) == (URL, "PUT", datetime(2026, 4, 1, tzinfo=UTC))
    assert (new.created_at, new.updated_at) == ("2026-03-01T12:00Z", "2026-03-04T12:00Z")
    assert (old.version, new.version) == (ApiVersion.TWO, ApiVersion.ONE)


def test_each_update_within_a_minute_has_a_later_stamp(registrations: Registrations) -> None:
    each = register(registrations, PERSON)
    stamps = [each.updated_at]
    for _ in range(3):
        each = registrations.update(each, {}, ApiVersion.TWO)
        stamps.append(each.updated_at)
    assert stamps == sorted(set(stamps))


def test_an_update_may_not_collide_but_is_no_rival_to_itself(registrations: Registrations) -> None:
    register(registrations, PERSON)
    second = register(registrations, PERSON | destination(URL + "/2"))
    with pytest.raises(Refusal):
        registrations.update(second, destination(URL), ApiVersion.TWO)
    assert registrations.find(str(second.callback_id)) is second
    assert registrations.update(second, destination(URL + "/2"), ApiVersion.TWO).url == URL + "/2"


def test_cancelling_ends_now_and_only_once(registrations: Registrations, clock: "SetClock") -> None:
    now, future = (
        register(registrations, PERSON),
        register(registrations, LIST | {"start_date": "2027-01-01"}),
    )
    clock.forward(hours=1)
    cancelled_at = clock.now
    for _ in range(2):
        for each in (now, future):
            registrations.cancel(each)
        clock.forward(hours=1)
    assert now.start == cancelled_at - timedelta(hours=1)
    assert future.start == now.end == future.end == cancelled_at
    assert now.updated_at == "2026-03-01T13:00Z"
    assert registrations.current() == []
    assert registrations.find(str(future.callback_id)) is future


def test_it_reads_in_three_ways(registrations: Registrations) -> None:
    each = register(registrations, LIST | {"end_date": "2026-04-01T08:00:00Z"})
    seen, documented, flat = (show_registration(each, "acme", style) for style in RegistrationStyle)
    assert seen == {
        "callback_id": FIRST_CALLBACK_ID,
        "callback_type": "subscription_added",
        "subscription_added": {"list_id": "SL1001"},
        "destination": {"url": URL, "method": "POST", "content_type": "application/json"},
        "start_date": "2026-03-01T12:00:30Z",
        "end_date": "2026-04-01T08:00:00Z",
        "created_at": "2026-03-01T12:00Z",
        "updated_at": "2026-03-01T12:00Z",
        "url": f"/companies/acme/config/callbacks/{FIRST_CALLBACK_ID}",
    }
    assert documented["callback_id"] == str(FIRST_CALLBACK_ID)
    assert seen.keys() ^ documented.keys() == {"created_at", "updated_at", "created_date", "updated_date"}
    assert seen.keys() - flat.keys() == {"destination"}
    assert flat.keys() - seen.keys() == {"destination_url", "destination_method", "content_type"}


def test_a_date_with_an_offset_reads_back_as_the_same_moment(registrations: Registrations) -> None:
    each = register(registrations, PERSON | {"end_date": "2026-04-01T10:00:00+02:00"})
    assert shown(each)["end_date"] == "2026-04-01T08:00:00Z"
