"""How each version reads and spells numbers."""

import pytest

from vibes_desktop.sandbox.answers import Refusal
from vibes_desktop.sandbox.numbers import ApiVersion, mdn_shown, mdn_to_find, mdn_to_store

ONE, TWO = ApiVersion.ONE, ApiVersion.TWO


@pytest.mark.parametrize(
    ("text", "version", "found"),
    [
        ("+12065550143", TWO, "+12065550143"),
        ("+1999999999", TWO, "+1999999999"),
        ("+447700900999", TWO, "+447700900999"),
        ("2065550143", ONE, "+12065550143"),
        ("999999999", ONE, "+1999999999"),
    ],
)
def test_a_stored_number_can_be_found_even_if_impossible(text: str, version: ApiVersion, found: str) -> None:
    assert mdn_to_find(text, version) == found
    assert mdn_shown(found, version) == text


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("+1999999999", TWO),
        ("+10065550143", TWO),
        ("+120655501430", TWO),
        ("+0123456789", TWO),
        ("+1 206 555 0143", TWO),
        ("+١٢٠٦٥٥٥٠١٤٣", TWO),
        ("2065550143", TWO),
        ("+12065550143\n", TWO),
        ("", TWO),
        ("+12065550143", ONE),
        ("206555014", ONE),
        ("1065550143", ONE),
        ("12065550143", ONE),
    ],
)
def test_an_impossible_number_is_not_stored(text: str, version: ApiVersion) -> None:
    with pytest.raises(Refusal) as caught:
        mdn_to_store(text, version, 400)
    assert caught.value.status == 400


@pytest.mark.parametrize("mdn", ["unknown", "2065550143"])
def test_what_is_no_number_reads_as_it_is(mdn: str) -> None:
    assert mdn_shown(mdn, ONE) == mdn_shown(mdn, TWO) == mdn
