"""Typed arrays: hashing, dates and numbers for many rows at once, blocks and words put together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.columns import (
    ABSENT_MS,
    ODD_NUMBER,
    Builder,
    hashes,
    merged,
    number_of,
    times,
)
from vibes_desktop.callbacks.dates import parse_ms
from vibes_desktop.callbacks.fast import FastRow

TEXTS = st.lists(st.none() | st.text(st.characters(exclude_characters="\0")), max_size=8)


def row(listed: str, code: int = 1) -> FastRow:
    """Give a row about a list."""
    return (
        code,
        "E",
        "2026-03-01T10:00:00Z",
        1,
        None,
        "1",
        None,
        "+13125550143",
        listed,
        None,
        None,
        None,
        None,
    )


@given(TEXTS, TEXTS)
def test_a_hash_depends_on_the_text_alone(some: list[str | None], others: list[str | None]) -> None:
    together = hashes([*some, *others]).tolist()
    assert together == [*hashes(some).tolist(), *hashes(others).tolist()]
    for text, value in zip([*some, *others], together, strict=True):
        assert (value == 0) == (not text)


def test_a_hash_tells_similar_texts_apart() -> None:
    texts = [
        f"{prefix}{number}" for prefix in ("", "CUST-", "a-long-prefix-of-an-id-") for number in range(20_000)
    ]
    assert len(set(hashes(texts).tolist())) == len(texts)


@given(
    st.lists(
        st.none()
        | st.datetimes().map(lambda moment: moment.isoformat() + "Z")
        | st.text(max_size=20)
        | st.just("2026-03-01T10:00:00Z")
    )
)
def test_dates_are_those_of_the_full_reader(texts: list[str | None]) -> None:
    expected = [ABSENT_MS if not text or parse_ms(text) is None else parse_ms(text) for text in texts]
    assert times(texts).tolist() == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+13125550143", 13125550143),
        ("3125550143", 13125550143),
        ("+1 (312) 555-0143", 13125550143),
        ("+4930123456", 4930123456),
        ("", ODD_NUMBER),
        ("nobody", ODD_NUMBER),
        ("+0123", ODD_NUMBER),
        ("+" + "9" * 40, ODD_NUMBER),
    ],
)
def test_numbers(text: str, number: int) -> None:
    assert number_of(text) == number


def test_what_is_the_same_everywhere_takes_no_memory() -> None:
    builder = Builder(0)
    for begin in (0, 100):
        builder.add_fast([row("7")] * 100, (list(range(begin, begin + 100)), [9] * 100, list(range(100))))
    columns = builder.columns()
    assert len(columns) == 200
    assert columns["received"].strides == columns["file"].strides == (0,)
    assert columns["offset"].tolist() == list(range(200))


def test_words_of_parts_become_one_set() -> None:
    parts = []
    for file, lists in enumerate((["a", "b"], ["b", "c", "a"])):
        builder = Builder(file)
        builder.add_fast(
            [row(each) for each in lists], ([0] * len(lists), [1] * len(lists), [1] * len(lists))
        )
        parts.append(builder.columns())
    columns = merged(parts)
    assert [columns.take("list", int(code)) for code in columns["list"]] == ["a", "b", "b", "c", "a"]
    assert columns["file"].tolist() == [0, 0, 1, 1, 1]
    assert len(merged([])) == 0
    assert columns["time"].dtype == np.int64
