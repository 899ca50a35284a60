"""The self-test on computers that offer everything, and on those that lack something."""

from __future__ import annotations

import os
import ssl
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.cli.app_command import NO_SCREEN
from vibes_desktop.cli.self_test import (
    CheckFailed,
    check_folders,
    check_sqlite,
    check_tls_store,
    run_self_test,
)
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.folders import Folders
from vibes_desktop.vibes import tls

if TYPE_CHECKING:
    from tests.cli.conftest import Program

ROOT = Path(__file__).parent.parent.parent
WITH_KEYRING = ROOT / "scripts" / "with-keyring"
WITH_DISPLAY = ROOT / "scripts" / "with-display"
ROOT_USER = 0
DROP_RIGHTS = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
NAMES = ["Qt platform", "TLS store", "keyring", "folders", "SQLite"]
SELF_TEST_ELSEWHERE = """
import sys
from vibes_desktop.cli.main import main
sys.path.remove("")
sys.exit(main(["self-test"]))
"""
CHECK_FILES = """
import sys
from vibes_desktop.cli.self_test import check_files
sys.exit(not all(check_files()))
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
    assert report["SQLite"].endswith("journal_mode=WAL, synchronous=FULL")


def test_without_screen_and_keyring_the_other_lines_are_there(program: Program) -> None:
    done = program("self-test")
    report = lines(done.stdout)
    assert (done.returncode, done.stderr, list(report)) == (1, "", NAMES)
    assert report["Qt platform"] == f"FAIL {NO_SCREEN}"
    assert report["keyring"].startswith("FAIL ")
    assert "session only" in report["keyring"]
    assert all(report[name].startswith("ok ") for name in ("TLS store", "folders", "SQLite"))


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


def test_an_empty_certificate_store_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = ssl.get_default_verify_paths()._replace(
        openssl_cafile=str(tmp_path / "missing.pem"), openssl_capath=str(tmp_path)
    )
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: nothing)
    monkeypatch.setattr(tls, "CA_FILES", ())
    with pytest.raises(CheckFailed, match="holds no certificate authority"):
        check_tls_store()
    (tmp_path / "8d86cdd1.0").touch()
    assert check_tls_store().startswith("read by the operating system")


def test_the_real_store_holds_authorities() -> None:
    assert int(check_tls_store().split()[0]) > 0


def test_a_home_that_may_not_be_written_is_named(program: Program) -> None:
    home = Path(program.environment["HOME"])
    for folder in (program.folder, home, *list(home.parents)[:3]):
        folder.chmod(0o755)
    home.chmod(0o555)
    done = program.run_python(CHECK_FILES, before=DROP_RIGHTS if os.geteuid() == ROOT_USER else ())
    home.chmod(0o700)
    assert (done.returncode, done.stderr, list(lines(done.stdout))) == (1, "", NAMES[-2:])
    for text in lines(done.stdout).values():
        assert text.startswith("FAIL A file can't be opened or written: Check who may read and write")
        assert str(home) in text


def test_folders_are_made_private(tmp_path: Path) -> None:
    folders = Folders.under(tmp_path / "new")
    assert str(folders.state) in check_folders(folders)
    for folder in (folders.config, folders.data, folders.state):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert list(folder.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    folders = Folders.under(tmp_path)
    folders.data.write_bytes(b"")
    with pytest.raises(StorageError) as trouble:
        check_folders(folders)
    assert str(folders.data) in trouble.value.advice


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_a_folder_that_others_may_enter_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = Folders.under(tmp_path)
    folders.create()
    monkeypatch.setattr(Path, "chmod", refuse_to_narrow)
    os.chmod(folders.data, 0o755)  # noqa: PTH101, S103 - Path.chmod is somebody else's now
    with pytest.raises(CheckFailed) as failure:
        check_folders(folders)
    assert str(failure.value) == f"{folders.data} has the mode 0755 instead of 0700: others could use it"


def refuse_to_narrow(path: Path, mode: int) -> None:
    """Do what a file system without owners does."""
    raise PermissionError


def test_the_database_is_opened_on_the_disk_of_the_record_store(tmp_path: Path) -> None:
    assert check_sqlite(tmp_path).endswith("journal_mode=WAL, synchronous=FULL")
    assert list(tmp_path.iterdir()) == []


def test_in_this_process_it_says_the_same(capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    status = run_self_test()
    report = lines(capsys.readouterr().out)
    assert list(report) == NAMES
    assert status == int(any(text.startswith("FAIL") for text in report.values()))
