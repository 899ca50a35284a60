"""Whether an event came before."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.payload import Finding, Severity
from vibes_desktop.ui.callbacks.payload.earlier import repeat_of

Event = Callable[..., dict[str, object]]


def found(folder: Path, *lines: object) -> Finding | None:
    """Ask for the last of these lines."""
    place = folder / "events.ndjson"
    place.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    with Collection.open([str(place)]) as collection:
        row = len(collection) - 1
        return repeat_of(collection, row, collection.payload(row))


def test_the_same_body_is_a_redelivery(tmp_path: Path, removal: Event) -> None:
    finding = found(tmp_path, removal(1), removal(2))
    assert finding is not None
    assert (finding.code, finding.message) == ("redelivery", "same body as attempt 1 (events.ndjson, 1)")


def test_the_time_between_is_told_where_it_is_known(tmp_path: Path, removal: Event) -> None:
    one = {"received": "2017-02-18T15:35:00Z", "body": removal(1)}
    other = {"received": "2017-02-18T15:39:12Z", "body": removal(2)}
    finding = found(tmp_path, one, other)
    assert finding is not None
    assert "attempt 1, 4 min 12 s earlier" in finding.message


def test_another_body_is_a_conflict(tmp_path: Path, removal: Event) -> None:
    finding = found(tmp_path, removal(), removal(extra="otherwise"))
    assert finding is not None
    assert (finding.code, finding.severity) == ("conflict", Severity.ERROR)


def test_the_closest_of_the_same_is_named(tmp_path: Path, removal: Event) -> None:
    finding = found(tmp_path, removal(1), removal(2, extra="x"), removal(3), removal(4))
    assert finding is not None
    assert "attempt 3" in finding.message


def test_the_first_one_and_other_types_came_not_before(tmp_path: Path, removal: Event) -> None:
    assert found(tmp_path, removal()) is None
    assert found(tmp_path, removal(event_id="E2"), removal()) is None
    assert found(tmp_path, removal() | {"callback_type": "subscription_added"}, removal()) is None


def test_the_documentations_own_event_id_is_no_conflict(tmp_path: Path, removal: Event) -> None:
    one, other = removal(event_id="AB234SDFD234"), removal(event_id="AB234SDFD234", more=1)
    assert found(tmp_path, one, other) is None
