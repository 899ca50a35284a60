"""The rooms keep their walls: who may import whom, who runs without Qt, and who has tests."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "vibes_desktop"
QT = {"PySide6", "shiboken6", "qtawesome", "qtpy"}
WITHOUT_QT = (
    "accounts",
    "callbacks",
    "cli",
    "credentials",
    "listener",
    "model",
    "people",
    "runtime.py",
    "sandbox",
    "storage",
    "vibes",
)
MAY_KNOW_QT = {"vibes_desktop.cli.app_command", "vibes_desktop.cli.self_test"}
WITHOUT_TEST_FILE = {
    "__main__.py": "three lines, run by tests/cli/test_main.py in a process of its own",
}

IMPORT_AND_TELL = """
import importlib, sys
importlib.import_module(sys.argv[1])
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def modules(*places: str) -> list[str]:
    """Name every module in these files and folders of the package."""
    found = [
        file
        for place in places
        for file in (
            sorted((SOURCE / place).rglob("*.py")) if (SOURCE / place).is_dir() else [SOURCE / place]
        )
    ]
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in found]
    return [name.removesuffix(".__init__") for name in names]


def packages_loaded_by(module: str) -> set[str]:
    """Import the module in a fresh interpreter and return the top-level names it brought along."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_AND_TELL, module], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize("module", [name for name in modules(*WITHOUT_QT) if name not in MAY_KNOW_QT])
def test_it_is_imported_without_qt(module: str) -> None:
    loaded = packages_loaded_by(module)
    assert "vibes_desktop" in loaded
    assert not loaded & QT


def test_qt_would_be_noticed() -> None:
    assert {"PySide6", "shiboken6"} <= packages_loaded_by("PySide6.QtCore")


@pytest.mark.parametrize(
    ("place", "more"), [("sandbox", {"h11"}), ("runtime.py", set[str]())], ids=["sandbox", "runtime"]
)
def test_the_standard_library_suffices(place: str, more: set[str]) -> None:
    allowed = {"vibes_desktop", "__main__"} | more | packages_loaded_by("sys") | sys.stdlib_module_names
    for module in modules(place):
        assert packages_loaded_by(module) <= allowed


def test_the_import_contracts_are_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_source_file_has_its_test_file() -> None:
    sources = [file.relative_to(SOURCE) for file in SOURCE.rglob("*.py") if file.name != "__init__.py"]
    missing = [
        source.as_posix()
        for source in sorted(sources)
        if not (ROOT / "tests" / source.parent / f"test_{source.name}").is_file()
    ]
    assert [name for name in missing if name not in WITHOUT_TEST_FILE] == []


def test_the_exceptions_from_having_a_test_file_are_still_needed() -> None:
    for name in WITHOUT_TEST_FILE:
        source = Path(name)
        assert (SOURCE / source).is_file()
        assert not (ROOT / "tests" / source.parent / f"test_{source.name}").exists()
