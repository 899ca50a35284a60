"""What is special about a row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.ui.callbacks.row_state import CONFLICTING, REDELIVERED, badges, ordinal

CALLBACK = {"callback_type": "person_added", "event_id": "A", "person": {"person_id": "1"}}


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        (json.dumps(CALLBACK), ()),
        (json.dumps({**CALLBACK, "delivery_attempt": "2"}), ("2nd attempt",)),
        (json.dumps(CALLBACK)[:-1] + ",}", ("repaired",)),
        (json.dumps(CALLBACK)[:-12], ("cut off",)),
        ('{"a":' * 3000, ("unreadable",)),
        ('{"person_key": "k", "custom_fields": {}}', ("a person",)),
        ('{"status": 404, "body": ' + json.dumps(CALLBACK) + "}", ("answered 404",)),
    ],
)
def test_states_are_named(tmp_path: Path, line: str, texts: tuple[str, ...]) -> None:
    (tmp_path / "one.ndjson").write_text(line + "\n")
    with Collection.open([str(tmp_path)]) as collection:
        found = {badge.text for badge in badges(collection.columns, 0)}
    assert set(texts) <= found


def test_repeats_are_told_from_outside(tmp_path: Path) -> None:
    (tmp_path / "one.ndjson").write_text(json.dumps(CALLBACK) + "\n")
    with Collection.open([str(tmp_path)]) as collection:
        assert [badge.text for badge in badges(collection.columns, 0, [REDELIVERED])] == ["redelivered"]
        assert [badge.text for badge in badges(collection.columns, 0, [CONFLICTING])] == ["conflict"]


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (21, "21st")]
)
def test_attempts_are_counted_in_words(number: int, text: str) -> None:
    assert ordinal(number) == text
