"""The packaged program says itself whether it has all it needs."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from tests.packaged.clean_root import System

NAMES = [
    "Qt platform",
    "Qt without a screen",
    "TLS store",
    "keyring",
    "folders",
    "SQLite",
    "policy",
    "worker processes",
    "samples",
    "sandbox",
]


def test_every_check_passes(system: System) -> None:
    done = system.run(system.program, "self-test")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    verdicts = [re.match(r"(ok|FAIL) ([^:]+): ", line) for line in done.stdout.splitlines()]
    assert [(found[1], found[2]) for found in verdicts if found] == [("ok", name) for name in NAMES]


def test_it_uses_the_keyring_of_the_desktop(system: System) -> None:
    report = json.loads(system.run(system.program, "self-test", "--json").stdout)
    [keyring] = [check["text"] for check in report["checks"] if check["name"] == "keyring"]
    assert keyring.startswith("keyring.backends.SecretService.Keyring, ")
    assert report["passed"] is True


def test_a_clean_system_has_nothing_of_the_development_environment(system: System) -> None:
    if system.is_clean:
        assert system.run("sh", "-c", "command -v python3 python").stdout == ""
    assert not [name for name in system.run("env").stdout.splitlines() if "venv" in name.lower()]


def test_without_a_keyring_it_says_what_to_do(system: System) -> None:
    done = system.run(
        system.program, "self-test", environment={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    )
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert done.returncode == 1
    assert len(failed) == 1
    assert failed[0].startswith("FAIL keyring: No keyring is available: ")
    assert failed[0].endswith("use it for this session only.")


def test_without_a_screen_it_says_what_to_do(system: System) -> None:
    nothing = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    done = system.run(system.program, environment=nothing)
    assert done.returncode == 3
    assert re.fullmatch(r"Vibes Desktop needs a screen, .*\n", done.stderr)
    assert "scripts/run" not in done.stderr


def test_a_folder_with_spaces_and_letters_of_the_world(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Büro – Προγράμματα und mehr"
    folder.mkdir()
    (folder / "program").symlink_to(built / "vibes-desktop")
    copied = System(folder, is_clean=False)
    program = str(folder / "program" / "vibes-desktop")
    home = folder / "Zuhause ärgerlich"
    home.mkdir()
    places = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    done = copied.run(program, "self-test", environment={"HOME": str(home), **places})
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert str(home) in done.stdout


def test_the_temporary_folder_may_forbid_programs(system: System) -> None:
    if not system.is_clean:  # it takes a file system of its own
        return
    mount = 'mount -t tmpfs -o noexec,nosuid tmpfs /var/tmp && exec env TMPDIR=/var/tmp "$@"'
    done = system.run("sh", "-c", mount, "sh", system.program, "self-test")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_a_home_that_may_not_be_written_is_told(system: System, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        return
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    places = {f"XDG_{kind}_HOME": f"/nonexistent/{kind}" for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    done = system.run(*nobody, system.program, "self-test", environment={"HOME": "/nonexistent", **places})
    failed = {line.partition(":")[0]: line for line in done.stdout.splitlines() if line.startswith("FAIL")}
    assert done.returncode == 1
    assert {"FAIL folders", "FAIL SQLite"} <= set(failed)
    assert "Check who may read and write" in failed["FAIL folders"]
