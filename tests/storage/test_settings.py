"""Settings survive being saved, damaged and forbidden."""

import json
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.profile import (
    ApiVersion,
    ClientCertificate,
    Profile,
    ProfileId,
    ProxyMode,
    Region,
    Safety,
)
from vibes_desktop.storage.settings import Settings, SettingsFile, Theme

MAIN = Profile(
    id=ProfileId("main"),
    name="Société Générale 🌍",
    company_key="acme",
    base_url=Region.EU.base_url,
    username="agnes@example.com",
    safety=Safety.TEST,
    api_version=ApiVersion.V1,
    phone_region="GB",
    proxy_mode=ProxyMode.MANUAL,
    proxy_url="http://proxy:3128",
    client_certificate=ClientCertificate("/a/cert.pem", "/a/key.pem"),
)
SANDBOX = Profile(ProfileId("s"), "Sandbox", "k", "http://127.0.0.1:8000", "u", Safety.SANDBOX)
FULL = Settings(
    theme=Theme.DARK,
    profiles=(MAIN, SANDBOX),
    current_profile=ProfileId("main"),
    retention_days=30,
    window={"geometry": "AdnQywADAAA="},
)
VALID: dict[str, Any] = {
    "id": "p",
    "name": "P",
    "company_key": "k",
    "base_url": "https://api.example.com",
    "username": "u",
}
WITH_LITTLE_ROOM = """
import resource, sys
from pathlib import Path
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.settings import Settings, SettingsFile
file = SettingsFile(Path(sys.argv[1]))
loaded = file.load()
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    file.save(loaded)
except StorageError as error:
    print(error.title)
print(len(file.load().profiles))
"""
READ_ONLY_HOME = """
import sys
from pathlib import Path
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.settings import SettingsFile
file = SettingsFile(Path(sys.argv[1]))
settings, trouble = file.load_or_set_aside()
print(len(settings.profiles), trouble and trouble.done)
try:
    file.save(settings)
except StorageError as error:
    print(error.title, "|", error.done)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file will be."""
    return tmp_path / "config" / "settings.json"


