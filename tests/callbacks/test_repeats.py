"""Redeliveries and conflicts."""

import copy
import json
from typing import Any

from vibes_desktop.callbacks.assembling import assemble
from vibes_desktop.callbacks.payload import Body, Payload
from vibes_desktop.callbacks.repeats import digest_of, marked


def seen(*values: Any) -> list[set[str]]:
    """Name the findings about repeats of each."""
    payloads = [assemble(Body(json.dumps(value).encode()), "a", line) for line, value in enumerate(values, 1)]
    return [
        {each.code for each in payload.findings} & {"redelivery", "conflict"} for payload in marked(payloads)
    ]


def test_the_same_body_is_a_redelivery_whatever_its_attempt(removed: dict[str, Any]) -> None:
    again = dict(reversed(list({**removed, "delivery_attempt": "2"}.items())))
    assert seen(removed, again, again) == [set(), {"redelivery"}, {"redelivery"}]


def test_another_body_is_a_conflict(removed: dict[str, Any]) -> None:
    other = copy.deepcopy(removed)
    other["subscription"]["subscription_list"]["id"] = "99"
    assert seen(removed, other) == [set(), {"conflict"}]
    for value in (removed, other):
        value["event_id"] = "AB234SDFD234"  # the documentation's own
    assert seen(removed, other) == [set(), set()]


def test_other_types_and_missing_ids_do_not_count(removed: dict[str, Any]) -> None:
    assert seen(removed, {**removed, "callback_type": "subscription_added"}) == [set(), set()]
    del removed["event_id"]
    assert seen(removed, removed) == [set(), set()]


def test_a_cut_off_payload_is_no_conflict(removed: dict[str, Any]) -> None:
    text = json.dumps(removed).encode()
    payloads: list[Payload] = [assemble(Body(text), "a", 1), assemble(Body(text[:-30]), "a", 2)]
    assert [payload.cut_off_at is None for payload in payloads] == [True, False]
    assert "conflict" not in {each.code for payload in marked(payloads) for each in payload.findings}


def test_a_digest_does_not_depend_on_order() -> None:
    assert digest_of({"a": 1, "b": [2]}) == digest_of({"b": [2], "a": 1}) != digest_of({"a": 1})
    assert digest_of("\ud800") == digest_of("\ud800")
