"""One person over time, by any identifier."""

import json
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.persons import person_named
from vibes_desktop.callbacks.timeline import moments, previous_of, timeline


def updated(day: int, zone: str, **ids: Any) -> dict[str, Any]:
    """Give a state of a person."""
    return {
        "callback_type": "person_updated",
        "event_id": f"E{day}",
        "event_date": f"2026-03-{day:02}T10:00:00Z",
        "person": {"timezone": zone, **ids},
    }


EVENTS = [
    updated(5, "b", person_id="1", external_person_id="X"),
    updated(3, "a", person_id="1"),
    updated(4, "z", person_id="2", external_person_id="Y"),
    {"callback_type": "unmatched_message_received", "participant": {"mdn": "+13125550143"}, "message": "hi"},
    updated(7, "b", external_person_id="X", mobile_phone={"mdn": "3125550143"}),
]


@pytest.mark.parametrize("identifier", ["1", "X", "+13125550143", "+1 312 555 0143"])
def test_identifiers_are_joined(identifier: str, tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text("".join(json.dumps(event) + "\n" for event in EVENTS))
    with Collection.open([str(tmp_path)]) as collection:
        assert person_named(collection, identifier).rows.tolist() == [0, 1, 3, 4]
        found = timeline(collection, identifier)
    assert [moment.row for moment in found] == [1, 0, 4, 3]
    changed = [{each.path for each in moment.changed} for moment in found]
    assert changed[:2] == [set(), {"timezone", "external_person_id"}]
    assert changed[3] == set()


def test_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text("".join(json.dumps(event) + "\n" for event in EVENTS))
    with Collection.open([str(tmp_path)]) as collection:
        assert timeline(collection, "Z") == ()


def test_two_who_share_a_number_are_not_compared(tmp_path: Path) -> None:
    phone = {"mdn": "+13125550143"}
    events = [
        updated(1, "a", person_id="1", mobile_phone=phone),
        updated(2, "b", person_id="2", mobile_phone=phone),
        updated(3, "c", person_id="1", mobile_phone=phone),
        updated(4, "d", person_id="2"),
    ]
    (tmp_path / "a.ndjson").write_text("".join(json.dumps(event) + "\n" for event in events))
    with Collection.open([str(tmp_path)]) as collection:
        joined = person_named(collection, "1")
        found = list(moments(collection, joined.rows))
        assert [previous_of(collection, row) for row in range(4)] == [None, None, 0, 1]
    assert joined.is_doubtful
    assert [moment.since for moment in found] == [None, None, 0, 1]
    assert {(each.path, each.before, each.after) for each in found[2].changed} == {("timezone", "a", "c")}


def test_the_previous_of_the_same_type(tmp_path: Path) -> None:
    again = {**updated(5, "b", person_id="1", external_person_id="X"), "delivery_attempt": "2"}
    events = [*EVENTS, again, {**updated(8, "c", person_id="1"), "callback_type": "person_added"}]
    (tmp_path / "a.ndjson").write_text("".join(json.dumps(event) + "\n" for event in events))
    with Collection.open([str(tmp_path)]) as collection:
        assert [previous_of(collection, row) for row in range(7)] == [1, None, None, None, 5, 1, None]
