"""Strict first, mended where that fails, and a corpus of texts each of which is read, repaired or told."""

import json
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.reading import read

WITHIN = ("%s", '{"a":%s}', '{"a":[%s]}', '{"event_id":"E","a":{"b":%s},"z":1}')
VALID = (
    "0", "-0", "1", "-1", "1.5", "1e5",
    "1E-5", "0.1e+1", "123456789012345678901234567890", "true", "false", "null",
    '""', '"a"', '"\\u00e9"', '"\\ud83d\\ude00"', '"é"', '"\\/"',
    '"\\\\"', '"\\n"', '"\\u0000"', "[]", "{}", "[[]]",
    "[1,2]", '{"x":{}}', '{"x":[{}]}', '" "', '"//"', '"/*"',
    '"{"', '"}"', '"\u2028"', '{"":1}', "\t1\n", "\r\n1 ",
)  # fmt: skip
INVALID = (
    "01", "+1", ".5", "1.", "1e", "0x1", "--1",
    "NaN", "Infinity", "-Infinity", "True", "NULL", "None", "nul", "undefined",
    '"', '"a', "'a'", '"\\x"', '"\\u12"', '"\t"', '"\x00"',
    "[1,]", "[,1]", "[1 2]", "[1", "1]", "{", "}", '{"x"}',
    '{"x":}', '{"x":1,}', "{x:1}", '{"x" 1}', "{'x':1}", '{"x":1 "y":2}',
    "//c", "1//c", "/*c*/1", "[1;2]", "“a”", "*",
)  # fmt: skip
OPEN = (
    '{"x":1,"x":2}', "1e400", "-1e400", "9" * 5000, '"\\ud800"', '"\\udc00x"', "1e-400", '{"x":1,"x":1}',
)  # fmt: skip


def corpus() -> Iterator[tuple[str, str]]:
    """Put every piece into every place; valid, invalid, and left open by the standard."""
    for kind, pieces in (("valid", VALID), ("invalid", INVALID), ("open", OPEN)):
        for place, piece in product(WITHIN, pieces):
            yield kind, place % piece


CORPUS = list(corpus())


def test_the_corpus_is_large_enough() -> None:
    assert len({text for _, text in CORPUS}) >= 300


@pytest.mark.parametrize(("kind", "text"), CORPUS)
def test_each_is_read_repaired_or_told(kind: str, text: str) -> None:
    reading = read(text.encode("utf-8", "surrogatepass"))
    if kind == "valid":
        assert (reading.value, reading.repairs, reading.trouble) == (json.loads(text), (), None)
    elif kind == "invalid":
        assert reading.repairs or reading.trouble or reading.cut_off_at is not None
    else:
        assert reading.trouble is None
    json.dumps(reading.value, allow_nan=False).encode()


@pytest.mark.parametrize(
    "text", [b"[" * 100_000, b'{"a":' * 100_000, b'{"a":' * 900 + b"1" + b"}" * 900 + b","]
)
def test_depth_without_end_is_told(text: bytes) -> None:
    assert read(text).trouble


def test_duplicate_keys_are_found_with_their_path() -> None:
    reading = read(b'{"a":1,"a":2,"b":[{"c":1,"c":2}]}')
    assert reading.value == {"a": 2, "b": [{"c": 2}]}
    assert [(each.code, each.path) for each in reading.findings] == [
        ("duplicate_key", "a"),
        ("duplicate_key", "b.0.c"),
    ]


def test_a_number_out_of_range_is_kept_as_text() -> None:
    reading = read(b'{"a":1e400,"b":' + b"9" * 5000 + b"}")
    assert reading.value == {"a": "1e400", "b": "9" * 5000}
    found = [(each.code, each.path) for each in reading.findings]
    assert found == [("number_out_of_range", "a"), ("number_out_of_range", "b")]
    assert reading.repairs == ()


def test_bytes_that_are_not_utf_8() -> None:
    reading = read(b'{"a":"x\xffy"}')
    assert reading.value == {"a": "x\ufffdy"}
    assert "UTF-8" in reading.repairs[0].what


def test_where_a_text_ended() -> None:
    reading = read(b'{"a":1,"b":"cut')
    assert (reading.value, reading.cut_off_at) == ({"a": 1}, 15)
    assert [each.code for each in reading.findings] == ["cut_off"]


@given(st.binary(max_size=80))
def test_any_bytes_are_survived(raw: bytes) -> None:
    read(raw)
    read(b'{"a":' + raw + b"}")


@pytest.mark.parametrize(
    ("raw", "places"),
    [
        (b'{"a":"NaN","b":NaN,"c":[-Infinity,"\\"NaN"]}', [15, 24]),
        (b'{"a":"\\ud800","b":"\\ud83d\\ude00","c":"\\\\ud800","d":"\\udc00\\ud800"}', [6, 52, 58]),
        (b'{"\xc3\xa9":"\xff","b":"x\xc3"}', [6, 15]),
    ],
)
def test_each_repair_has_its_place(raw: bytes, places: list[int]) -> None:
    reading = read(raw)
    assert [repair.position for repair in reading.repairs] == places
    assert isinstance(reading.value, dict)


def test_a_number_and_a_doubled_key_in_the_depth() -> None:
    reading = read(b'{"a":[1,{"b":1,"b":-1e999}]}')
    assert reading.value == {"a": [1, {"b": "-1e999"}]}
    assert [(each.code, each.path) for each in reading.findings] == [
        ("duplicate_key", "a.1.b"),
        ("number_out_of_range", "a.1.b"),
    ]


@pytest.mark.parametrize("inner", ["1", "NaN", '"\\ud800"', "1,", "{", '{"a":1,"a":2}'])
@pytest.mark.parametrize("levels", [290, 299, 301, 900, 990, 3000])
def test_no_depth_is_too_much(inner: str, levels: int) -> None:
    reading = read(('{"a":' + "[" * levels + inner + "]" * levels + "}").encode())
    assert reading.trouble is not None or levels < 301
    flat = read(('{"a":"' + "[{" * levels + '"}').encode())
    assert flat.value == {"a": "[{" * levels}
