"""A profile's secrets as the one text that a keyring keeps."""

import json
from typing import Final

from vibes_desktop.credentials.trouble import secret_elsewhere, unreadable_entry
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import Origin, Secrets

MAX_UTF16_UNITS: Final = 1280  # the 2,560 bytes that Windows Credential Manager holds


def entry_of(origin: Origin, secrets: Secrets) -> str:
    """Write the entry; raises InvalidInput with field password or key_passphrase."""
    _check_characters(secrets)
    parts = {"origin": origin, "password": secrets.password}
    if secrets.key_passphrase is not None:
        parts["key_passphrase"] = secrets.key_passphrase
    entry = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    excess = utf16_units(entry) - MAX_UTF16_UNITS
    if excess > 0:
        raise _too_long(secrets, excess)
    return entry


def secrets_from(entry: str, origin: Origin) -> Secrets:
    """Read an entry; raises SecretError for one that is not ours, or that belongs to another origin."""
    parts = _parts(entry)
    owner, password = parts.get("origin"), parts.get("password")
    passphrase = parts.get("key_passphrase")
    if not isinstance(owner, str) or not isinstance(password, str):
        raise unreadable_entry()
    if owner != origin:
        raise secret_elsewhere(owner, origin)
    return Secrets(password, passphrase if isinstance(passphrase, str) else None)


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


def _check_characters(secrets: Secrets) -> None:
    for field, text in (("password", secrets.password), ("key_passphrase", secrets.key_passphrase or "")):
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise InvalidInput(
                "This can't be kept",
                "It holds a broken character. Type it again instead of pasting it.",
                done="Nothing was stored.",
                field=field,
            )


def _too_long(secrets: Secrets, excess: int) -> InvalidInput:
    is_passphrase = utf16_units(secrets.key_passphrase or "") > utf16_units(secrets.password)
    what = "passphrase" if is_passphrase else "password"
    return InvalidInput(
        f"The {what} is too long for the keyring",
        f"Password, passphrase and address may have {MAX_UTF16_UNITS:,} characters together, the most that"
        f" every system's keyring holds; these have {excess:,} too many. Use a shorter one, or use it for"
        " this session only.",
        done="Nothing was stored.",
        field="key_passphrase" if is_passphrase else "password",
    )
