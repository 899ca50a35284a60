"""A policy is honoured when only an administrator can have written it, and ignored, in words, otherwise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.model.policy import MANAGED, NO_POLICY, Managed
from vibes_desktop.model.profile import ProxyMode, Safety
from vibes_desktop.storage.policy_file import (
    PolicyReading,
    parse_policy,
    policy_of_this_computer,
    read_policy_file,
)

WHOLE: dict[str, Any] = {
    "profiles": [
        {
            "id": "acme",
            "name": "Acme Retail",
            "company_key": "ACME",
            "base_url": "https://public-api.vibescm.com",
            "username": "acme@example.com",
        }
    ],
    "proxy": "http://proxy.example.com:8080",
    "ca_file": "/etc/ssl/acme.pem",
    "safety": "production",
    "listener": False,
    "masking": True,
    "retention_days": 30,
    "locked": ["proxy", "listener", "retention_days"],
}
NOBODY = 65534
READ_AS_ROOT = """
import sys
from pathlib import Path
from vibes_desktop.storage.policy_file import read_policy_file
reading = read_policy_file(Path(sys.argv[1]), under=Path(sys.argv[2]))
print(reading.policy.retention_days, *reading.notes)
"""


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    """A test prefix in which nobody but its owner can write."""
    folder = tmp_path / "etc" / "vibes-desktop"
    folder.mkdir(parents=True)
    (tmp_path / "etc").chmod(0o755)
    folder.chmod(0o755)
    file = folder / "policy.json"
    file.write_text(json.dumps(WHOLE))
    file.chmod(0o644)
    return tmp_path / "etc"


def read_as_root(prefix: Path, *, uid: int = 0) -> str:
    """Read the policy as the administrator would see it: really as root, or as root of a user namespace."""
    file = prefix / "vibes-desktop" / "policy.json"
    command = [sys.executable, "-c", READ_AS_ROOT, str(file), str(prefix)]
    if os.geteuid() != 0:
        command = ["unshare", "--user", "--map-root-user", *command]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def as_user(prefix: Path) -> PolicyReading:
    """Read the policy in this process."""
    return read_policy_file(prefix / "vibes-desktop" / "policy.json", under=prefix)


def test_what_only_the_administrator_can_write_is_honoured(prefix: Path) -> None:
    assert read_as_root(prefix) == "30"


@pytest.mark.parametrize("place", ["vibes-desktop/policy.json", "vibes-desktop", "."])
@pytest.mark.parametrize("mode", [0o020, 0o002])
def test_what_others_can_write_is_ignored_and_said(prefix: Path, place: str, mode: int) -> None:
    writable = prefix / place
    writable.chmod(writable.stat().st_mode | mode)
    told = read_as_root(prefix)
    assert told.startswith("None The policy in ")
    assert "others than the administrator can write" in told


def test_what_belongs_to_a_user_is_ignored(prefix: Path) -> None:
    if os.geteuid() == 0:
        os.chown(prefix / "vibes-desktop" / "policy.json", NOBODY, NOBODY)
    reading = as_user(prefix)
    assert reading.policy == NO_POLICY
    assert "others than the administrator" in reading.notes[0]


def test_a_link_is_followed_to_who_can_write_what_it_leads_to(prefix: Path, tmp_path: Path) -> None:
    open_folder = prefix / "open"
    open_folder.mkdir()
    (open_folder / "policy.json").write_text(json.dumps(WHOLE))
    open_folder.chmod(0o777)
    file = prefix / "vibes-desktop" / "policy.json"
    file.unlink()
    file.symlink_to(open_folder / "policy.json")
    assert read_as_root(prefix).startswith("None ")


def test_none_is_no_note(tmp_path: Path) -> None:
    assert read_policy_file(tmp_path / "policy.json") == PolicyReading()


def test_this_computer_has_none_or_says_why() -> None:
    reading = policy_of_this_computer()
    assert reading.policy == NO_POLICY or reading.policy.sources


def test_everything_is_read_with_its_source() -> None:
    policy = parse_policy(json.dumps(WHOLE).encode(), "/etc/x").policy
    assert [(each.id, each.name) for each in policy.profiles] == [(f"{MANAGED}acme", "Acme Retail")]
    assert (policy.proxy_mode, policy.proxy_url) == (ProxyMode.MANUAL, "http://proxy.example.com:8080")
    assert (policy.ca_file, policy.safety) == ("/etc/ssl/acme.pem", Safety.PRODUCTION)
    assert (policy.listener, policy.masking, policy.retention_days) == (False, True, 30)
    assert policy.locked == {Managed.PROXY, Managed.LISTENER, Managed.RETENTION}
    assert set(policy.sources) == set(Managed)
    assert set(policy.sources.values()) == {"/etc/x"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"profiles": {}}, "profiles"),
        ({"profiles": [1]}, "profiles"),
        ({"profiles": [{"name": "x"}]}, "company_key"),
        ({"profiles": [*WHOLE["profiles"], *WHOLE["profiles"]]}, "profiles.id"),
        ({"profiles": [{**WHOLE["profiles"][0], "base_url": "http://example.com"}]}, "base_url"),
        ({"proxy": 1}, "proxy"),
        ({"proxy": "ftp://x"}, "proxy"),
        ({"safety": "sandbox"}, "safety"),
        ({"listener": "no"}, "listener"),
        ({"masking": 1}, "masking"),
        ({"ca_file": ""}, "ca_file"),
        ({"retention_days": 0}, "retention_days"),
        ({"retention_days": True}, "retention_days"),
        ({"locked": ["everything"]}, "locked"),
        ({"locked": "proxy"}, "locked"),
    ],
)
def test_one_wrong_value_and_none_of_it_holds(change: dict[str, Any], place: str) -> None:
    reading = parse_policy(json.dumps(WHOLE | change).encode(), "/etc/x")
    assert reading.policy == NO_POLICY
    assert reading.notes == (f"The policy in /etc/x is not used: “{place}” in it is not usable.",)


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_policy_is_said(text: bytes) -> None:
    reading = parse_policy(text, "/etc/x")
    assert reading.policy == NO_POLICY
    assert len(reading.notes) == 1


def test_a_lock_on_profiles_is_told_even_where_it_brings_none() -> None:
    policy = parse_policy(b'{"locked": ["profiles", "masking"]}', "here").policy
    assert dict(policy.sources) == {Managed.PROFILES: "here"}
