"""Tests of vibes_desktop.model.subscription."""

from __future__ import annotations

import pytest

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonObject, parse
from vibes_desktop.model.received import Received
from vibes_desktop.model.subscription import (
    Campaign,
    Participant,
    PushDevice,
    Subscription,
    SubscriptionList,
)


def read(text: str) -> JsonObject:
    value = parse(text)
    assert isinstance(value, JsonObject)
    return value


def test_a_subscription_reads_what_is_there() -> None:
    one = Subscription(
        read(
            '{"person":{"id":"987654"},"subscription_list":{"id":12},"opt_in_date":"2017-01-15T15:34:52Z",'
            '"opt_out_date":"2017-02-18T15:34:52+0000","opt_out_reason":"moved_away","new":1}'
        )
    )
    assert (one.list_id, one.person_id) == ("12", "987654")
    assert one.opt_in_date == "2017-01-15T15:34:52Z"
    assert (one.opt_out_date, one.opt_out_reason) == ("2017-02-18T15:34:52+0000", "moved_away")
    assert not one.is_active


@pytest.mark.parametrize("text", ["{}", '{"opt_out_date":null}', '{"subscription_list":"x","person":[]}'])
def test_a_subscription_may_lack_anything(text: str) -> None:
    one = Subscription(read(text))
    assert (one.list_id, one.person_id, one.opt_in_date) == (None, None, None)
    assert one.is_active


@pytest.mark.parametrize("text", ['{"opt_out_date":"x"}', '{"opt_out_reason":"x"}'])
def test_an_end_is_told_by_either_field(text: str) -> None:
    assert not Subscription(read(text)).is_active


def test_a_list_has_id_and_name() -> None:
    one = SubscriptionList(read('{"id":7,"name":"Weekly"}'))
    assert (one.id, one.name) == ("7", "Weekly")


def test_a_campaign_reads_what_is_there() -> None:
    one = Campaign(
        read(
            '{"acquisition_id":"A1","description":"Deals","status":"ACTIVE","start_date":"s","end_date":null,'
            '"acquisition_campaign":{"keywords":["A",1,"B"]}}'
        )
    )
    assert (one.id, one.description, one.start_date, one.end_date) == ("A1", "Deals", "s", None)
    assert one.is_active
    assert one.keywords == ("A", "B")
    assert Campaign(read('{"acquisition_campaign":{"keywords":"A"}}')).keywords == ()
    assert not Campaign(read("{}")).is_active


def test_a_participant_names_the_person_by_the_best_id() -> None:
    both = Participant(
        read('{"person":{"person_id":1,"person_key":"k"},"status":"PENDING","expire_date":"e"}')
    )
    assert both.person == Identifier(IdentifierKind.PERSON_KEY, "k")
    assert (both.status, both.expire_date, both.participation_date) == ("PENDING", "e", None)
    assert Participant(read('{"person":{"person_id":1}}')).person == Identifier(IdentifierKind.PERSON_ID, "1")
    assert Participant(read("{}")).person is None


@pytest.mark.parametrize("spelling", ["os", "OS"])
def test_a_device_reads_either_spelling(spelling: str) -> None:
    one = PushDevice(
        read(f'{{"vibes_device_id":"d","{spelling}":"iOS","hardware_make":"Acme","os_version":17.4}}')
    )
    assert (one.id, one.operating_system, one.os_version) == ("d", "iOS", "17.4")
    assert one.hardware == "Acme"
    assert (one.push_token, one.app_version) == (None, None)


@pytest.mark.parametrize("kind", [Subscription, SubscriptionList, Campaign, Participant, PushDevice])
def test_tells_nothing_in_a_log(kind: type[Received]) -> None:
    one = kind(read('{"push_token":"canary","name":"canary","person":{"id":"canary"}}'))
    assert repr(one) == f"{kind.__name__}(…)"
    assert one == kind(one.raw)
