"""JSON kept as it came."""

import json
import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.model.jsonvalue import (
    MAX_DEPTH,
    Json,
    JsonArray,
    JsonNumber,
    JsonObject,
    JsonSyntaxError,
    dump,
    first_unsendable,
    is_unicode,
    obj,
    parse,
    same,
)

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=8),
    st.sampled_from([JsonNumber(text) for text in ("0", "-0", "1", "1.0", "1.10", "1e400", "1E+2", "NaN")]),
)
VALUES: st.SearchStrategy[Json] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: JsonArray(tuple(items))),
        st.lists(st.tuples(st.text(max_size=4), inner), max_size=4).map(lambda m: JsonObject(tuple(m))),
    ),
    max_leaves=12,
)


def deep(levels: int, core: Json = None) -> Json:
    value = core
    for level in range(levels):
        value = JsonArray((value,)) if level % 2 else obj(a=value)
    return value


@pytest.mark.parametrize(
    "text",
    [
        "1.10",
        "1e400",
        "-0",
        "NaN",
        "[-Infinity,Infinity]",
        '{"b":1,"a":2}',
        '{"a":1,"a":2}',
        '{"":{"":[]}}',
        '"\\ud83d"',
        '"é\u2028\u00a0\ufeff"',
        "[true,false,null]",
        "123456789012345678901234567890.0000",
    ],
)
def test_a_text_comes_out_as_it_went_in(text: str) -> None:
    assert dump(parse(text)) == text


@given(VALUES)
def test_what_is_written_is_read_back(value: Json) -> None:
    for text in (dump(value), dump(value, indent=2), dump(value, ascii_only=True)):
        assert parse(text) == value
    assert dump(value, ascii_only=True).isascii()


@given(VALUES)
def test_the_standard_library_reads_what_is_written(value: Json) -> None:
    assert json.loads(dump(value, indent=1)) == json.loads(dump(value)) or "NaN" in dump(value)


def test_a_byte_order_mark_and_spaces_before_are_skipped() -> None:
    assert parse('\ufeff {"a":1} ') == obj(a=JsonNumber("1"))


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("", 1, 1), ('{\n "a" 1}', 2, 6), ("[1,]", 1, 4), ('{"a":1}x', 1, 8), ("'a'", 1, 1), ("nan", 1, 1)],
)
def test_an_error_has_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(JsonSyntaxError) as error:
        parse(text)
    assert (error.value.line, error.value.column) == (line, column)
    assert error.value.message


