"""The policy of this computer: honoured only where an administrator alone can have written it."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.policy import MANAGED, NO_POLICY, Managed, Policy
from vibes_desktop.model.profile import Profile, ProfileId, ProxyMode, Safety
from vibes_desktop.storage.settings import (
    MAX_RETENTION_DAYS,
    MIN_RETENTION_DAYS,
    WrongValue,
    profile_from,
)

MAX_BYTES = 1_000_000
ADMINISTRATOR = 0
REGISTRY_KEY = r"Software\Policies\VibesDesktop"
REGISTRY_VALUE = "Policy"  # a text that holds the same JSON as the file
OF_OTHERS = stat.S_IWGRP | stat.S_IWOTH
WRONG = "is not used: “{place}” in it is not usable"


@dataclass(frozen=True, slots=True)
class PolicyReading:
    """The policy that holds, and sentences for the person about what was found and left aside."""

    policy: Policy = NO_POLICY
    notes: tuple[str, ...] = field(default=())


def policy_of_this_computer() -> PolicyReading:
    """Read the policy from where this system keeps it. Blocking."""
    if sys.platform == "win32":
        return _read_registry()
    name = "Library/Application Support/VibesDesktop" if sys.platform == "darwin" else "etc/vibes-desktop"
    return read_policy_file(Path("/") / name / "policy.json")


def read_policy_file(file: Path, *, under: Path = Path("/")) -> PolicyReading:
    """Read a policy file, unless somebody but the administrator can write it, or a folder above it.

    Folders above `under` are not looked at.
    """
    try:
        if not file.exists():
            return PolicyReading()
        writer = _other_writer(file, under)
        if writer is not None:
            return _ignored(f"{file}", f"is not used: others than the administrator can write {writer}")
        with file.open("rb") as stream:
            text = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return _ignored(f"{file}", f"is not used: {(error.strerror or 'it cannot be read').lower()}")
    return parse_policy(text, str(file))


def parse_policy(text: bytes, source: str) -> PolicyReading:
    """Read a policy's JSON; one wrong value and none of it holds."""
    try:
        document = json.loads(text.decode("utf-8-sig")) if len(text) <= MAX_BYTES else None
        if not isinstance(document, dict):
            return _ignored(source, "is not used: it holds no JSON object")
        return PolicyReading(_policy_from(document, source))
    except (WrongValue, InvalidInput) as error:
        place = error.place if isinstance(error, WrongValue) else "base_url"
        return _ignored(source, WRONG.format(place=place))
    except (ValueError, RecursionError):
        return _ignored(source, "is not used: it is not JSON text")


def _ignored(source: str, why: str) -> PolicyReading:
    return PolicyReading(notes=(f"The policy in {source} {why}.",))


def _other_writer(file: Path, under: Path) -> str | None:
    """Find what somebody else can write: the file itself, or a folder on the way to it."""
    real = file.resolve()
    for place in (real, *real.parents):
        status = place.stat()
        is_sticky_folder = stat.S_ISDIR(status.st_mode) and status.st_mode & stat.S_ISVTX
        if status.st_uid != ADMINISTRATOR or (status.st_mode & OF_OTHERS and not is_sticky_folder):
            return str(place)
        if os.geteuid() != ADMINISTRATOR and os.access(place, os.W_OK):
            return str(place)  # by an access control list
        if place == under.resolve():
            break
    return None


def _read_registry() -> PolicyReading:
    r"""Read `HKLM\Software\Policies\VibesDesktop`, where by the system's rules only administrators write."""
    source = rf"HKLM\{REGISTRY_KEY}"
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, REGISTRY_KEY) as key:
                text, kind = winreg.QueryValueEx(key, REGISTRY_VALUE)
        except FileNotFoundError:
            return PolicyReading()
        except OSError as error:
            return _ignored(source, f"is not used: {(error.strerror or 'it cannot be read').lower()}")
        if _can_write_registry():
            return _ignored(source, "is not used: this user can write it")
        if kind == winreg.REG_SZ and isinstance(text, str):
            return parse_policy(text.encode("utf-8", "replace"), source)
    return _ignored(source, "is not used: it is no text")


def _can_write_registry() -> bool:
    if sys.platform == "win32":
        import ctypes
        import winreg

        if ctypes.windll.shell32.IsUserAnAdmin():
            return False  # an administrator may
        try:
            winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, REGISTRY_KEY, 0, winreg.KEY_SET_VALUE).Close()
        except OSError:
            return False
    return True


def _policy_from(document: Mapping[str, Any], source: str) -> Policy:
    mode, url = _proxy_from(document.get("proxy"))
    locked = _locked_from(document.get("locked", []))
    alone = locked & {Managed.PROFILES}  # this lock does something even where there are none
    return Policy(
        profiles=_profiles_from(document.get("profiles", [])),
        proxy_mode=mode,
        proxy_url=url,
        ca_file=_value(document, "ca_file", str),
        safety=_safety_from(document.get("safety")),
        listener=_value(document, "listener", bool),
        masking=_value(document, "masking", bool),
        retention_days=_days_from(document),
        locked=locked,
        sources={managed: source for managed in Managed if managed.value in document or managed in alone},
    )


def _value(document: Mapping[str, Any], name: str, kind: type[Any]) -> Any:
    value = document.get(name)
    if value is not None and (type(value) is not kind or value == ""):
        raise WrongValue(name)
    return value


def _profiles_from(entries: object) -> tuple[Profile, ...]:
    if not isinstance(entries, list):
        raise WrongValue("profiles")
    profiles = []
    for number, entry in enumerate(entries):
        if not isinstance(entry, dict):
            raise WrongValue("profiles")
        profile_id = entry.get("id", number)
        profiles.append(profile_from({**entry, "id": ProfileId(f"{MANAGED}{profile_id}")}))
    if len({profile.id for profile in profiles}) < len(profiles):
        raise WrongValue("profiles.id")
    return tuple(profiles)


def _proxy_from(value: object) -> tuple[ProxyMode | None, str | None]:
    if value is None:
        return None, None
    if value in (ProxyMode.SYSTEM.value, ProxyMode.NONE.value):
        return ProxyMode(value), None
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return ProxyMode.MANUAL, value
    raise WrongValue("proxy")


def _safety_from(value: object) -> Safety | None:
    if value is None:
        return None
    if value in (Safety.TEST.value, Safety.PRODUCTION.value):
        return Safety(value)
    raise WrongValue("safety")


def _days_from(document: Mapping[str, Any]) -> int | None:
    days = _value(document, "retention_days", int)
    if days is not None and not MIN_RETENTION_DAYS <= days <= MAX_RETENTION_DAYS:
        raise WrongValue("retention_days")
    return days if days is None else int(days)


def _locked_from(value: object) -> frozenset[Managed]:
    try:
        if isinstance(value, list):
            return frozenset(Managed(name) for name in value)
    except ValueError:
        pass
    raise WrongValue("locked")
