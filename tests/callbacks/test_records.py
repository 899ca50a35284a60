"""From the bytes of a file to its records, whatever its shape; bytes out are bytes in."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vibes_desktop.callbacks import records
from vibes_desktop.callbacks.records import (
    Record,
    begins_anew,
    is_array,
    is_binary,
    records_of,
    stands_alone,
)
from vibes_desktop.callbacks.unfolding import CannotOpen, open_path

ONE = b'{"callback_type": "x", "n": {"a": "}"}}'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Name a file."""
    return tmp_path / "file.json"


def taken(file: Path, content: bytes) -> list[Record]:
    """Write a file and take it apart; every record is exactly what stands at its place."""
    file.write_bytes(content)
    (source,) = open_path(str(file))
    if isinstance(source, CannotOpen):  # a broken archive
        return []
    try:
        found = list(records_of(source))
        for record in found:
            if record.trouble is None and not record.wrapping.notes:
                assert source.read_at(record.offset, record.length).rstrip() == record.text.rstrip()
        return found
    finally:
        source.close()


@pytest.mark.parametrize(
    ("content", "positions"),
    [
        (ONE, [1]),
        (ONE + b"\n", [1]),
        (b"\xef\xbb\xbf" + ONE, [1]),
        (ONE + b"\n" + ONE, [1, 2]),
        (ONE + b"\r\n\r\n" + ONE + b"\r\n", [1, 3]),
        (ONE + ONE + b" " + ONE, [1, 1, 1]),
        (b"[" + ONE + b", " + ONE + b"]", [0, 1]),
        (b" [\n" + ONE + b",\n" + ONE + b"\n]\n", [0, 1]),
        (b"[" + ONE + b",, " + ONE + b"]", [0, 1]),
        (b"[" + ONE + b', {"a":', [0, 1]),
        (b'{\n "a": 1\n}\n{\n "a": 2\n}\n', [1, 4]),
        (b'{\n "a": 1\n}{\n "a": 2\n}\n', [1, 3]),
        (ONE + b'\n{"a": "cut\n' + ONE, [1, 2, 3]),
        (b"log " + ONE + b"\nlog " + ONE, [1, 2]),
        (b"[2026-01-01] " + ONE + b"\n[2026-01-01] " + ONE, [1, 2]),
        (b"Heading\n{\n 'a': 1\n}\n", [1, 2]),
        (b"{ {\n 'a': 1\n}\n\n{ {\n 'a': 1\n}\n", [1, 5]),
        (b"<a>\n<b/>\n</a>\n", [1]),
        (b"", []),
        (b"[]", []),
    ],
)
def test_each_shape(content: bytes, positions: list[int], file: Path) -> None:
    assert [record.position for record in taken(file, content)] == positions


def test_a_binary_file_is_one_row() -> None:
    assert is_binary(bytes(range(256)) * 8)
    assert not is_binary(ONE + b"\x00")
    assert not is_binary("“é”".encode() * 50)


def test_a_line_that_is_too_long_is_a_row_and_is_never_held(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MAX_RECORD_BYTES", 5 * records.BLOCK_BYTES)
    long = b'x {"a": "' + b"y" * 8 * records.BLOCK_BYTES + b'"}'
    first, second, third = taken(file, b"x " + ONE + b"\n" + long + b"\nx " + ONE + b"\n")
    assert (first.trouble, third.trouble, third.position) == (None, None, 3)
    assert second.trouble
    assert (len(second.text), second.length) == (200, len(long))


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 100_000, b"[" * 100_000 + b"]" * 100_000])
def test_depth_is_a_row(content: bytes, file: Path) -> None:
    assert len(taken(file, content)) == 1


def test_arrays_are_told_from_logs() -> None:
    assert is_array(b' [\n {"a":1}]')
    assert is_array(b"[")
    assert not is_array(b"[2026-01-01] {}")
    assert not is_array(b"[info] {}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.lists(st.dictionaries(st.text(), st.text() | st.integers(), min_size=1), min_size=1),
    indent=st.sampled_from([None, 1]),
)
def test_objects_come_out_as_they_went_in(values: list[object], indent: int | None, file: Path) -> None:
    texts = [json.dumps(value, indent=indent).encode() for value in values]
    found = taken(file, b"\n".join(texts))
    assert [record.text for record in found] == texts


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=100) | st.text(alphabet='{}[]",:\n a1').map(str.encode))
def test_any_file_is_survived(content: bytes, file: Path) -> None:
    taken(file, content)


@pytest.mark.parametrize(
    ("line", "alone", "anew"),
    [
        (b'{"a": 1}', True, True),
        (b'{"a": ', False, True),
        (b'  "a": {"b": 1},', False, False),
        (b'2026-11-01 INFO {"callback_type": "x"}', True, True),
        (b"2026-11-01 INFO started", False, True),
        (b"}", False, False),
    ],
)
def test_lines_that_stand_alone(line: bytes, alone: bool, anew: bool) -> None:
    assert (stands_alone(line), begins_anew(line)) == (alone, anew)
