"""Every failure of the disk has its sentences."""

import errno
import sqlite3
from pathlib import Path

import pytest

from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.trouble import (
    DamagedDatabase,
    DiskFull,
    FileBusy,
    FileForbidden,
    NewerDatabase,
    database_trouble,
    file_trouble,
)

PATH = Path("/somewhere/desk.sqlite3")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EFBIG, DiskFull),
        (errno.EACCES, FileForbidden),
        (errno.EPERM, FileForbidden),
        (errno.EROFS, FileForbidden),
        (errno.EIO, StorageError),
    ],
)
def test_an_error_of_the_system_is_named(code: int, kind: type[StorageError]) -> None:
    trouble = file_trouble(OSError(code, "why"), PATH)
    assert type(trouble) is kind
    assert str(PATH) in trouble.advice
    assert trouble.done == "Nothing was written, and what was there before is unharmed."


def test_an_error_without_a_reason_has_words_too() -> None:
    assert file_trouble(OSError(), PATH).advice.startswith("The operating system gave no reason")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_READONLY_DIRECTORY, FileForbidden),
        (sqlite3.SQLITE_CANTOPEN, FileForbidden),
        (sqlite3.SQLITE_CORRUPT_INDEX, DamagedDatabase),
        (sqlite3.SQLITE_NOTADB, DamagedDatabase),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, FileBusy),
        (sqlite3.SQLITE_IOERR_FSYNC, StorageError),
        (sqlite3.SQLITE_ERROR, StorageError),
    ],
)
def test_an_error_of_sqlite_is_named(code: int, kind: type[StorageError]) -> None:
    error = sqlite3.OperationalError("near a canary")
    error.sqlite_errorcode = code
    trouble = database_trouble(error, PATH, "Nothing was changed.")
    assert type(trouble) is kind
    assert str(PATH) in trouble.advice
    assert trouble.done == "Nothing was changed."
    assert "canary" not in trouble.title + trouble.advice


def test_an_error_without_a_code_has_words_too() -> None:
    assert database_trouble(sqlite3.ProgrammingError("closed"), PATH).title


def test_a_newer_file_says_that_it_is_only_read() -> None:
    assert "nothing is written" in NewerDatabase(PATH).done
