"""Every type, every other kind and what can't be read is said in a sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.callbacks.pile import Pile
from vibes_desktop.callbacks.sentences import sentence

TYPES = {
    "ack_participant_added": (
        "+1 312 555 0143 asked to take part in campaign C55001 “Spring sale” by the keyword S"
        "PRING on 1 Mar 2026; it waits for an answer until 8 Mar 2026."
    ),
    "ack_participant_changed": (
        "+1 312 555 0143 confirmed taking part in campaign C55001 “Spring sale” by the keywor"
        "d SPRING on 7 Mar 2026."
    ),
    "company_participant_added": (
        "+1 312 555 0143 asked to take part in campaign C55001 “Spring sale” by the keyword S"
        "PRING on 1 Mar 2026; it waits for an answer until 8 Mar 2026 (told for every campaig"
        "n of the company)."
    ),
    "company_participant_changed": (
        "+1 312 555 0143 confirmed taking part in campaign C55001 “Spring sale” by the keywor"
        "d SPRING on 9 Mar 2026 (told for every campaign of the company)."
    ),
    "device_added": "Push device d-77 (ANDROID, app acme-app) was added to CUST-0042 on 10 Mar 2026.",
    "device_removed": "Push device d-77 (ANDROID, app acme-app) was taken from CUST-0042 on 11 Mar 2026.",
    "device_updated": "Push device d-77 (ANDROID, app acme-app) was updated for CUST-0042 on 12 Mar 2026.",
    "event_processed": (
        "The event order_shipped (order-9) about CUST-0042 was processed on 16 Mar 2026: rout"
        "ing processing, accepted by event triggered message."
    ),
    "person_added": "+1 312 555 0143 was added on 4 Mar 2026.",
    "person_updated": "+1 312 555 0143 was updated on 5 Mar 2026; this is the complete new record.",
    "subscription_added": "+1 312 555 0143 joined list 1234 on 1 Feb 2026 through campaign C55001.",
    "subscription_list_added": "List 1234 “Weekly deals” was added on 13 Mar 2026.",
    "subscription_list_updated": "List 1234 “Weekly deals” was updated on 14 Mar 2026.",
    "subscription_removed": (
        "+1 312 555 0143 left list 1234 on 2 Mar 2026 (user_opt_out); joined 29 days before."
    ),
    "unmatched_message_received": (
        "+1 312 555 0143 wrote to 70000 on 2 Mar 2026: “when do you open”; the default answer was sent."
    ),
    "wallet_item_install": "Wallet item u-1 (apple) was installed on 1 Mar 2026; it names no person.",
    "wallet_item_remove": (
        "Wallet item u-1 (apple) was removed on 9 Mar 2026; installed 8 days before; it names no person."
    ),
}
OTHERS: list[tuple[Any, str]] = [
    (
        {"callback_type": "new_one", "event_date": "2026-03-04T00:00:00Z"},
        'A callback of the unknown type "new_one" on 4 Mar 2026.',
    ),
    (
        {"event_id": "1", "event_date": "2026-03-04T00:00:00Z"},
        "A callback of no type that it names on 4 Mar 2026.",
    ),
    (
        {"person": {"person_id": "7"}, "event_id": "1"},
        "Person 7 was added or updated; this is the complete new record.",
    ),
    ({"push_device": {}, "event_id": "1"}, "Push device changed for somebody who is not named."),
    ({"participant": {"mdn": "12"}, "message": "a\nb"}, "12 wrote: “a b”."),
    ({"person_key": "k", "custom_fields": {}}, "A person's record, not a callback: person k."),
    (
        {"callback_type": "person_added", "destination": {"url": "https://a.example/"}},
        "A registration of person_added to https://a.example/, not a callback.",
    ),
    ({"subscriptions": [1, 2]}, "2 subscriptions as the platform lists them, not a callback."),
    (
        {"opt_in_date": "x", "subscription_list": {"id": 5}},
        "A subscription to list 5 as the platform lists it, not a callback: somebody.",
    ),
    ({"a": 1}, "JSON, but nothing of this platform that is known here."),
    (
        b"<submitMOMessage/>",
        "XML of Vibes Connect, the aggregation product, not a callback of this platform.",
    ),
    (b"nothing", "It can't be read: not JSON: there is no JSON object in it (character 1)."),
]

Assembled = Callable[[Any], Payload]


@pytest.mark.parametrize("name", TYPES)
def test_every_type(name: str, samples: Path) -> None:
    (payload,) = Pile([str(samples / "types" / f"{name}.json")]).payloads()
    assert sentence(payload) == TYPES[name]


@pytest.mark.parametrize(("value", "said"), OTHERS)
def test_everything_else(value: Any, said: str, assembled: Assembled) -> None:
    assert sentence(assembled(value)) == said


def test_every_sample_is_one_sentence(samples: Path) -> None:
    for payload in Pile([str(samples)]).payloads():
        said = sentence(payload)
        assert not said[0].islower()
        assert said.endswith(".")
        assert "None" not in said


def test_days_as_the_window_writes_them_and_nobody_named(
    removed: dict[str, Any], assembled: Assembled
) -> None:
    said = sentence(assembled(removed), str, lambda text: "X" * len(text))
    assert said == "XXXXXXXXXXXXXXX left list 1234 on 1772460300000 (user_opt_out); joined 29 days before."


@pytest.mark.parametrize(
    ("opt_out", "ending"),
    [
        ("2026-02-01T10:00:00Z", "; joined less than a day before."),
        ("2026-02-03T09:00:00Z", "; joined 1 day before."),
        ("2026-01-01T09:00:00Z", "(user_opt_out)."),
    ],
)
def test_how_long(opt_out: str, ending: str, removed: dict[str, Any], assembled: Assembled) -> None:
    removed["subscription"]["opt_out_date"] = opt_out
    assert sentence(assembled(removed)).endswith(ending)


def test_a_cut_off_text_says_so(assembled: Assembled) -> None:
    said = sentence(assembled(b'{"callback_type":"subscription_removed","subscription":{"person":{"id":"9"'))
    assert said == "Person 9 left a list. The text ends early, so more may have been said."
