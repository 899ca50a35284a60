"""What was built: the same at every build, with sums and lists that are right."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
BUILD_SECONDS = 600.0
LARGEST_FOLDER = 150_000_000  # bytes
LARGEST_ARCHIVE = 50_000_000


def files_of(folder: Path) -> dict[str, str]:
    """Sum every file and name where every link leads, by place."""
    return {
        path.relative_to(folder).as_posix(): f"-> {path.readlink()}"
        if path.is_symlink()
        else f"{path.stat().st_mode & 0o111:o} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def test_a_second_build_is_the_same_file_by_file(built: Path, tmp_path: Path) -> None:
    second = tmp_path / "elsewhere"
    build = (ROOT / "scripts" / "build", "--output", second)
    done = subprocess.run(build, capture_output=True, text=True, timeout=BUILD_SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    assert files_of(second) == files_of(built)


def test_it_is_small(built: Path) -> None:
    files = [path for path in (built / "vibes-desktop").rglob("*") if not path.is_symlink()]
    assert 0 < sum(path.stat().st_size for path in files if path.is_file()) <= LARGEST_FOLDER
    archives = [*built.glob("*.deb"), *built.glob("*.tar.xz")]
    assert len(archives) == 2
    assert all(archive.stat().st_size <= LARGEST_ARCHIVE for archive in archives)


def test_the_sums_are_those_of_the_files(built: Path) -> None:
    checked = ("sha256sum", "--check", "--strict", "SHA256SUMS")
    done = subprocess.run(checked, cwd=built, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert len(done.stdout.splitlines()) == 4


def test_each_component_is_listed_with_its_licence(built: Path) -> None:
    licences = built / "vibes-desktop" / "_internal" / "licences"
    for listing in (*built.glob("*.cdx.json"), licences / "components.cdx.json"):
        document = json.loads(listing.read_text())
        assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
        names = {entry["name"] for entry in document["components"]}
        assert {"Python", "Qt", "PySide6_Essentials", "httpx", "numpy", "pyinstaller"} <= names
        for entry in document["components"]:
            assert entry["licenses"][0]["expression"]
            texts = [each["value"] for each in entry["properties"]]
            assert texts
            assert all((licences / text).read_bytes() for text in texts)


def test_qts_libraries_can_be_replaced(built: Path) -> None:
    inside = built / "vibes-desktop" / "_internal" / "PySide6" / "Qt" / "lib"
    assert {"libQt6Core.so.6", "libQt6Gui.so.6", "libQt6Widgets.so.6"} <= {
        path.name for path in inside.iterdir()
    }
    assert "replace them" in (built / "vibes-desktop/_internal/licences/Qt/Qt.txt").read_text()