def test_depth_has_a_limit_and_every_walk_reaches_it() -> None:
    value = deep(MAX_DEPTH)
    assert parse(dump(value)) == value
    assert same(value, deep(MAX_DEPTH))
    assert not same(value, deep(MAX_DEPTH, "x"))
    assert value != deep(MAX_DEPTH, "x")
    assert hash(value) == hash(deep(MAX_DEPTH))
    place = first_unsendable(deep(MAX_DEPTH, JsonNumber("NaN")))
    assert place is not None
    assert place.count("/") == MAX_DEPTH
    assert repr(value)
    for text in ("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2), "[" * 100_000, '{"a":' * 100_000):
        with pytest.raises(JsonSyntaxError):
            parse(text)


def test_the_deepest_value_is_walked_from_a_deep_stack_too() -> None:
    value, other = deep(MAX_DEPTH), deep(MAX_DEPTH)

    def below(levels: int) -> bool:
        return below(levels - 1) if levels else value == other and same(value, other)

    assert below(sys.getrecursionlimit() // 2)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("1.10", "1.1", True),
        ("1e2", "100", True),
        ("1", "true", False),
        ('"1"', "1", False),
        ("NaN", "NaN", True),
        ("0", "-0", True),
        ("[1,2]", "[2,1]", False),
        ("[1]", "[1,1]", False),
        ('{"a":1,"b":2}', '{"b":2.0,"a":1}', True),
        ('{"a":1}', '{"a":1,"b":null}', False),
        ('{"a":1,"b":1}', '{"a":1,"c":1}', False),
        ('{"a":1,"a":2}', '{"a":2,"a":1}', False),
        ('{"a":1,"a":2}', '{"a":1.0,"a":2}', True),
        ('{"a":1,"a":2}', '{"a":2}', False),
        ('{"a":1,"a":2}', '{"a":1,"b":2}', False),
        ("[]", "{}", False),
        ("null", "[]", False),
    ],
)
def test_meaning_is_compared(a: str, b: str, expected: bool) -> None:
    assert same(parse(a), parse(b)) is expected
    assert same(parse(b), parse(a)) is expected


@given(VALUES, VALUES)
def test_equal_values_mean_the_same_and_hash_alike(a: Json, b: Json) -> None:
    assert same(a, a)
    assert same(a, b) is same(b, a)
    if a == b:
        assert hash(a) == hash(b)
        assert same(a, b)
        assert dump(a) == dump(b)


def test_exact_equality_tells_spelling_and_order() -> None:
    assert JsonNumber("1.0") != JsonNumber("1")
    assert parse('{"a":1,"b":2}') != parse('{"b":2,"a":1}')
    assert JsonArray((True,)) != JsonArray((JsonNumber("1"),))
    assert JsonArray() != JsonObject()
    assert JsonArray() != ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1e400", None),
        ('{"a":["x",{"b":null}]}', None),
        ("NaN", "/"),
        ('"\\ud83d"', "/"),
        ('{"a":[1,{"b":-Infinity}]}', "/a/1/b"),
        ('{"a":1,"b":2,"a":3}', "/a"),
        ('{"x":{"\\udc00":1}}', "/x/\udc00"),
        ('[{"a":NaN},NaN]', "/0/a"),
    ],
)
def test_the_first_place_that_can_not_be_sent_is_named(text: str, place: str | None) -> None:
    assert first_unsendable(parse(text)) == place


@given(VALUES)
def test_what_can_be_sent_is_strict_json(value: Json) -> None:
    if first_unsendable(value) is not None:
        return

    def no_constant(name: str) -> None:
        raise AssertionError(name)

    dump(value).encode()
    json.loads(dump(value), parse_constant=no_constant)


def test_a_repeated_key_reads_as_its_last() -> None:
    value = parse('{"a":1,"b":2,"a":3}')
    assert isinstance(value, JsonObject)
    assert value.get("a") == JsonNumber("3")
    assert value.get("c", "none") == "none"
    assert value.duplicate_keys == ("a",)
    assert list(value) == ["a", "b"]
    assert len(value) == 3
    assert "b" in value
    assert "c" not in value


def test_objects_are_made_from_pairs_and_names() -> None:
    assert dump(obj([("a", None)], b=True)) == '{"a":null,"b":true}'
    assert dump(obj(a=JsonArray(("x", obj()))), indent=2) == '{\n  "a": [\n    "x",\n    {}\n  ]\n}'
    assert list(JsonArray(("x", None))) == ["x", None]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("{}", '{"a":true}'),
        ('{"b":1}', '{"b":1,"a":true}'),
        ('{"b":1,"a":2,"c":3}', '{"b":1,"a":true,"c":3}'),
        ('{"a":1,"b":1,"a":2}', '{"a":true,"b":1}'),
    ],
)
def test_a_member_is_set_in_its_place(text: str, after: str) -> None:
    value = parse(text)
    assert isinstance(value, JsonObject)
    assert dump(value.having("a", True)) == after
    assert dump(value) == text


def test_a_million_characters_are_no_trouble() -> None:
    text = json.dumps({"a": "x" * 1_000_000, "b": list(range(10_000)), "c": math.pi})
    assert json.loads(dump(parse(text))) == json.loads(text)


def test_lone_surrogates_are_told_from_unicode() -> None:
    assert is_unicode("é👩")
    assert not is_unicode("\ud83d")


def test_a_repr_tells_no_value() -> None:
    assert "canary" not in repr(obj(a="canary", b=JsonArray(("canary", JsonNumber("1")))))
