"""What a payload is."""

from collections.abc import Callable
from typing import Any

import pytest

from vibes_desktop.callbacks.classify import classify, looks_like_payload
from vibes_desktop.callbacks.payload import Kind, Payload

INSTANCE = {"unregistered_at": None}


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"callback_type": "person_added", "event_id": "1"}, "person_added"),
        ({"event_type": "person_added", "event_id": "1"}, "person_added"),
        ({"callback_type": "a_new_one"}, "a_new_one"),
        ({"subscription": {"opt_out_reason": "x"}}, "subscription_removed"),
        ({"subscription": {}}, "subscription_added"),
        ({"person": {}, "push_device": {}}, "device_*"),
        ({"person": {}}, "person_*"),
        ({"participant": {"acquisition_campaign": {}}}, "*_participant_*"),
        ({"participant": {}, "message": "hi"}, "unmatched_message_received"),
        ({"event_processed": {"event_type": "order_shipped"}}, "event_processed"),
        ({"wallet_item": {}, "wallet_instance": INSTANCE}, "wallet_item_install"),
        ({"wallet_item": {}, "wallet_instance": {"unregistered_at": "2026"}}, "wallet_item_remove"),
        ({"subscription_list": {}}, "subscription_list_*"),
    ],
)
def test_types(value: Any, name: str) -> None:
    found = classify(value)
    assert (found.kind, found.callback_type) == (Kind.CALLBACK, name)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"destination": {"url": "x"}, "callback_type": "person_added"}, Kind.REGISTRATION),
        ({"person_key": "1", "custom_fields": {}}, Kind.PERSON),
        ({"person_id": "1", "mobile_phone": {}}, Kind.PERSON),
        ({"subscription_list": {"id": "1"}, "opt_in_date": "x"}, Kind.SUBSCRIPTION),
        ({"level": "info"}, Kind.OTHER),
        ({"event_type": "login"}, Kind.OTHER),
        ([], Kind.OTHER),
        ("text", Kind.OTHER),
    ],
)
def test_what_is_no_callback(value: Any, kind: Kind) -> None:
    assert classify(value) == classify(value).__class__(kind)


def test_types_that_disagree_are_told_also_where_the_text_is_cut_off(
    assembled: Callable[[Any], Payload],
) -> None:
    text = b'{"callback_type":"person_added","event_type":"person_updated","person":{"person_id":"1'
    payload = assembled(text)
    assert payload.callback_type == "person_added"
    assert {"type_disagreement", "cut_off"} <= {each.code for each in payload.findings}


def test_a_cut_off_one_is_not_judged_by_what_it_lacks() -> None:
    assert classify({"subscription": {}}, cut_off=True).callback_type == "subscription_*"


def test_an_envelope_is_no_payload() -> None:
    assert not looks_like_payload({"body", "headers", "message"})
    assert looks_like_payload({"participant", "message"})
