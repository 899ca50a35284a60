"""The commands a newcomer types, where they can be tried without installing anything."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"
WAIT_SECONDS = 60.0
ROOT_USER = 0
NOBODY = 65534

HIDES_TWO_PACKAGES = "#!/bin/sh\nexec {real} \"$@\" | grep -v -e ' xvfb$' -e ' libxcb-cursor0$'\n"
REFUSES = "#!/bin/sh\nexit 1\n"
STORE_A_SECRET = """
import os, sys
from keyring.backends.SecretService import Keyring
Keyring().set_password("service", "user", "stored")
print(Keyring().get_password("service", "user"), os.environ["HOME"], *sys.argv[1:])
sys.exit(7)
"""
CONNECT_TO_X = """
import ctypes, os
xcb = ctypes.CDLL("libxcb.so.1")
xcb.xcb_connect.restype = ctypes.c_void_p
failed = xcb.xcb_connection_has_error(ctypes.c_void_p(xcb.xcb_connect(None, None)))
print("failed" if failed else "connected", os.environ["DISPLAY"], os.environ["QT_QPA_PLATFORM"])
raise SystemExit(5)
"""


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with more in its environment, and keep what it wrote."""
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=WAIT_SECONDS,
        env={**os.environ, **environment},
        check=False,
    )


def write_program(path: Path, text: str) -> None:
    """Write a small program that anybody may run."""
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def checkout() -> Iterator[Path]:
    """Copy the set-up alone to a folder with a space in its name that belongs to somebody without rights."""
    top = Path(tempfile.mkdtemp())
    top.chmod(0o755)
    root = top / "a checkout"
    (root / "scripts").mkdir(parents=True)
    (root / "bin").mkdir()
    shutil.copy(SCRIPTS / "setup", root / "scripts")
    shutil.copytree(SCRIPTS.parent / "requirements", root / "requirements")
    write_program(root / "bin" / "dpkg-query", HIDES_TWO_PACKAGES.format(real=shutil.which("dpkg-query")))
    write_program(root / "bin" / "sudo", REFUSES)
    if os.geteuid() == ROOT_USER:
        os.chown(root, NOBODY, NOBODY)
    yield root
    shutil.rmtree(top)


def test_what_may_not_be_installed_is_named_with_the_exact_command(checkout: Path) -> None:
    drop = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    without_rights = drop if os.geteuid() == ROOT_USER else ()
    path = f"{checkout / 'bin'}:/usr/bin:/bin"
    done = run(*without_rights, checkout / "scripts" / "setup", "journey", PATH=path)
    command = "sudo apt-get update && sudo apt-get install --no-install-recommends "
    lines = [line.strip() for line in done.stderr.splitlines() if "apt-get install" in line]
    assert len(lines) == 1
    assert lines[0].startswith(command)
    assert lines[0].removeprefix(command).split()[-2:] == ["libxcb-cursor0", "xvfb"]
    assert done.returncode == 1
    assert not (checkout / ".venv").exists()


def test_setup_refuses_a_purpose_it_does_not_know() -> None:
    done = run(SCRIPTS / "setup", "lunch")
    assert (done.returncode, done.stderr) == (
        1,
        "setup: unknown purpose 'lunch': run, journey, test, build or packaged\n",
    )


def test_a_command_gets_a_keyring_and_a_home_of_its_own() -> None:
    done = run(SCRIPTS / "with-keyring", sys.executable, "-c", STORE_A_SECRET, "two words", "$HOME")
    secret, home, *arguments = done.stdout.split(maxsplit=2)
    assert (secret, arguments) == ("stored", ["two words $HOME\n"])
    assert home != os.environ["HOME"]
    assert not Path(home).exists()
    assert (done.returncode, done.stderr) == (7, "")


def test_a_command_gets_a_display_of_its_own() -> None:
    done = run(SCRIPTS / "with-display", sys.executable, "-c", CONNECT_TO_X)
    outcome, display, platform = done.stdout.split()
    assert (outcome, platform, done.returncode, done.stderr) == ("connected", "xcb", 5, "")
    assert not Path(f"/tmp/.X11-unix/X{display[1:]}").exists()  # noqa: S108 - where X servers meet


def test_two_displays_do_not_meet() -> None:
    inner = (str(SCRIPTS / "with-display"), "sh", "-c", "echo $OUTER $DISPLAY")
    done = run(SCRIPTS / "with-display", "sh", "-c", 'OUTER=$DISPLAY exec "$@"', "sh", *inner)
    outer, own = done.stdout.split()
    assert outer != own


@pytest.mark.parametrize("name", ["with-display", "with-keyring"])
def test_without_a_command_they_say_how_to_use_them(name: str) -> None:
    done = run(SCRIPTS / name)
    assert (done.returncode, done.stderr) == (2, f"usage: {name} COMMAND [ARGUMENT...]\n")


@pytest.mark.parametrize(
    "file",
    [*filter(Path.is_file, sorted(SCRIPTS.glob("[!.]*"))), SCRIPTS.parent / ".ci" / "run"],
    ids=lambda file: file.name,
)
def test_every_script_can_be_run(file: Path) -> None:
    assert os.access(file, os.X_OK)
    first_line = file.read_bytes().split(b"\n", 1)[0].decode()
    assert first_line in {"#!/usr/bin/env bash", "#!/usr/bin/env python3"}
    if first_line.endswith("bash"):
        assert run("bash", "-n", file).returncode == 0
