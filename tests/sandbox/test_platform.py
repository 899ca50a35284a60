"""The whole account: the same for everybody, its parts belong together, and the switches' first positions."""

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.sandbox.account import APP_ID, ORDERS_CAMPAIGN, WELCOME_CAMPAIGN
from vibes_desktop.sandbox.answers import Json, JsonObject, Refusal, RefusalBody
from vibes_desktop.sandbox.campaigns import CONFIRMATION_BLOCK
from vibes_desktop.sandbox.devices import DeviceShape, OsKey
from vibes_desktop.sandbox.numbers import ApiVersion
from vibes_desktop.sandbox.people import DEMO_EXTERNAL_ID, SHARED_MDN
from vibes_desktop.sandbox.persons import PersonBody
from vibes_desktop.sandbox.platform import (
    BLOCKED_PERSON,
    DEVICE_EVERY,
    EVENTS_KEPT,
    LANDLINE,
    ExternalUpdate,
    MdnShape,
    NobodyFound,
    Platform,
    QueuedEvent,
    SubscriptionShape,
    SuccessBody,
)
from vibes_desktop.sandbox.registrations import RegistrationStyle

if TYPE_CHECKING:
    from tests.sandbox.conftest import SetClock

FEW = 60
APP_CALLBACK: JsonObject = {
    "callback_type": "device_added",
    "device_added": {"app_id": APP_ID},
    "destination": {"url": "https://example.com/"},
}


@pytest.fixture
def platform(clock: "SetClock") -> Platform:
    return Platform(people=FEW, clock=clock)


def tokens(platform: Platform) -> list[str]:
    """Give every push token."""
    return [each.push_token for person in platform.people for each in platform.devices.of_person(person)]


def test_a_seed_makes_the_same_account_each_time(platform: Platform) -> None:
    same, other = Platform(seed=1, people=FEW), Platform(seed=2, people=FEW)
    assert list(same.people) == list(platform.people)
    assert tokens(same) == tokens(platform)
    assert list(other.people) != list(platform.people)
    assert set(tokens(other)).isdisjoint(tokens(platform))
    assert len(set(tokens(platform))) == len(tokens(platform)) > FEW // DEVICE_EVERY


def test_two_accounts_share_nothing(platform: Platform) -> None:
    other = Platform(people=FEW)
    steve = platform.people.by_external_id(DEMO_EXTERNAL_ID)
    twin = other.people.by_external_id(DEMO_EXTERNAL_ID)
    assert steve is not None
    assert twin is not None
    platform.people.update(steve, PersonBody(custom_fields={"last_name": "Other"}))
    platform.subscriptions.unsubscribe(steve, "SL1001")
    assert twin.custom_fields["last_name"] == "Millar"
    assert other.subscriptions.on_list(twin, "SL1001")


def test_every_part_goes_by_the_clock_that_is_given(platform: Platform, clock: "SetClock") -> None:
    clock.forward(days=1)
    added, _ = platform.people.add(PersonBody(external_person_id="new", mdn="+12065550142"))
    joined = platform.campaigns.join(platform.campaigns.campaigns[ORDERS_CAMPAIGN], added)
    [stay] = platform.subscriptions.of_person(added, active_only=True)
    registered = platform.callbacks.register(APP_CALLBACK, ApiVersion.TWO)
    assert added.created_at == joined.participation_date == registered.created_at == "2026-03-02T12:00Z"
    assert stay.opt_in_date == "2026-03-02T12:00:30Z"


def test_some_have_one_device_some_two_and_most_none(platform: Platform) -> None:
    counts = [len(platform.devices.of_person(person)) for person in platform.people]
    assert counts[:DEVICE_EVERY] == [2] + [0] * (DEVICE_EVERY - 1)
    assert counts[DEVICE_EVERY] == 1
    assert platform.devices.app_ids == {APP_ID}


@pytest.mark.parametrize(
    ("callback_type", "details", "known"),
    [
        ("ack_participant_added", {"campaign_id": WELCOME_CAMPAIGN}, True),
        ("ack_participant_added", {"campaign_id": "SL1001"}, False),
        ("subscription_added", {"list_id": "SL1001"}, True),
        ("subscription_added", {"list_id": WELCOME_CAMPAIGN}, False),
        ("device_added", {"app_id": APP_ID}, True),
        ("device_added", {"app_id": "other"}, False),
        ("wallet_item_install", {"campaign_token": "anything"}, True),
        ("unmatched_message_received", {"source_code": "anything"}, True),
    ],
)
def test_a_registration_may_name_what_exists_here(
    platform: Platform, callback_type: str, details: Json, known: bool
) -> None:
    body = APP_CALLBACK | {"callback_type": callback_type, callback_type: details}
    if known:
        assert platform.callbacks.register(body, ApiVersion.TWO).details == details
    else:
        with pytest.raises(Refusal):
            platform.callbacks.register(body, ApiVersion.TWO)
        assert platform.callbacks.current() == []


def test_the_landline_and_who_said_no_are_there_from_the_start(platform: Platform) -> None:
    assert platform.people.by_mdn(LANDLINE) == []
    blocked = list(platform.people)[BLOCKED_PERSON]
    assert blocked in platform.people.by_mdn(SHARED_MDN)
    welcome = platform.campaigns.campaigns[WELCOME_CAMPAIGN]
    with pytest.raises(Refusal):
        platform.campaigns.check(welcome, LANDLINE, None)
    with pytest.raises(Refusal) as caught:
        platform.campaigns.check(welcome, SHARED_MDN, None)
    assert [each.code for each in caught.value.problems] == [CONFIRMATION_BLOCK]


def test_waiting_events_are_bounded_and_the_oldest_go(platform: Platform) -> None:
    for number in range(EVENTS_KEPT + 5):
        platform.queue(QueuedEvent(str(number), "person_added", "", "POST", "text/json", {"a": "canary"}))
    assert len(platform.events) == EVENTS_KEPT
    assert platform.events[0].event_id == "5"
    assert "canary" not in repr(platform.events[0])


def test_at_first_it_behaves_as_seen_in_practice(platform: Platform) -> None:
    assert platform.refusal_body is RefusalBody.ENVELOPE
    assert (platform.mdn_shape, platform.nobody_found) == (MdnShape.ARRAY, NobodyFound.NOT_FOUND)
    assert platform.identifier_required
    assert (platform.update_status, platform.success_body) == (200, SuccessBody.FULL)
    assert platform.external_update is ExternalUpdate.CREATES
    assert platform.subscription_shape is SubscriptionShape.ARRAY
    assert (platform.device_shape, platform.os_key) == (DeviceShape.BARE, OsKey.UPPER)
    assert platform.registration_style is RegistrationStyle.SEEN
    assert platform.shows_person_id
    assert platform.unsubscribe_status == 204


@pytest.mark.parametrize("people", [0, 1, 5])
def test_a_platform_may_have_few_people(people: int) -> None:
    assert len(Platform(people=people).people) == people
