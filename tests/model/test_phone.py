"""Mobile numbers: any notation in, one form inside, each version's form out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.model.phone import from_platform, is_valid, show, to_e164, to_platform
from vibes_desktop.model.profile import ApiVersion

V1, V2 = ApiVersion.V1, ApiVersion.V2


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("+13125550143", "US", "+13125550143"),
        ("(312) 555-0143", "US", "+13125550143"),
        ("312.555.0143", "US", "+13125550143"),
        ("1 312 555 0143", "US", "+13125550143"),
        ("tel:+1-312-555-0143", "GB", "+13125550143"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("0044 20 7946 0018", "US", "+442079460018"),
        ("00 1 312 555 0143", "DE", "+13125550143"),
        ("３１２５５５０１４３", "US", "+13125550143"),
        (" +1\u00a0312\u2011555\u20110143 ", "US", "+13125550143"),
        ("+12995551234", "US", "+12995551234"),
    ],
)
def test_any_notation_is_read(text: str, region: str, e164: str) -> None:
    assert to_e164(text, region) == e164


@pytest.mark.parametrize(
    "text", ["", "EXT1", "555-0143", "+1", "+1999999999", "12", "0" * 40, "+1 312 555 01431", "00", "\ud83d"]
)
def test_what_can_not_be_a_number_is_none(text: str) -> None:
    assert to_e164(text, "US") is None


def test_validity_is_told_from_possibility() -> None:
    assert is_valid("+13125550143")
    assert not is_valid("+12995551234")
    assert not is_valid("nonsense")


def test_a_valid_number_is_shown_internationally_with_its_country() -> None:
    shown = show("+13125550143", V2)
    assert (shown.text, shown.region, shown.is_valid) == ("+1 312-555-0143", "US", True)
    assert show("3125550143", V1) == shown


@pytest.mark.parametrize("stored", ["+1999999999", "unknown", "2065550143", "", "+1 <b>"])
def test_a_number_that_is_not_valid_is_shown_as_it_is_stored(stored: str) -> None:
    shown = show(stored, V2)
    assert shown.text == stored
    assert not shown.is_valid


def test_version_1_carries_north_american_numbers_alone() -> None:
    assert to_platform("+13125550143", V1) == "3125550143"
    assert to_platform("+442079460018", V1) is None
    assert to_platform("+131255501431", V1) is None
    assert to_platform("+442079460018", V2) == "+442079460018"


def test_what_version_1_sends_in_another_form_stays() -> None:
    assert from_platform("3125550143", V1) == "+13125550143"
    assert from_platform("555", V1) == "555"
    assert from_platform("+442079460018", V1) == "+442079460018"
    assert from_platform("3125550143", V2) == "3125550143"


@given(st.from_regex(r"\+1[2-9]\d{9}", fullmatch=True).filter(str.isascii))
def test_version_1_goes_there_and_back(e164: str) -> None:
    national = to_platform(e164, V1)
    assert national is not None
    assert from_platform(national, V1) == e164


@given(st.text(max_size=30))
def test_any_text_is_read_without_an_error(text: str) -> None:
    number = to_e164(text, "US")
    assert number is None or to_e164(number, "ZZ") == number
    assert show(text, V2).text is not None


def test_a_shown_number_is_not_in_the_repr() -> None:
    assert "0143" not in repr(show("+13125550143", V2))