def write(path: Path, content: bytes) -> SettingsFile:
    """Put a file there."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return SettingsFile(path)


def test_without_a_file_there_are_defaults(path: Path) -> None:
    assert SettingsFile(path).load() == Settings()
    assert SettingsFile(path).load_or_set_aside() == (Settings(), None)
    assert not path.exists()


def test_what_was_saved_is_loaded(path: Path) -> None:
    SettingsFile(path).save(FULL)
    assert SettingsFile(path).load() == FULL
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_profile_is_found_by_its_id() -> None:
    assert FULL.profile(ProfileId("s")) == SANDBOX
    assert FULL.profile(None) is None


def test_it_can_be_mended_by_hand(path: Path) -> None:
    SettingsFile(path).save(FULL)
    text = path.read_text()
    assert text.count("\n") > 20
    path.write_text(text.replace('"dark"', '"light"'), encoding="utf-8-sig")
    assert SettingsFile(path).load() == replace(FULL, theme=Theme.LIGHT)


def test_what_a_newer_version_wrote_is_kept(path: Path) -> None:
    entry = {**VALID, "colour": {"hue": 1}}
    file = write(path, json.dumps({"profiles": [entry], "future": [1, None], "theme": "dark"}).encode())
    loaded = file.load()
    file.save(replace(loaded, theme=Theme.LIGHT))
    document = json.loads(path.read_bytes())
    assert document["future"] == [1, None]
    assert document["profiles"][0]["colour"] == {"hue": 1}
    assert document["theme"] == "light"
    file.save(replace(loaded, profiles=()))
    assert json.loads(path.read_bytes())["profiles"] == []


def test_saving_before_loading_keeps_it_too(path: Path) -> None:
    write(path, b'{"future": 1}').save(FULL)
    assert json.loads(path.read_bytes())["future"] == 1


def test_saving_over_an_unread_broken_file_is_refused(path: Path) -> None:
    file = write(path, b"broken")
    with pytest.raises(StorageError):
        file.save(FULL)
    assert path.read_bytes() == b"broken"


BROKEN = {
    "zeros": bytes(4096),
    "empty": b"",
    "garbage": b"\x93\xff\x00\x80garbage",
    "half": b'{"theme": "dar',
    "list": b"[1, 2]",
    "null": b"null",
    "deep": b"[" * 200_000,
    "huge": b'{"a": "' + b"x" * 4_000_000 + b'"}',
    "theme": b'{"theme": "sepia"}',
    "theme type": b'{"theme": null}',
    "retention type": b'{"retention_days": "90"}',
    "retention yes": b'{"retention_days": true}',
    "retention zero": b'{"retention_days": 0}',
    "retention float": b'{"retention_days": 90.5}',
    "window type": b'{"window": [1]}',
    "window values": b'{"window": {"geometry": 1}}',
    "current type": b'{"current_profile": 7}',
    "profiles type": b'{"profiles": {}}',
    "profile type": b'{"profiles": [null]}',
    "same id twice": json.dumps({"profiles": [VALID, VALID]}).encode(),
    **{f"no {name}": json.dumps({"profiles": [{**VALID, name: ""}]}).encode() for name in VALID},
    **{
        f"bad {name}": json.dumps({"profiles": [{**VALID, name: value}]}).encode()
        for name, value in {
            "base_url": "http://example.com",
            "safety": "reckless",
            "api_version": 3,
            "proxy_mode": [],
            "proxy_url": 1,
            "phone_region": "",
            "certificate_file": "/cert-without-key.pem",
        }.items()
    },
    "version yes": json.dumps({"profiles": [{**VALID, "api_version": True}]}).encode(),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_kept_aside_and_defaults_begin(path: Path, content: bytes) -> None:
    file = write(path, content)
    with pytest.raises(StorageError):
        file.load()
    assert path.read_bytes() == content
    loaded, trouble = file.load_or_set_aside()
    assert loaded == Settings()
    assert trouble is not None
    (aside,) = path.parent.iterdir()
    assert aside.name.startswith("settings.broken-2")
    assert aside.suffix == ".json"
    assert str(aside) in trouble.done
    assert aside.read_bytes() == content
    file.save(FULL)
    assert SettingsFile(path).load() == FULL
    assert aside.read_bytes() == content


def test_the_second_broken_file_of_a_day_does_not_replace_the_first(path: Path) -> None:
    for content in (b"first", b"second"):
        write(path, content).load_or_set_aside()
    assert sorted(file.read_bytes() for file in path.parent.iterdir()) == [b"first", b"second"]


def test_a_current_profile_that_is_gone_is_nobody(path: Path) -> None:
    assert write(path, b'{"current_profile": "gone"}').load().current_profile is None


def test_a_full_disk_leaves_the_old_settings(path: Path) -> None:
    SettingsFile(path).save(FULL)
    command = [sys.executable, "-c", WITH_LITTLE_ROOM, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == ["The disk is full", "2"]
    assert SettingsFile(path).load() == FULL


def test_a_read_only_home_is_read_and_saving_says_so(folder: Path, unprivileged: Callable[..., str]) -> None:
    path = folder / "settings.json"
    SettingsFile(path).save(FULL)
    path.chmod(0o444)
    folder.chmod(0o555)
    loaded, saved = unprivileged(READ_ONLY_HOME, path).splitlines()
    assert loaded == "2 None"
    assert saved.startswith("A file can't be opened or written | Nothing was written")


def test_a_broken_file_that_cannot_be_set_aside_is_never_overwritten(
    folder: Path, unprivileged: Callable[..., str]
) -> None:
    path = write(folder / "settings.json", b"broken").path
    path.chmod(0o444)
    folder.chmod(0o555)
    loaded, saved = unprivileged(READ_ONLY_HOME, path).splitlines()
    assert loaded.startswith("0 Nothing was changed. Settings and profiles will not be saved")
    assert saved.startswith("The settings can't be read |")
    assert path.read_bytes() == b"broken"


def test_a_file_that_may_not_be_read_is_not_lost(folder: Path, unprivileged: Callable[..., str]) -> None:
    path = write(folder / "settings.json", b'{"theme": "dark"}').path
    path.chmod(0o000)
    unprivileged(READ_ONLY_HOME, path)
    (aside,) = [file for file in folder.iterdir() if "broken" in file.name]
    aside.chmod(0o600)
    assert aside.read_bytes() == b'{"theme": "dark"}'


TEXTS = st.text(st.characters(exclude_categories=()), min_size=1, max_size=20)
PROFILES = st.builds(
    Profile,
    id=TEXTS.map(ProfileId),
    name=TEXTS,
    company_key=TEXTS,
    base_url=st.sampled_from([Region.US.base_url, "http://[::1]:8080/under"]),
    username=TEXTS,
    safety=st.sampled_from(Safety),
    api_version=st.sampled_from(ApiVersion),
    phone_region=TEXTS,
    proxy_mode=st.sampled_from(ProxyMode),
    proxy_url=st.none() | TEXTS,
    client_certificate=st.none() | st.builds(ClientCertificate, TEXTS, TEXTS),
)
ANY_SETTINGS = st.builds(
    Settings,
    theme=st.sampled_from(Theme),
    profiles=st.lists(PROFILES, max_size=3, unique_by=lambda profile: profile.id).map(tuple),
    current_profile=st.none(),
    retention_days=st.integers(1, 3650),
    window=st.dictionaries(TEXTS, TEXTS, max_size=3),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(ANY_SETTINGS)
def test_any_settings_come_back_as_they_were(path: Path, value: Settings) -> None:
    SettingsFile(path).save(value)
    assert SettingsFile(path).load() == value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner)))
def test_any_value_in_any_place_is_read_or_refused(path: Path, value: object) -> None:
    for name in ("theme", "profiles", "current_profile", "retention_days", "window"):
        file = write(path, json.dumps({name: value}).encode())
        loaded, trouble = file.load_or_set_aside()
        assert loaded == Settings() if trouble else isinstance(loaded, Settings)
        assert path.exists() == (trouble is None)
