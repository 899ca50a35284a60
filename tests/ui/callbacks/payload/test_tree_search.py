"""Finding in a document."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.ui.callbacks.payload.json_tree import Document
from vibes_desktop.ui.callbacks.payload.tree_search import CHUNK, find_all

TEXT = json.dumps({"Name": "Ann", "inner": {"list": ["x", {"name": "näme"}]}, "n": 1234}).encode()


def paths(text: bytes, needle: str) -> list[str]:
    document = Document(text)
    return [".".join(map(str, document.find(steps).path)) for steps in find_all(text, needle).steps]


@pytest.mark.parametrize(
    ("needle", "found"),
    [
        ("name", ["Name", "inner.list.1.name"]),
        ("NÄME", ["inner.list.1.name"]),
        ("23", ["n"]),
        ("nothing", []),
        ("", []),
        ("list", ["inner.list"]),
        ("1", ["n"]),
    ],
)
def test_names_and_values_are_found_in_closed_branches_too(needle: str, found: list[str]) -> None:
    assert paths(TEXT, needle) == found


def test_what_is_written_with_escapes_is_found() -> None:
    assert paths(rb'{"a": {"b": "say \u0041nn \"hi\""}}', "ann") == ["a.b"]
    assert paths(rb'{"a": {"b": "say \"hi\""}}', '"hi"') == ["a.b"]


def test_a_single_value_is_found() -> None:
    assert find_all(b'"alone"', "lone").steps == ((),)
    assert find_all(b'"alone"', "gone").steps == ()


def test_it_says_when_there_are_more_than_it_keeps() -> None:
    many = json.dumps([{"a": "x"}] * 30).encode()
    found = find_all(many, "x", most=10)
    assert len(found.steps) == 10
    assert not found.is_all
    assert find_all(many, "x", most=30).is_all


def test_it_stops_when_told() -> None:
    assert find_all(TEXT, "name", is_stopped=lambda: True).steps == ()


def test_it_is_found_where_two_chunks_meet() -> None:
    text = json.dumps({"a": ["y" * (CHUNK - 14) + "needle"]}).encode()
    assert paths(text, "needle") == ["a.0"]


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=4), st.text(min_size=1, max_size=2))
def test_it_finds_what_looking_at_each_would_find(value: dict[str, str], needle: str) -> None:
    folded = needle.casefold()
    expected = [key for key, text in value.items() if folded in key.casefold() or folded in text.casefold()]
    text = json.dumps({"in": value}).encode()
    inner = [step for step in find_all(text, needle).steps if len(step) > 1]
    assert [list(value)[steps[1]] for steps in inner] == expected
