"""The self-test on computers that offer everything, and on those that lack something."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vibes_desktop import __version__
from vibes_desktop.cli.app_command import NO_SCREEN
from vibes_desktop.cli.self_checks import CheckFailed
from vibes_desktop.cli.self_test import checked, run_self_test
from vibes_desktop.model.errors import StorageError

if TYPE_CHECKING:
    from tests.cli.conftest import Program

ROOT = Path(__file__).parent.parent.parent
WITH_KEYRING = ROOT / "scripts" / "with-keyring"
WITH_DISPLAY = ROOT / "scripts" / "with-display"
ROOT_USER = 0
DROP_RIGHTS = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
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
OF_FILES = ["folders", "SQLite"]
FAILING = {"Qt platform", "keyring"}  # without a screen and a message bus
SELF_TEST_ELSEWHERE = """
import sys
from vibes_desktop.cli.main import main
sys.path.remove("")
sys.exit(main(["self-test"]))
"""
CHECK_FILES = """
import sys
from vibes_desktop.cli.self_test import check_files
lines = list(check_files())
print(*lines, sep="\\n")
sys.exit(not all(line.passed for line in lines))
"""
DIES_IN_QT = "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n"


def lines(output: str) -> dict[str, str]:
    """Split the report into the lines' texts by name, each with its verdict in front."""
    found = {}
    for line in output.splitlines():
        verdict, _, rest = line.partition(" ")
        name, _, text = rest.partition(": ")
        assert verdict in {"ok", "FAIL"}
        found[name] = f"{verdict} {text}"
    return found


def test_where_nothing_is_missing_every_line_is_ok(program: Program) -> None:
    done = program("self-test", before=(WITH_KEYRING, WITH_DISPLAY))
    report = lines(done.stdout)
    assert (done.returncode, done.stderr, list(report)) == (0, "", NAMES)
    assert all(text.startswith("ok ") for text in report.values())
    assert report["Qt platform"].startswith("ok xcb, Qt 6.")
    assert report["keyring"].startswith("ok keyring.backends.SecretService.Keyring, GNOME Keyring")
    assert report["SQLite"].endswith("journal_mode=WAL, synchronous=FULL, secure_delete")


def test_without_screen_and_keyring_the_other_lines_are_there(program: Program) -> None:
    done = program("self-test")
    report = lines(done.stdout)
    assert (done.returncode, done.stderr, list(report)) == (1, "", NAMES)
    assert report["Qt platform"] == f"FAIL {NO_SCREEN}"
    assert report["keyring"].startswith("FAIL ")
    assert "session only" in report["keyring"]
    assert {name for name, text in report.items() if text.startswith("FAIL")} == FAILING


def test_it_leaves_nothing_behind(program: Program) -> None:
    program("self-test", before=(WITH_KEYRING,), QT_QPA_PLATFORM="offscreen")
    program("self-test", QT_QPA_PLATFORM="offscreen")
    home = Path(program.environment["HOME"])
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_the_screen_alone_can_be_checked(program: Program) -> None:
    done = program("self-test", "--window", QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, list(lines(done.stdout)), done.stderr) == (0, ["Qt platform"], "")
    done = program("self-test", "--window")
    assert (done.returncode, done.stdout, done.stderr) == (1, f"FAIL Qt platform: {NO_SCREEN}\n", "")


def test_a_crash_in_qt_is_a_sentence(program: Program, tmp_path: Path) -> None:
    broken = tmp_path / "broken" / "PySide6"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text(DIES_IN_QT)
    done = program("self-test", PYTHONPATH=str(broken.parent))
    assert (
        "FAIL Qt platform: Qt ended the process with status -11 before a window was painted\n" in done.stdout
    )
    assert (done.returncode, done.stderr, list(lines(done.stdout))) == (1, "", NAMES)


def test_a_missing_library_of_qt_is_a_sentence(program: Program, tmp_path: Path) -> None:
    broken = tmp_path / "broken" / "PySide6"
    broken.mkdir(parents=True)
    (broken / "__init__.py").touch()
    (broken / "QtWidgets.py").write_text("raise ImportError('libEGL.so.1: no such file')\n")
    done = program("self-test", PYTHONPATH=str(broken.parent))
    assert lines(done.stdout)["Qt platform"].startswith(
        "FAIL Vibes Desktop can't load Qt (libEGL.so.1: no such"
    )


def test_modules_of_the_current_folder_are_not_run(program: Program) -> None:
    package = program.folder / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('a stranger was imported')\n")
    done = program.run_python(SELF_TEST_ELSEWHERE, QT_QPA_PLATFORM="offscreen")
    assert lines(done.stdout)["Qt platform"].startswith("ok offscreen")


def test_a_home_that_may_not_be_written_is_named(program: Program) -> None:
    home = Path(program.environment["HOME"])
    for folder in (program.folder, home, *list(home.parents)[:3]):
        folder.chmod(0o755)
    home.chmod(0o555)
    done = program.run_python(CHECK_FILES, before=DROP_RIGHTS if os.geteuid() == ROOT_USER else ())
    home.chmod(0o700)
    assert (done.returncode, done.stderr, list(lines(done.stdout))) == (1, "", OF_FILES)
    for text in lines(done.stdout).values():
        assert text.startswith("FAIL A file can't be opened or written: Check who may read and write")
        assert str(home) in text


def test_in_this_process_it_says_the_same(capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    status = run_self_test()
    report = lines(capsys.readouterr().out)
    assert list(report) == NAMES
    assert status == int(any(text.startswith("FAIL") for text in report.values()))


def test_one_json_object_says_the_same(program: Program) -> None:
    done = program("self-test", "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["passed"], report["version"]) == (1, False, __version__)
    assert [check["name"] for check in report["checks"]] == NAMES
    assert {check["name"] for check in report["checks"] if not check["passed"]} == FAILING
    assert {check["text"] for check in report["checks"] if check["name"] == "Qt platform"} == {NO_SCREEN}


def test_whatever_a_check_raises_becomes_its_line() -> None:
    def fail(error: Exception) -> str:
        raise error

    title = StorageError("The disk is full", "Nothing was written.", "Make room.")
    assert str(checked("a", lambda: fail(CheckFailed("two\nlines")))) == "FAIL a: two lines"
    assert str(checked("b", lambda: fail(title))) == "FAIL b: The disk is full: Make room."
    assert str(checked("c", lambda: fail(ValueError("odd")))) == "FAIL c: ValueError: odd"
    assert str(checked("d", lambda: "fine")) == "ok d: fine"


def test_a_reader_that_has_enough_is_no_fault(program: Program) -> None:
    command = f"{shlex.join(program.command('self-test'))} | head -n 1"
    done = program.run_python(f"import subprocess; subprocess.run({command!r}, shell=True)")
    assert (done.stdout.count("\n"), done.stderr) == (1, "")
