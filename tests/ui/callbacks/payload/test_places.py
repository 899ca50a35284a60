"""From a place in a damaged text to the tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from vibes_desktop.callbacks.reading import read
from vibes_desktop.ui.callbacks.payload.places import path_spans, repaired_paths

DEFECTS = Path(__file__).parents[4] / "resources" / "samples" / "defects"


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ('{"a": 1, "b": NULL}', ["b"]),
        ('{"a": {"x": 1,}, "b": {"x": NULL}}', ["a.x", "b.x"]),
        ('{"callback:id","DEF123", "b": 2}', ["callback_id", "callback_id"]),
        ('{"zone_source: "area", "b": 2}', ["zone_source"]),
        ('Some words {"a": 1}', [None]),
    ],
)
def test_a_repair_leads_to_the_member_it_stands_in(text: str, paths: list[str | None]) -> None:
    reading = read(text.encode())
    assert list(repaired_paths(text, reading.value, reading.repairs)) == paths


@pytest.mark.parametrize("name", ["bare-null.json", "unclosed-key.json", "comma-between-key-and-value.json"])
def test_the_repairs_of_our_samples_have_places(name: str) -> None:
    text = (DEFECTS / name).read_text(encoding="utf-8")
    reading = read(text.encode())
    assert None not in repaired_paths(text, reading.value, reading.repairs)


def test_names_are_found_in_a_text_of_the_same_tree() -> None:
    text = '{\n  "a": {\n    "b": 1\n  }\n}'
    start, stop = path_spans(text, {"a": {"b": 1}})["a.b"]
    assert text[start:stop].startswith('"b"')
