"""What can't be run here is at least well formed, and agrees with what can."""

from __future__ import annotations

import plistlib
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts.packing.components import ROOT

PACKAGING = ROOT / "packaging"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
VERSION_MODULE = ROOT / "vibes_desktop" / "__init__.py"


def test_every_action_is_pinned_to_a_commit() -> None:
    uses = [line for file in WORKFLOWS for line in re.findall(r"uses: (.+)", file.read_text())]
    assert len(uses) > 5
    assert [line for line in uses if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v[\d.]+", line)] == []


def test_what_a_workflow_runs_is_there() -> None:
    text = "".join(file.read_text() for file in WORKFLOWS)
    named = set(re.findall(r"(?<![\w/.])(packaging/[\w./-]+|\.ci/run)", text.replace("\\", "/")))
    assert {".ci/run", "packaging/build-folder", "packaging/macos/make-dmg"} <= named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_the_entitlements_are_few() -> None:
    entitlements = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert set(entitlements) == {
        "com.apple.security.cs.allow-unsigned-executable-memory",
        "com.apple.security.cs.disable-library-validation",
    }


def test_the_msi_upgrades_in_place() -> None:
    space = "{http://wixtoolset.org/schemas/v4/wxs}"
    definition = ElementTree.parse(PACKAGING / "windows" / "vibes-desktop.wxs")  # noqa: S314 - our own file
    [package] = definition.getroot().iter(f"{space}Package")
    assert (package.get("Scope"), package.get("Version")) == ("perMachine", "$(Version)")
    assert package.get("UpgradeCode")
    assert len(list(package.iter(f"{space}MajorUpgrade"))) == 1


def test_the_installer_is_for_one_user_and_leaves_the_data() -> None:
    script = (PACKAGING / "windows" / "vibes-desktop.iss").read_text()
    assert "PrivilegesRequired=lowest" in script
    assert "[UninstallDelete]" not in script


@pytest.mark.parametrize("name", ["build-folder", "macos/make-dmg"])
def test_shell_recipes_can_be_read(name: str) -> None:
    assert subprocess.run(("bash", "-n", PACKAGING / name), check=False).returncode == 0
    assert (PACKAGING / name).stat().st_mode & 0o111


def test_signing_is_skipped_loudly() -> None:
    for name in ("windows/sign.ps1", "macos/make-dmg"):
        assert "NOT SIGNED" in (PACKAGING / name).read_text()


def test_the_version_stands_in_one_place() -> None:
    found = re.search(r'__version__ = "([^"]+)"', VERSION_MODULE.read_text())
    assert found is not None
    version = found[1]
    pattern = re.compile(rf"(?<![\d.]){re.escape(version)}(?!\.?\d)")
    places = [ROOT / "pyproject.toml", ROOT / "build.spec", *PACKAGING.rglob("*")]
    named = [path for path in places if path.is_file() and pattern.search(read(path))]
    assert [path for path in named if path.suffix not in {".iss", ".wxs", ".txt"}] == []  # an example


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def test_the_icons_are_those_of_the_drawing() -> None:
    pictures = sorted((ROOT / "resources/desktop-integration/icons").glob("*.png"))
    assert [int(path.stem) for path in sorted(pictures, key=lambda path: int(path.stem))][:3] == [16, 24, 32]
    assert (PACKAGING / "windows/vibes-desktop.ico").read_bytes()[:4] == b"\0\0\1\0"
    assert (PACKAGING / "macos/vibes-desktop.icns").read_bytes()[:4] == b"icns"
