"""What the tree writes, open and hidden."""

from __future__ import annotations

import json

import pytest

from vibes_desktop.ui.callbacks.payload.json_tree import Document, Node
from vibes_desktop.ui.callbacks.payload.node_words import NodeWords
from vibes_desktop.ui.privacy import Privacy

PAYLOAD = {
    "callback_type": "subscription_added",
    "subscription": {
        "person": {"external_id": "ex1234", "mobile_phone": {"mdn": "+13125550143"}, "person_key": "key-1"},
        "subscription_list": {"id": "1234", "url": "/lists/1234"},
    },
    "person": {"custom_fields": {"tier": "gold", "age": 41, "is_vip": True}},
}


def at(path: str, value: object = PAYLOAD) -> Node:
    node, is_there = Document(json.dumps(value).encode()).at_path(path)
    assert is_there
    return node


@pytest.fixture
def words() -> NodeWords:
    return NodeWords(Privacy())


@pytest.fixture
def hiding() -> NodeWords:
    return NodeWords(Privacy(is_masking=True))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (b'"plain"', '"plain"'),
        (rb'"two\nlines"', '"two↵lines"'),
        (rb'"<b>not bold</b>"', '"<b>not bold</b>"'),
        (b"1.10", "1.10"),
        (b"true", "true"),
        (b"null", "null"),
        (b"{}", "{}"),
        (b"[ ]", "[]"),
    ],
)
def test_a_value_is_shown_in_one_line(words: NodeWords, text: bytes, shown: str) -> None:
    assert words.value(Document(text).root) == shown


def test_a_long_value_is_cut_in_its_row_and_told_in_the_tooltip(words: NodeWords) -> None:
    node = Document(json.dumps("x" * 1_000).encode()).root
    assert words.value(node).endswith('x…"')
    assert len(words.value(node)) < 700
    assert words.tooltip(node) == '"' + "x" * 1_000 + '"'
    assert words.copied(node) == "x" * 1_000


def test_a_closed_container_tells_what_it_holds(words: NodeWords) -> None:
    assert words.summary(at("subscription.subscription_list")) == '2 keys · id "1234"'
    assert words.summary(at("subscription")) == "2 keys"
    assert words.summary(Document(b"[1]").root) == "1 item"
    assert words.summary(Document(b"{}").root) == ""


def test_what_is_personal_is_hidden(hiding: NodeWords) -> None:
    assert hiding.value(at("subscription.person.mobile_phone.mdn")) == '"+•••••••••43"'
    assert hiding.value(at("subscription.person.external_id")) == '"e•••"'
    assert hiding.value(at("subscription.person.person_key")) == '"key-1"'
    assert hiding.value(at("person.custom_fields.tier")) == '"g•••"'
    assert hiding.value(at("person.custom_fields.age")) == "•••"
    assert hiding.value(at("callback_type")) == '"subscription_added"'
    assert "3125550" not in hiding.summary(at("subscription.person.mobile_phone"))


def test_what_is_copied_is_hidden_as_well(hiding: NodeWords) -> None:
    assert hiding.copied(at("subscription.person.external_id")) == "e•••"
    copied = hiding.subtree(at("person.custom_fields"))
    assert json.loads(copied) == {"tier": "g•••", "age": "•••", "is_vip": True}


def test_a_path_is_spelled_as_questions_spell_it(words: NodeWords) -> None:
    node, _ = Document(b'{"a": [{"b": 1}]}').at_path("a.0.b")
    assert words.path(node) == "a.0.b"


def test_a_subtree_keeps_names_that_come_twice(words: NodeWords) -> None:
    node, _ = Document(b'{"x": {"a": 1, "a": 1.10}}').at_path("x")
    assert words.subtree(node) == '{\n  "a": 1,\n  "a": 1.10\n}'


def test_a_range_is_copied_as_what_it_holds(words: NodeWords) -> None:
    root = Document(b"[" + b",".join(b"%d" % number for number in range(1_002)) + b"]").root
    assert words.key(root.children[1]) == "1,000 … 1,001"
    assert json.loads(words.subtree(root.children[1])) == [1_000, 1_001]
    assert words.summary(root.children[1]) == "2 items"
