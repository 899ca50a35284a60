"""Many dates at a time are those that are read one by one, or none at all."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.dates import parse_ms
from vibes_desktop.callbacks.many_dates import USUAL, usual_times

DATES = st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat() + "Z")


def letters(*texts: str) -> npt.NDArray[np.uint8]:
    """Put the letters of each text in a row."""
    return np.frombuffer("".join(texts).encode(), np.uint8).reshape(len(texts), -1)


@given(st.lists(DATES, min_size=1))
def test_usual_dates(texts: list[str]) -> None:
    found = usual_times(letters(*texts))
    assert found is not None
    assert found.tolist() == [parse_ms(text) for text in texts]


@given(DATES, st.integers(0, USUAL - 1), st.sampled_from("0123456789-T:Z+ "))
def test_one_that_is_odd_spoils_them_all(text: str, place: int, character: str) -> None:
    spoiled = text[:place] + character + text[place + 1 :]
    found = usual_times(letters(text, spoiled))
    if found is not None:
        assert found.tolist() == [parse_ms(text), parse_ms(spoiled)]
    elif place not in {4, 7, 10, 13, 16, 19}:
        assert parse_ms(spoiled) is None or not character.isdigit()


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:60Z",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert usual_times(letters(text)) is None
    assert parse_ms(text) is None
    assert usual_times(letters("2026-01-01T00:00Z")) is None


def test_leap_days_and_the_ends_of_time() -> None:
    texts = ["2024-02-29T23:59:59Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
    found = usual_times(letters(*texts))
    assert found is not None
    assert found.tolist() == [parse_ms(text) for text in texts]
