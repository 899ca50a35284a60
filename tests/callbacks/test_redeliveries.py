"""Redeliveries and conflicts found by columns are those found by reading everything."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.opening import Opening
from vibes_desktop.callbacks.redeliveries import candidates, events_repeated


def written(file: Path, *values: Any) -> str:
    """Write a file of lines."""
    file.write_text("".join(json.dumps(value) + "\n" for value in values))
    return str(file)


def test_both_are_told_apart(removed: dict[str, Any], tmp_path: Path) -> None:
    other = json.loads(json.dumps(removed))
    other["subscription"]["subscription_list"]["id"] = "99"
    again = {**removed, "delivery_attempt": "2"}
    others = [{**removed, "event_id": f"E{number}"} for number in range(50)]
    path = written(
        tmp_path / "a.ndjson",
        removed,
        *others,
        other,
        again,
        {**removed, "callback_type": "subscription_added"},
    )
    with Collection.open([path]) as collection:
        assert candidates(collection.columns).tolist() == [0, 51, 52]
        repeats = collection.repeats()
        assert (repeats.redelivered.tolist(), repeats.conflicting.tolist()) == ([52], [51])
        assert collection.repeats() is repeats


def test_over_several_files(removed: dict[str, Any], tmp_path: Path) -> None:
    paths = [
        written(tmp_path / "a.ndjson", removed, removed),
        written(tmp_path / "b.ndjson", removed, removed),
    ]
    with Collection.open(paths) as collection:
        assert collection.repeats().redelivered.tolist() == [1, 2, 3]


def test_one_group_for_each_event(removed: dict[str, Any], tmp_path: Path) -> None:
    def delivered(event: str, attempt: int, minute: int | None) -> Any:
        payload = {**removed, "event_id": event, "delivery_attempt": str(attempt)}
        if minute is None:
            return payload
        return {"received_at": f"2026-03-03T14:{minute:02}:00Z", "body": payload}

    other = json.loads(json.dumps(delivered("C", 3, 30)))
    other["body"]["subscription"]["subscription_list"]["id"] = "99"
    path = written(
        tmp_path / "a.ndjson",
        delivered("A", 2, 9),
        delivered("A", 1, 7),
        delivered("B", 1, None),
        delivered("A", 4, 29),
        delivered("alone", 1, 1),
        delivered("C", 1, 10),
        other,
        delivered("B", 2, None),
    )
    with Collection.open([path]) as collection:
        columns, repeats = collection.columns, collection.repeats()
        first, second, third = events_repeated(columns, repeats)
        assert [each.row for each in first.deliveries] == [1, 0, 3]
        assert [each.gap_ms for each in first.deliveries] == [None, 120_000, 1_200_000]
        assert [each.attempt for each in first.deliveries] == [1, 2, 4]
        assert (first.span_ms, first.has_steady_attempts, first.is_conflicting) == (1_320_000, False, False)
        assert ([each.row for each in second.deliveries], second.span_ms) == ([2, 7], None)
        assert second.has_steady_attempts
        assert [each.is_conflicting for each in third.deliveries] == [False, True]
        assert events_repeated(columns, repeats, np.array([7, 4])) == (second,)
        assert events_repeated(columns, repeats, np.array([4])) == ()


def test_what_is_known_is_not_read_again(removed: dict[str, Any], tmp_path: Path) -> None:
    other = {**removed, "event_date": "2026-03-04T00:00:00Z"}
    first = [removed, {**removed, "event_id": "B"}, removed]
    later = [
        {**removed, "event_id": "B"},
        other,
        {**removed, "event_id": "C"},
        {**removed, "event_id": "C"},
        removed,
    ]
    written(tmp_path / "a.ndjson", *first)
    written(tmp_path / "b.ndjson", *later)
    with Collection.open([str(tmp_path / "a.ndjson")]) as collection:
        known = collection.repeats()
        assert (known.redelivered.tolist(), known.of_rows) == ([2], 3)
        for step in Opening([str(tmp_path / "b.ndjson")], first_file=1).steps():
            collection.add(step)
        (tmp_path / "a.ndjson").touch()
        found = collection.repeats()
        with Collection.open([str(tmp_path)]) as whole:
            expected = whole.repeats()
            assert found.redelivered.tolist() == expected.redelivered.tolist() == [2, 3, 6, 7]
            assert found.conflicting.tolist() == expected.conflicting.tolist() == [4]
            assert dict(found.findings) == dict(expected.findings)
            assert "a.ndjson, 1)" in found.findings[4].message
