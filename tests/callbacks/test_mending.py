"""What documentation and pasting break is mended, and every repair is told."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vibes_desktop.callbacks.mending import MAX_DEPTH, CannotMend, Mender

CASES = [
    ('{"callback:id","DEF123", "a": 1}', {"callback_id": "DEF123", "a": 1}, "comma between key"),
    ('{"a":"x", //deprecated\n "b":2}', {"a": "x", "b": 2}, "comment dropped"),
    ('{"a":"x", //deprecated "b_c":"d"}', {"a": "x", "b_c": "d"}, "line went on"),
    ('{"u":"https://x.invalid/z", /*a "fake" {*/ "n": 1}', {"u": "https://x.invalid/z", "n": 1}, "comment"),
    ('{"timezone_source: "area_code"}', {"timezone_source": "area_code"}, "closing quote of the key"),
    ('{"mdn:"+1312555", "z":1}', {"mdn": "+1312555", "z": 1}, "closing quote of the key"),
    (
        '{"a": NULL, "b": True, "c": None, "d": undefined}',
        {"a": None, "b": True, "c": None, "d": None},
        "NULL",
    ),
    ('{ { "a": {"b": 1} }', {"a": {"b": 1}}, "doubled opening brace"),
    ('{"a": {"b": 1}', {"a": {"b": 1}}, "closing brace added"),
    ('{"a": 1}}', {"a": 1}, "after the end dropped"),
    ('{"a": [1, 2,], }', {"a": [1, 2]}, "trailing comma"),
    ('{"a": 1,, "b": 2}', {"a": 1, "b": 2}, "extra comma"),
    ('{"a": 1 "b": 2}', {"a": 1, "b": 2}, "missing comma"),
    ("{\u00a0“a”: “b”}", {"a": "b"}, "U+00A0"),
    ("{'a': 'b'}", {"a": "b"}, "quotation mark"),
    ("{a: 1, b: x}", {"a": 1, "b": "x"}, "quotes around"),
    ('Heading\n{"a": 1}\nend', {"a": 1}, "text before"),
    ('{"a": "say "hi" there"}', {"a": 'say "hi" there'}, "inside a text kept"),
    ('{"a": "x\ny"}', {"a": "x\ny"}, "control character"),
    ('{"a": "x\n"b": 1}', {"a": "x", "b": 1}, "closing quote added"),
    ('{"a": "\\q"}', {"a": "\\q"}, "escape"),
    ('{"a": [1, {"b": 2]}', {"a": [1, {"b": 2}]}, "closing brace added"),
    ('{"a": }', {"a": None}, "missing value"),
    ('{"a": 007}', {"a": "007"}, "quotes around a value"),
]


@pytest.mark.parametrize(("text", "value", "told"), CASES)
def test_mended(text: str, value: Any, told: str) -> None:
    mender = Mender(text)
    assert mender.read() == value
    assert any(told in repair.what for repair in mender.repairs), mender.repairs
    assert mender.cut_off_at is None


@pytest.mark.parametrize("text", ["", "hello", "{:}", "{" + '"a":{' * (MAX_DEPTH + 1), '{"a":[:]}'])
def test_what_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(CannotMend):
        Mender(text).read()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(alphabet="abc_", min_size=1), json_values, max_size=4))
def test_what_is_json_is_read_the_same_without_repairs(value: Any) -> None:
    mender = Mender(json.dumps(value))
    assert mender.read() == value
    assert mender.repairs == []


@given(
    st.dictionaries(st.text(alphabet="abc_", min_size=1), st.text() | st.integers(), min_size=1), st.data()
)
def test_a_cut_off_text_gives_nothing_that_was_not_there(value: dict[str, Any], data: Any) -> None:
    whole = json.dumps(value)
    mender = Mender(whole[: data.draw(st.integers(1, len(whole) - 1))])
    found = mender.read()
    assert isinstance(found, dict)
    assert mender.cut_off_at is not None
    assert found.items() <= value.items()


@example("{/*")
@example("{} /*")
@given(st.text(alphabet="{}[]\":,/*\\ \nabc1“”'-.", max_size=60))
def test_anything_is_read_or_refused(text: str) -> None:
    mender = Mender(text)
    try:
        json.dumps(mender.read())
    except CannotMend:
        return
    assert len(mender.repairs) or mender.cut_off_at is not None or json.loads(text) is not None
