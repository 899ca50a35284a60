"""Redeliveries and conflicts found by columns are those found by reading everything."""

import json
from pathlib import Path
from typing import Any

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.redeliveries import candidates


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
