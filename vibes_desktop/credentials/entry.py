"""A profile's secrets as the one text that a keyring keeps."""

import json
from typing import Final

from vibes_desktop.credentials.trouble import secret_elsewhere, unreadable_entry
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import Origin, Secrets

MAX_UTF16_UNITS: Final = 1280  # the 2,560 bytes that Windows Credential Manager holds
_WORDS = {"password": "password", "key_passphrase": "passphrase", "proxy_password": "proxy's password"}
_FIELDS = {"password": "password", "key_passphrase": "key_passphrase", "proxy_password": "proxy_url"}


def entry_of(origin: Origin, secrets: Secrets) -> str:
    """Write the entry; raises InvalidInput with field password, key_passphrase or proxy_url."""
    parts = _texts(secrets)
    _check_characters(parts)
    entry = json.dumps({"origin": origin, **parts}, ensure_ascii=False, separators=(",", ":"))
    excess = utf16_units(entry) - MAX_UTF16_UNITS
    if excess > 0:
        raise _too_long(parts, excess)
    return entry


def secrets_from(entry: str, origin: Origin) -> Secrets:
    """Read an entry; raises SecretError for one that is not ours, or that belongs to another origin."""
    parts = _parts(entry)
    owner, password = parts.get("origin"), parts.get("password")
    if not isinstance(owner, str) or not isinstance(password, str):
        raise unreadable_entry()
    if owner != origin:
        raise secret_elsewhere(owner, origin)
    return Secrets(password, _text(parts, "key_passphrase"), _text(parts, "proxy_password"))


def utf16_units(text: str) -> int:
    """Count as Windows does: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _parts(entry: str) -> dict[str, object]:
    try:
        parts = json.loads(entry)
    except (ValueError, RecursionError):
        parts = None
    if not isinstance(parts, dict):  # raised out here, for the parser's error holds the whole text
        raise unreadable_entry()
    return parts


def _texts(secrets: Secrets) -> dict[str, str]:
    texts = {
        "password": secrets.password,
        "key_passphrase": secrets.key_passphrase,
        "proxy_password": secrets.proxy_password,
    }
    return {name: text for name, text in texts.items() if text is not None}


def _text(parts: dict[str, object], name: str) -> str | None:
    value = parts.get(name)
    return value if isinstance(value, str) else None


def _check_characters(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise InvalidInput(
                "This can't be kept",
                "It holds a broken character. Type it again instead of pasting it.",
                done="Nothing was stored.",
                field=_FIELDS[name],
            )


def _too_long(texts: dict[str, str], excess: int) -> InvalidInput:
    longest = max(texts, key=lambda name: utf16_units(texts[name]))
    return InvalidInput(
        f"The {_WORDS[longest]} is too long for the keyring",
        f"All secrets of a profile, with its address, may have {MAX_UTF16_UNITS:,} characters together, the"
        f" most that every system's keyring holds; these have {excess:,} too many. Use a shorter one, or use"
        " it for this session only.",
        done="Nothing was stored.",
        field=_FIELDS[longest],
    )
