"""Hashing, dates and numbers for many rows at once are those of each row alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.dates import parse_ms
from vibes_desktop.callbacks.packing import ABSENT_MS
from vibes_desktop.callbacks.text_columns import ODD_NUMBER, hashes, number_of, numbers, times

TEXTS = st.lists(st.none() | st.text(st.characters(exclude_characters="\0")), max_size=8)
ALIKE = st.lists(st.none() | st.text("ab1", min_size=9, max_size=9), max_size=8)


@given(TEXTS | ALIKE, TEXTS | ALIKE)
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


@given(
    st.lists(
        st.none()
        | st.text("+0123456789-() ", max_size=20)
        | st.integers(10**9, 10**11).map(lambda number: f"+{number}")
        | st.just("+13125550143")
    )
)
def test_numbers_are_those_of_each_text(texts: list[str | None]) -> None:
    assert numbers(texts).tolist() == [number_of(text) if text else 0 for text in texts]
