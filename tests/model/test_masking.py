"""Masking hides who somebody is, in any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.model.masking import masked_number, masked_own, masked_text, masked_word


@pytest.mark.parametrize(
    ("number", "shown"),
    [("+13125550143", "+•••••••••43"), ("+1 312-555-0143", "+• •••-•••-••43"), ("43", "43"), ("", "")],
)
def test_a_number_keeps_two_digits(number: str, shown: str) -> None:
    assert masked_number(number) == shown


def test_a_word_keeps_its_first_letter() -> None:
    assert masked_word("Millar") == "M•••"
    assert masked_word("") == ""


def test_numbers_and_addresses_are_found_in_any_text() -> None:
    text = masked_text('{"mdn":"+13125550143","mail":"jo.millar@example.com","list":"1234"}')
    assert text == '{"mdn":"+•••••••••43","mail":"j•••","list":"1234"}'


def test_a_value_of_a_persons_own() -> None:
    assert masked_own("+1 (312) 555-0143") == "+• (•••) •••-••43"
    assert masked_own("Jo") == "J•••"


@given(st.from_regex(r"\+?[1-9][0-9]{6,14}", fullmatch=True), st.text(alphabet='ab ,:"{}', max_size=5))
def test_no_number_survives(number: str, around: str) -> None:
    assert number.lstrip("+") not in masked_text(around + number + around)
