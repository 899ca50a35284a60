"""What is odd in a payload."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.callbacks.callback_types import BY_NAME
from vibes_desktop.callbacks.findings import at
from vibes_desktop.callbacks.payload import Payload, Wrapping
from vibes_desktop.callbacks.pile import Pile

Assembled = Callable[[Any], Payload]


def codes(payload: Payload) -> set[tuple[str, str]]:
    """Name the findings with their paths."""
    return {(each.code, each.path) for each in payload.findings}


def put(value: dict[str, Any], path: str, new: Any) -> None:
    """Replace a member, or remove it."""
    *parents, last = path.split(".")
    for name in parents:
        value = value[name]
    if new is None:
        del value[last]
    else:
        value[last] = new


@pytest.mark.parametrize("name", BY_NAME)
def test_our_samples_are_flawless(name: str, samples: Path) -> None:
    (payload,) = Pile([str(samples / "types" / f"{name}.json")]).payloads()
    assert payload.findings == ()


@pytest.mark.parametrize(
    ("path", "new", "code"),
    [
        ("subscription.opt_out_reason", None, "missing_field"),
        ("subscription.subscription_list.id", None, "missing_field"),
        ("event_date", None, "missing_field"),
        ("subscription.opt_out_reason", "boredom", "unknown_value"),
        ("subscription.person", "8800123", "wrong_type"),
        ("subscription.opt_out_date", "yesterday", "unreadable_date"),
        ("event_date", "2926-01-01T00:00:00Z", "future_date"),
        ("subscription.opt_out_date", "2020-01-01T00:00:00Z", "opt_out_before_opt_in"),
        ("subscription.person.mobile_phone.mdn", "+1999999999", "invalid_mdn"),
        ("subscription.person.url", "/company/:company_key/persons/1", "placeholder"),
        ("event_type", "subscription_removed", "deprecated_field"),
        ("event_type", "subscription_added", "type_disagreement"),
        ("subscription.colour", "green", "unknown_field"),
    ],
)
def test_each_rule(path: str, new: Any, code: str, removed: dict[str, Any], assembled: Assembled) -> None:
    put(removed, path, new)
    assert (code, path) in codes(assembled(removed))


def test_spellings_that_disagree(removed: dict[str, Any], assembled: Assembled) -> None:
    removed["subscription"]["person"]["external_id"] = "CUST-0043"
    assert ("spelling_disagreement", "subscription.person.external_person_id") in codes(assembled(removed))


@pytest.mark.parametrize(
    ("path", "value", "is_odd"),
    [
        ("subscription.person.mobile", {"mdn": "+13125550199"}, True),
        ("subscription.person.mobile", {"mdn": "3125550143"}, False),
        ("subscription.person.person_id", "1", True),
        ("subscription.person.person_id", 8800123, False),
        ("subscription.subscription_list.list_id", "9", True),
        ("subscription.subscription_list.subscription_list_id", "1234", False),
        ("subscription.acquisition_campaign.campaign_id", "9", True),
        ("subscription.person.custom_fields", {"external_id": "a", "external_person_id": "b"}, False),
    ],
)
def test_every_pair_of_spellings(
    path: str, value: Any, is_odd: bool, removed: dict[str, Any], assembled: Assembled
) -> None:
    put(removed, path, value)
    assert (("spelling_disagreement", path) in codes(assembled(removed))) == is_odd


def test_dates_are_compared_as_such(samples: Path, assembled: Assembled) -> None:
    value = json.loads((samples / "types" / "person_added.json").read_text())
    value["person"]["created_date"] = "2026-01-04T08:00:00+00:00"
    assert not [code for code, _ in codes(assembled(value)) if code == "spelling_disagreement"]
    value["person"]["created_date"] = "2026-01-04T09:00:00+00:00"
    assert ("spelling_disagreement", "person.created_date") in codes(assembled(value))


def test_numbers_wherever_they_stand(samples: Path, assembled: Assembled) -> None:
    value = json.loads((samples / "types" / "event_processed.json").read_text())
    value["event_processed"]["event_data"]["mdn"] = "12"
    value["mobile"] = {"mdn": "34"}
    found = {path for code, path in codes(assembled(value)) if code == "invalid_mdn"}
    assert found == {"event_processed.event_data.mdn", "mobile.mdn"}


def test_reasons_are_compared_without_case(removed: dict[str, Any], assembled: Assembled) -> None:
    removed["subscription"]["opt_out_reason"] = "USER_OPT_OUT"
    assert assembled(removed).findings == ()


def test_a_number_where_a_text_is_documented_is_accepted(
    removed: dict[str, Any], assembled: Assembled
) -> None:
    removed["subscription"]["person"]["id"] = 8800123
    removed["delivery_attempt"] = 1
    assert assembled(removed).findings == ()


def test_what_a_cut_off_payload_lacks_is_not_missing(assembled: Assembled) -> None:
    payload = assembled(
        b'{"callback_type":"subscription_removed","event_id":"E","subscription":{"person":{"id":"1"},'
    )
    assert {each.code for each in payload.findings} == {"cut_off"}


def test_a_refused_delivery_is_told() -> None:
    from vibes_desktop.callbacks.assembling import assemble
    from vibes_desktop.callbacks.payload import Body

    payload = assemble(Body(b'{"callback_type":"x"}', Wrapping(("a log",), None, 404)), "test", 1)
    assert ("answered_4xx", "") in codes(payload)


def test_a_path_that_leads_nowhere() -> None:
    assert at({"a": {"b": 1}}, "a.b") == 1
    assert at({"a": 1}, "a.b") is at({}, "a")
