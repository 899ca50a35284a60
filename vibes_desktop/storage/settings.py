"""Settings and profiles in one small file: no secret and nobody's personal data."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from vibes_desktop.model.errors import InvalidInput, StorageError
from vibes_desktop.model.policy import MANAGED
from vibes_desktop.model.profile import (
    ApiVersion,
    ClientCertificate,
    Profile,
    ProfileId,
    ProxyMode,
    Safety,
    checked_base_url,
)
from vibes_desktop.storage.atomic import atomic_write, free_name_beside
from vibes_desktop.storage.folders import make_private_folder
from vibes_desktop.storage.trouble import file_trouble

T = TypeVar("T")

MAX_FILE_BYTES = 4_000_000
MIN_RETENTION_DAYS = 1
MAX_RETENTION_DAYS = 3650


class Theme(StrEnum):
    """The colours of the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is remembered between two starts. `window` holds base64 texts by name."""

    theme: Theme = Theme.SYSTEM
    profiles: tuple[Profile, ...] = ()
    current_profile: ProfileId | None = None
    retention_days: int = 90
    news_address: str = ""  # asked for the newest version at each start; empty for none
    window: Mapping[str, str] = field(default_factory=dict)

    def profile(self, profile_id: ProfileId | None) -> Profile | None:
        """Find a profile."""
        return next((profile for profile in self.profiles if profile.id == profile_id), None)


class SettingsFile:
    """The file with the settings. What a newer version wrote into it is kept when it is saved.

    Blocking, and for one thread at a time.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: dict[str, Any] | None = None
        self._blocked: StorageError | None = None

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._path

    def load(self) -> Settings:
        """Read the settings, or the defaults where there is no file; raises StorageError."""
        document = self._read()
        try:
            settings = _settings_from(document)
        except (WrongValue, InvalidInput) as error:
            place = error.place if isinstance(error, WrongValue) else "base_url"
            raise self._unreadable(f"A value is not usable: “{place}”.") from error
        self._document = document
        return settings

    def load_or_set_aside(self) -> tuple[Settings, StorageError | None]:
        """Read the settings; a file that can't be read is renamed, and the defaults are returned.

        The error is for showing. Where even renaming fails, `save` refuses from then on: it would
        overwrite what could not be read.
        """
        try:
            return self.load(), None
        except StorageError as error:
            return Settings(), self._set_aside(error)

    def save(self, settings: Settings) -> None:
        """Replace the file; raises StorageError, and the old file is intact then."""
        if self._blocked:
            raise self._blocked
        if self._document is None:
            self.load()
        document = _merged(self._document or {}, settings)
        make_private_folder(self._path.parent)
        atomic_write(self._path, [json.dumps(document, indent=2).encode(), b"\n"])
        self._document = document

    def _read(self) -> dict[str, Any]:
        try:
            with self._path.open("rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise file_trouble(error, self._path, "Your settings were not read.") from error
        try:
            document = json.loads(data.decode("utf-8-sig")) if len(data) <= MAX_FILE_BYTES else None
        except (ValueError, RecursionError) as error:
            raise self._unreadable("It is not JSON text.") from error
        if not isinstance(document, dict):
            raise self._unreadable("It does not hold settings.")
        return document

    def _set_aside(self, error: StorageError) -> StorageError:
        aside = free_name_beside(self._path, f"broken-{datetime.now(UTC):%Y-%m-%d}")
        try:
            self._path.rename(aside)
        except OSError:
            done = "Nothing was changed. Settings and profiles will not be saved until this is mended."
            self._blocked = StorageError(error.title, done, error.advice)
            return self._blocked
        self._document = {}
        done = f"The program starts with default settings. The old file was kept as {aside}."
        return StorageError(error.title, done, f"{error.advice} Or set your profiles up again.")

    def _unreadable(self, reason: str) -> StorageError:
        return StorageError(
            "The settings can't be read",
            "Nothing was changed.",
            f"{reason} Mend the file or put a backup in its place: {self._path}.",
        )


class WrongValue(Exception):
    """A value of the wrong type; `place` names it."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def _merged(old: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """Lay the settings over the old document, so that keys unknown here survive."""
    known = {entry["id"]: entry for entry in old.get("profiles", []) if _has_id(entry)}
    return {
        **old,
        "theme": settings.theme.value,
        "profiles": [{**known.get(profile.id, {}), **_entry(profile)} for profile in settings.profiles],
        "current_profile": settings.current_profile,
        "retention_days": settings.retention_days,
        "news_address": settings.news_address or None,
        "window": dict(settings.window),
    }


def _has_id(entry: object) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("id"), str)


def _entry(profile: Profile) -> dict[str, Any]:
    certificate = profile.client_certificate
    return {
        "id": profile.id,
        "name": profile.name,
        "company_key": profile.company_key,
        "base_url": profile.base_url,
        "username": profile.username,
        "safety": profile.safety.value,
        "api_version": profile.api_version.value,
        "phone_region": profile.phone_region,
        "proxy_mode": profile.proxy_mode.value,
        "proxy_url": profile.proxy_url,
        "certificate_file": certificate.certificate_file if certificate else None,
        "key_file": certificate.key_file if certificate else None,
    }


def _settings_from(document: Mapping[str, Any]) -> Settings:
    default = Settings()
    profiles = tuple(profile_from(entry) for entry in _list(document, "profiles"))
    if len({profile.id for profile in profiles}) < len(profiles):
        raise WrongValue("profiles.id")
    current = _text_or_none(document, "current_profile")
    days = document.get("retention_days", default.retention_days)
    if type(days) is not int or not MIN_RETENTION_DAYS <= days <= MAX_RETENTION_DAYS:
        raise WrongValue("retention_days")
    return Settings(
        theme=_choice(document, "theme", Theme, default.theme),
        profiles=profiles,
        current_profile=_current(current, profiles),
        retention_days=days,
        news_address=_text_or_none(document, "news_address") or "",
        window=_texts(document, "window"),
    )


def _current(profile_id: str | None, profiles: tuple[Profile, ...]) -> ProfileId | None:
    """Keep one of these, or one that a policy brings."""
    is_known = profile_id in {profile.id for profile in profiles}
    return ProfileId(profile_id) if profile_id and (is_known or profile_id.startswith(MANAGED)) else None


def profile_from(entry: object) -> Profile:
    """Read a profile as the settings and the policy spell it; raises WrongValue or InvalidInput."""
    if not isinstance(entry, dict):
        raise WrongValue("profiles")
    return Profile(
        id=ProfileId(_text(entry, "id")),
        name=_text(entry, "name"),
        company_key=_text(entry, "company_key"),
        base_url=checked_base_url(_text(entry, "base_url")),
        username=_text(entry, "username"),
        safety=_choice(entry, "safety", Safety, Safety.PRODUCTION),
        api_version=_choice(entry, "api_version", ApiVersion, ApiVersion.V2),
        phone_region=_text_or_none(entry, "phone_region") or "US",
        proxy_mode=_choice(entry, "proxy_mode", ProxyMode, ProxyMode.SYSTEM),
        proxy_url=_text_or_none(entry, "proxy_url"),
        client_certificate=_certificate_from(entry),
    )


def _certificate_from(entry: Mapping[str, Any]) -> ClientCertificate | None:
    certificate, key = _text_or_none(entry, "certificate_file"), _text_or_none(entry, "key_file")
    if (certificate is None) is not (key is None):
        raise WrongValue("certificate_file")
    return ClientCertificate(certificate, key) if certificate and key else None


def _text(holder: Mapping[str, Any], name: str) -> str:
    value = holder.get(name)
    if not isinstance(value, str) or not value:
        raise WrongValue(name)
    return value


def _text_or_none(holder: Mapping[str, Any], name: str) -> str | None:
    return None if holder.get(name) is None else _text(holder, name)


def _list(holder: Mapping[str, Any], name: str) -> list[Any]:
    value = holder.get(name, [])
    if not isinstance(value, list):
        raise WrongValue(name)
    return value


def _texts(holder: Mapping[str, Any], name: str) -> dict[str, str]:
    value = holder.get(name, {})
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise WrongValue(name)
    return value


def _choice(holder: Mapping[str, Any], name: str, kind: Callable[[Any], T], default: T) -> T:
    value = holder.get(name, default)
    try:
        if type(value) not in {str, int} and value is not default:
            raise WrongValue(name)
        return kind(value)
    except ValueError:
        raise WrongValue(name) from None
