"""Arrays come apart into their elements, however large, and damaged ones as far as they can."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vibes_desktop.callbacks import arrays
from vibes_desktop.callbacks.arrays import NO_ARRAY, TOO_LONG, Item, array_items
from vibes_desktop.callbacks.source import FileSource

Take = Callable[[bytes], list[Item]]
VALUES = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.fixture
def take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Take:
    """Take an array apart, a few bytes at a time; every element is exactly what stands at its place."""
    monkeypatch.setattr(arrays, "FIRST_BYTES", 7)
    monkeypatch.setattr(arrays, "STRETCH_BYTES", 40)

    def items(content: bytes) -> list[Item]:
        file = tmp_path / "array.json"
        file.write_bytes(content)
        with file.open("rb", buffering=0) as opened:
            source = FileSource("array", opened, path=file)
            found = list(array_items(source, 0))
            for item in found:
                if item.trouble is None:
                    assert source.read_at(item.offset, item.length) == item.text
        return found

    return items


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.lists(st.dictionaries(st.text(), VALUES)) | st.lists(VALUES, max_size=3),
    indent=st.sampled_from([None, 1]),
)
def test_elements_come_out_as_they_went_in(
    values: list[object], indent: int | None, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not all(isinstance(value, dict) for value in values):
        monkeypatch.setattr(arrays, "FIRST_BYTES", 1 << 20)
    found = take(json.dumps(values, indent=indent).encode())
    assert [json.loads(item.text) for item in found] == values
    assert [item.index for item in found] == list(range(len(values)))


def test_only_the_damaged_element_is_damaged(take: Take) -> None:
    elements = [b'{"a": %d, "b": [{"c": 1}, {"c": 2}]}' % number for number in range(30)]
    elements[11] = b'{"a": 11, "b": oops}'
    assert [item.text for item in take(b"[" + b",\n".join(elements) + b"]")] == elements


@pytest.mark.parametrize("end", [b"", b"]", b"]]", b',{"a": '])
def test_an_end_that_is_missing_or_odd(end: bytes, take: Take) -> None:
    found = take(b'[{"a": 1}, {"a": 2}' + end)
    assert [item.text for item in found][:2] == [b'{"a": 1}', b'{"a": 2}']


@pytest.mark.parametrize("content", [b"[]", b"[ ]\n", b"[\n\n"])
def test_an_empty_one_holds_nothing(content: bytes, take: Take) -> None:
    assert take(content) == []


def test_what_cannot_be_told_apart_is_one_row(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    (item,) = take(b"[" * 100_000 + b"]" * 100_000)
    assert item.trouble == NO_ARRAY
    monkeypatch.setattr(arrays, "MAX_ITEM_BYTES", 100)
    items = take(b'[{"a": 1}, {"b": "' + b"x" * 500 + b'"}]')
    assert [(item.index, item.trouble) for item in items] == [(0, None), (1, TOO_LONG)]
