"""One person over time, by any identifier."""

import json
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.timeline import rows_of_person, timeline


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
        assert rows_of_person(collection, identifier).tolist() == [0, 1, 3, 4]
        moments = timeline(collection, identifier)
    assert [moment.row for moment in moments] == [1, 0, 4, 3]
    changed = [{each.path for each in moment.changed} for moment in moments]
    assert changed[:2] == [set(), {"timezone", "external_person_id"}]
    assert changed[3] == set()


def test_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text("".join(json.dumps(event) + "\n" for event in EVENTS))
    with Collection.open([str(tmp_path)]) as collection:
        assert timeline(collection, "Z") == ()
