"""What is the user's outlives an upgrade and the removal of the program; run after everything else."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.journey.kept_secret import kept_secrets
from tests.packaged.clean_root import System
from tests.packaged.eyes import ScreenReader
from tests.packaged.outside import OutsideDriver
from vibes_desktop.storage.folders import Folders

NEWER = 99  # a schema that nobody has written yet
INNER = "/tmp/*"  # noqa: S108 - what the clean root shares with this machine


def test_an_upgrade_beside_the_open_window_keeps_everything(
    window: subprocess.Popen[str], system: System, package: Path, tmp_path: Path
) -> None:
    if not system.is_clean:
        return
    before = Folders.of_user().settings_file.read_bytes()
    with closing(ScreenReader()) as reader:
        driver = OutsideDriver(tmp_path, reader, window)
        driver.wait_for_text("People")
        system.install(_newer(package, tmp_path))
        driver.wait_for_text("Vibes Desktop was updated: close this window and start it again")
    assert window.poll() is None
    assert system.run("dpkg-query", "-W", "-f", "${Version}", "vibes-desktop").stdout.endswith("+1")
    assert system.run(system.program, "self-test").returncode == 0
    assert Folders.of_user().settings_file.read_bytes() == before


def test_a_downgrade_opens_newer_data_for_reading_and_says_why(
    system: System, desktop: None, tmp_path: Path
) -> None:
    file = Folders.of_user().desk_file
    with _of_version(file, NEWER):
        before = file.read_bytes()
        with system.start(QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1") as process, closing(ScreenReader()) as reader:
            driver = OutsideDriver(tmp_path, reader, process)
            driver.wait_for_text("written by a newer version of this program")
            driver.wait_for_text("It can be read here; nothing is written to it.")
            process.terminate()
        assert file.read_bytes() == before


def test_removal_leaves_what_is_the_users_and_nothing_else(system: System) -> None:
    folders = Folders.of_user()
    kept = {file: file.read_bytes() for file in (folders.settings_file, folders.desk_file)}
    secrets = kept_secrets()
    system.remove()
    if system.is_clean:
        search = ("find", "/", "-xdev", "-name", "*vibes*desktop*", "-not", "-path", INNER)
        assert system.run(*search).stdout == ""
        assert system.run("dpkg", "--audit").stdout == ""
    assert {file: file.read_bytes() for file in kept} == kept
    assert kept_secrets() == secrets
    assert secrets


def _newer(package: Path, folder: Path) -> Path:
    """Make a package of a newer version: the same files, another number."""
    unpacked, newer = folder / "unpacked", folder / "newer.deb"
    subprocess.run(("dpkg-deb", "--raw-extract", package, unpacked), check=True)
    control = unpacked / "DEBIAN" / "control"
    lines = control.read_text().splitlines()
    control.write_text(
        "".join(f"{line}+1\n" if line.startswith("Version: ") else f"{line}\n" for line in lines)
    )
    build = ("dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", unpacked, newer)
    subprocess.run(build, check=True, capture_output=True)
    return newer


@contextmanager
def _of_version(file: Path, version: int) -> Iterator[None]:
    """Have a record store be one of another version for a while."""

    def swap(number: int) -> int:
        with closing(sqlite3.connect(file)) as connection:
            [former] = connection.execute("PRAGMA user_version").fetchone()
            connection.execute(f"PRAGMA user_version={number}")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return int(former)

    former = swap(version)
    try:
        yield
    finally:
        swap(former)
