"""The Debian package is one that dpkg reads, with what a desktop wants to know."""

from __future__ import annotations

import configparser
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts.packing.components import ROOT, Component
from scripts.packing.deb import DESKTOP, write_deb
from scripts.packing.dependencies import TABLE, UnknownLibrary, packages_for, read_table

TIME = 1_700_000_000
DEPENDS = ["ca-certificates", "libc6 (>= 2.36)"]
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of a small program."""
    folder = tmp_path / "vibes-desktop"
    (folder / "_internal").mkdir(parents=True)
    (folder / "vibes-desktop").write_text("#!/bin/sh\n")
    (folder / "vibes-desktop").chmod(0o755)
    components = [Component("made", "1.0", "MIT", ())]
    content = write_deb(
        folder, tmp_path / "staging" / "root", components, version="1.2.3", time=TIME, depends=DEPENDS
    )
    file = tmp_path / "made.deb"
    file.write_bytes(content)
    return file


def dpkg(*arguments: str | Path) -> str:
    """Ask Debian's own tool."""
    return subprocess.run(("dpkg-deb", *arguments), capture_output=True, text=True, check=True).stdout


def test_dpkg_reads_what_it_says_of_itself(package: Path) -> None:
    assert dpkg("--field", package, "Package", "Version", "Depends") == (
        "Package: vibes-desktop\nVersion: 1.2.3\nDepends: ca-certificates, libc6 (>= 2.36)\n"
    )
    assert "postinst" not in dpkg("--info", package)  # nothing is run, so nothing can be left behind


def test_it_holds_what_a_desktop_wants_to_know(package: Path, tmp_path: Path) -> None:
    root = tmp_path / "unpacked"
    dpkg("--extract", package, root)
    share = root / "usr" / "share"
    places = (
        "applications/vibes-desktop.desktop",
        "mime/packages/vibes-desktop.xml",
        "icons/hicolor/scalable/apps/vibes-desktop.svg",
        "icons/hicolor/48x48/apps/vibes-desktop.png",
        "man/man1/vibes-desktop.1.gz",
        "doc/vibes-desktop/copyright",
        "doc/vibes-desktop/changelog.gz",
    )
    assert [place for place in places if not (share / place).is_file()] == []
    assert (root / "usr/bin/vibes-desktop").resolve() == root / "usr/lib/vibes-desktop/vibes-desktop"
    assert "made 1.0: MIT" in (share / "doc/vibes-desktop/copyright").read_text()


def test_the_sums_inside_are_right(package: Path, tmp_path: Path) -> None:
    dpkg("--raw-extract", package, tmp_path / "raw")
    checked = ("md5sum", "--check", "--strict", "DEBIAN/md5sums")
    assert subprocess.run(checked, cwd=tmp_path / "raw", capture_output=True, check=False).returncode == 0


def test_the_desktop_entry_opens_files_of_the_types_it_names() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(DESKTOP / "vibes-desktop.desktop")
    main = entry["Desktop Entry"]
    assert (main["Exec"], main["Icon"], main["Terminal"]) == ("vibes-desktop %F", "vibes-desktop", "false")
    assert main["MimeType"] == "application/json;application/x-ndjson;"
    declared = ElementTree.parse(DESKTOP / "vibes-desktop.xml").getroot()  # noqa: S314 - our own file
    assert [kind.get("type") for kind in declared.iter(f"{MIME}mime-type")] == ["application/x-ndjson"]


def test_the_manual_names_every_command() -> None:
    manual = (DESKTOP / "vibes-desktop.1").read_text().replace("\\-", "-")
    source = (ROOT / "vibes_desktop/cli/main.py").read_text()
    commands = re.findall(r'add_parser\(\s*"([a-z-]+)"', source)
    assert {"inspect", "listen", "sandbox", "self-test"} <= set(commands)
    assert [command for command in commands if f'"{command} ' not in manual] == []


def test_a_library_that_no_package_is_known_for_is_named() -> None:
    table = read_table(TABLE.read_text())
    assert packages_for({"libz.so.1", "libm.so.6"}, table) == {"zlib1g", "libc6"}
    with pytest.raises(UnknownLibrary, match=r"libunheard\.so\.7"):
        packages_for({"libz.so.1", "libunheard.so.7"}, table)
