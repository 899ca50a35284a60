"""A keyring's entry comes back as it was, and what no keyring could hold is refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.credentials.entry import MAX_UTF16_UNITS, entry_of, secrets_from, utf16_units
from vibes_desktop.credentials.trouble import SecretElsewhere
from vibes_desktop.model.errors import InvalidInput, SecretError
from vibes_desktop.model.profile import Origin, Secrets

ORIGIN = Origin("https://api.example.com")
ROOM = MAX_UTF16_UNITS - utf16_units(entry_of(ORIGIN, Secrets("")))


@given(st.text(max_size=50), st.none() | st.text(max_size=50))
def test_any_secrets_come_back(password: str, passphrase: str | None) -> None:
    secrets = Secrets(password, passphrase)
    assert secrets_from(entry_of(ORIGIN, secrets), ORIGIN) == secrets


@pytest.mark.parametrize("character", ["x", "é", "🌍"])
def test_the_longest_password_is_kept_and_one_more_is_refused(character: str) -> None:
    fitting = ROOM // utf16_units(character)
    assert utf16_units(entry_of(ORIGIN, Secrets(character * fitting))) <= MAX_UTF16_UNITS
    with pytest.raises(InvalidInput) as caught:
        entry_of(ORIGIN, Secrets(character * (fitting + 1)))
    assert caught.value.field == "password"
    assert "1,280" in caught.value.advice
    assert character * 100 not in repr(vars(caught.value))


def test_the_longer_one_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        entry_of(ORIGIN, Secrets("short", "x" * ROOM))
    assert caught.value.field == "key_passphrase"
    assert "passphrase" in caught.value.title


@pytest.mark.parametrize(
    ("secrets", "field"),
    [(Secrets("\ud800"), "password"), (Secrets("fine", "\udfff"), "key_passphrase")],
)
def test_a_broken_character_is_refused(secrets: Secrets, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        entry_of(ORIGIN, secrets)
    assert caught.value.field == field


def test_another_origin_gets_nothing() -> None:
    entry = entry_of(ORIGIN, Secrets("canary"))
    for origin in ("https://api.example.com:8443", "http://api.example.com", "https://example.com"):
        with pytest.raises(SecretElsewhere) as caught:
            secrets_from(entry, Origin(origin))
        assert "canary" not in repr(vars(caught.value))


@pytest.mark.parametrize(
    "entry",
    ["", "canary", "{", '"canary"', "null", "[" * 100_000, '{"password": "canary"}', '{"origin": "canary"}'],
)
def test_what_is_not_ours_is_named_without_being_quoted(entry: str) -> None:
    with pytest.raises(SecretError) as caught:
        secrets_from(entry, ORIGIN)
    assert "canary" not in repr(vars(caught.value))
    assert caught.value.__context__ is None


def test_a_strange_passphrase_is_none() -> None:
    entry = '{"origin": "https://api.example.com", "password": "p", "key_passphrase": 7, "more": 1}'
    assert secrets_from(entry, ORIGIN) == Secrets("p")


def test_units_are_counted_as_windows_does() -> None:
    assert [utf16_units(text) for text in ("", "a", "é", "🌍", "\ud800")] == [0, 1, 1, 2, 1]
