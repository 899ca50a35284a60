"""What one room tells another of a person is never in a repr."""

from datetime import UTC, datetime

from vibes_desktop.model.heard import Heard, HeardCallback


def test_its_repr_holds_no_personal_data() -> None:
    one = HeardCallback(datetime(2026, 1, 1, tzinfo=UTC), "person_added", "Ana, +12065550143")
    assert "Ana" not in repr(Heard((one,), "today.jsonl"))
