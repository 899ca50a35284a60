"""Each check of the self-test, where something is missing and where nothing is."""

from __future__ import annotations

import os
import ssl
import stat
import sys
from pathlib import Path
from typing import Self

import pytest

import vibes_desktop
from vibes_desktop.cli import self_checks
from vibes_desktop.cli.self_checks import (
    CheckFailed,
    check_folders,
    check_samples,
    check_sandbox,
    check_sqlite,
    check_tls_store,
    check_workers,
    import_every_room,
    own_command,
)
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.folders import Folders
from vibes_desktop.vibes import tls


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
    assert check_sqlite(tmp_path).endswith("journal_mode=WAL, synchronous=FULL, secure_delete")
    assert list(tmp_path.iterdir()) == []


def test_an_old_sqlite_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_checks, "OLDEST_SQLITE", (99, 0))
    with pytest.raises(CheckFailed, match="knows no strict tables"):
        check_sqlite(tmp_path)


def test_a_worker_process_answers() -> None:
    assert check_workers() == "one was started, answered and ended"


def test_work_in_this_process_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Here:
        def __init__(self, *_arguments: object, **_options: object) -> None: ...
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_trouble: object) -> None: ...
        def submit(self, work: object) -> Here:
            return self

        def result(self, timeout: float) -> int:
            return os.getpid()

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", Here)
    with pytest.raises(CheckFailed, match="was done in this one"):
        check_workers()


def test_every_type_of_callback_is_among_the_samples() -> None:
    assert check_samples() == "17 callbacks were read and indexed"


def test_samples_that_are_not_there_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vibes_desktop.ui.resources.resources_dir", lambda: tmp_path)
    with pytest.raises(CheckFailed, match="install it again"):
        check_samples()


def test_the_sandbox_answers_a_look_up() -> None:
    assert check_sandbox() == "a look-up of EXT542342 was answered"


def test_a_packaged_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_command("--version")[0] == sys.executable
    assert own_command("--version")[-1] != "--version"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command("--version") == (sys.executable, "--version")


def test_a_room_that_cannot_be_imported_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import_every_room()
    (tmp_path / "broken_room.py").write_text("import nothing_of_that_name\n")
    monkeypatch.setattr(vibes_desktop, "__path__", [*vibes_desktop.__path__, str(tmp_path)])
    with pytest.raises(ModuleNotFoundError, match="nothing_of_that_name"):
        import_every_room()
