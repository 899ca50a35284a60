"""The columns' values, whichever spelling a payload uses."""

import json
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.callbacks.facts import attempt, facts_of
from vibes_desktop.callbacks.payload import Kind, PersonRef


def test_a_removal_tells_everything(removed: dict[str, Any]) -> None:
    facts = facts_of({**removed, "delivery_attempt": "2"}, Kind.CALLBACK)
    assert facts.person == PersonRef(
        "5f0c1d2e-1111-4222-8333-944455556666", "8800123", "CUST-0042", "+13125550143"
    )
    assert (facts.list_id, facts.campaign_id, facts.opt_out_reason) == ("1234", "C55001", "user_opt_out")
    assert (facts.delivery_attempt, facts.event_id) == (2, "SMPL0002")
    assert facts.event_ms is not None
    assert (facts.opt_in_ms or 0) < (facts.opt_out_ms or 0)


@pytest.mark.parametrize(
    "name",
    [
        "person_updated",
        "device_removed",
        "ack_participant_changed",
        "unmatched_message_received",
        "event_processed",
    ],
)
def test_every_family_names_its_person(name: str, samples: Path) -> None:
    facts = facts_of(json.loads((samples / "types" / f"{name}.json").read_text()), Kind.CALLBACK)
    assert facts.person.external_person_id == "CUST-0042" or facts.person.mdn == "+13125550143"


def test_a_wallet_names_nobody(samples: Path) -> None:
    value = json.loads((samples / "types" / "wallet_item_install.json").read_text())
    assert facts_of(value, Kind.CALLBACK).person == PersonRef()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2", 2),
        (2, 2),
        ("two", None),
        (None, None),
        ("", None),
        (True, None),
        ("²", None),
        ("9" * 5000, None),
    ],
)
def test_attempts(written: Any, read: int | None) -> None:
    assert attempt({"delivery_attempt": written}) == read


@pytest.mark.parametrize("value", [None, [], "x", {"subscription": []}, {"participant": {"person": 1}}])
def test_what_has_another_shape_tells_nothing(value: Any) -> None:
    assert facts_of(value, Kind.CALLBACK).person == PersonRef()
