"""The lazy tree: one level at a time, nothing lost, nothing invented."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vibes_desktop.ui.callbacks.payload.json_tree import (
    RANGE,
    Document,
    Node,
    NotJson,
    Shape,
    leaf_text,
    range_width,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def read(node: Node) -> Any:
    """Put a value together again from its nodes."""
    if node.shape is Shape.OBJECT:
        return {child.key: read(child) for child in node.children}
    if node.shape is Shape.ARRAY:
        return [read(child) for child in node.children]
    return leaf_text(node.text) if node.shape is Shape.TEXT else json.loads(node.text)


@given(VALUES)
def test_it_holds_what_the_text_holds(value: object) -> None:
    assert read(Document(json.dumps(value).encode()).root) == value


def test_children_are_decoded_when_asked_for() -> None:
    document = Document(b'{"a": {"b": {"c": 1}}, "d": [1, 2]}')
    assert len(document.nodes) == 1
    inner = document.root.children[0]
    assert len(document.nodes) == 3
    assert inner.key == "a"
    assert inner.text == b'{"b": {"c": 1}}'


def test_names_that_come_twice_are_both_there() -> None:
    root = Document(b'{"a": 1, "b": 2, "a": 3}').root
    assert [(child.key, child.text) for child in root.children] == [("a", b"1"), ("b", b"2"), ("a", b"3")]


def test_numbers_keep_their_spelling() -> None:
    root = Document(b"[1.10, 1e400, " + b"9" * 5000 + b"]").root
    assert [leaf_text(child.text) for child in root.children] == ["1.10", "1e400", "9" * 5000]


@pytest.mark.parametrize("text", [b"{", b'{"a": NaN}', b"[" * 100_000, b'{"a" 1}', b'{"a": "\\ud800"}'])
def test_what_is_no_strict_json_is_refused(text: bytes) -> None:
    with pytest.raises(NotJson):
        Document(text)


def test_many_members_stand_in_ranges() -> None:
    root = Document(b"[" + b",".join(b"%d" % number for number in range(2_500)) + b"]").root
    assert [(child.shape, child.span) for child in root.children] == [
        (Shape.RANGE, (0, 1000)),
        (Shape.RANGE, (1000, 2000)),
        (Shape.RANGE, (2000, 2500)),
    ]
    assert root.children[2].count == 500
    assert root.children[2].children[3].text == b"2003"
    assert root.children[2].children[3].path == (2003,)


def test_a_million_members_have_a_thousand_ranges_and_more_have_ranges_of_ranges() -> None:
    assert range_width(1_000_000) == RANGE
    assert range_width(1_000_001) == RANGE * RANGE


def test_steps_lead_through_ranges() -> None:
    inside = b",".join(b'{"n": %d}' % number for number in range(1_500))
    document = Document(b'{"x": 0, "many": [' + inside + b"]}")
    found = document.find((1, 1_234, 0))
    assert (found.text, found.path, found.depth) == (b"1234", ("many", 1234, "n"), 4)


def test_paths_lead_as_far_as_they_can() -> None:
    document = Document(b'{"a": {"b.c": {"d": 1}, "b": 2}, "list": [{"e": 3}]}')
    assert document.at_path("a.b.c.d")[0].text == b"1"
    assert document.at_path("a.b")[0].text == b"2"
    assert document.at_path("list.0.e")[0].text == b"3"
    node, is_there = document.at_path("a.missing.more")
    assert (node.key, is_there) == ("a", False)
    assert document.at_path("") == (document.root, True)
    assert document.at_path("list.7")[1] is False


def test_of_names_that_come_twice_the_path_leads_to_the_last() -> None:
    assert Document(b'{"a": 1, "a": 2}').at_path("a")[0].text == b"2"


def test_an_empty_container_is_known_without_decoding() -> None:
    assert [child.is_empty for child in Document(b'[{ }, [], {"a": 1}, 5]').root.children] == [
        True,
        True,
        False,
        False,
    ]


@given(st.text(max_size=40), st.integers(1, 60))
@example("\\", 3)
@example("a\\" * 3, 6)
def test_a_leaf_can_be_cut_anywhere(text: str, limit: int) -> None:
    assert text.startswith(leaf_text(json.dumps(text).encode(), limit))


def test_a_byte_order_mark_is_no_part_of_it() -> None:
    assert Document(b'\xef\xbb\xbf {"a": 1}\n').root.children[0].key == "a"
