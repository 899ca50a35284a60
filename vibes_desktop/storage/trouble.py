"""Failures of the disk in words for a person."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

from vibes_desktop.model.errors import StorageError

if TYPE_CHECKING:
    import sqlite3

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
SQLITE_PRIMARY_CODE = 0xFF
NOT_WRITTEN = "Nothing was written, and what was there before is unharmed."


class DiskFull(StorageError):
    """No space, or a quota or a limit on file sizes was reached."""

    def __init__(self, path: Path, done: str = NOT_WRITTEN) -> None:
        super().__init__(
            "The disk is full", done, f"Make space on the disk that holds {path}, then try again."
        )


class FileForbidden(StorageError):
    """This user may not use the file or its folder, or the disk is read-only."""

    def __init__(self, path: Path, done: str = NOT_WRITTEN) -> None:
        advice = f"Check who may read and write {path} and its folder."
        super().__init__("A file can't be opened or written", done, advice)


class FileBusy(StorageError):
    """Another program holds the file."""

    def __init__(self, path: Path, done: str = NOT_WRITTEN) -> None:
        advice = f"Close other programs that use {path}, then try again."
        super().__init__("Another program is using the record store", done, advice)


class DamagedDatabase(StorageError):
    """The file is not a database of ours, or broken."""

    def __init__(self, path: Path, done: str = NOT_WRITTEN) -> None:
        advice = f"Start the program again: it sets the damaged file aside and begins a new one. {path}"
        super().__init__("The record store is damaged", done, advice)


class NewerDatabase(StorageError):
    """The file was written by a newer version of the program."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "The record store was written by a newer version of this program",
            "It can be read here; nothing is written to it.",
            f"Install the newer version. {path}",
        )


def file_trouble(error: OSError, path: Path, done: str = NOT_WRITTEN) -> StorageError:
    """Explain why a file could not be read or written."""
    if error.errno in FULL:
        return DiskFull(path, done)
    if error.errno in FORBIDDEN:
        return FileForbidden(path, done)
    reason = error.strerror or "The operating system gave no reason"
    return StorageError("A file could not be used", done, f"{reason}: {path}")


def database_trouble(error: sqlite3.Error, path: Path, done: str = NOT_WRITTEN) -> StorageError:
    """Explain why the database could not be read or written."""
    import sqlite3  # 5 ms that the settings, read before the first paint, don't need

    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    match code & SQLITE_PRIMARY_CODE:
        case sqlite3.SQLITE_FULL:
            return DiskFull(path, done)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return FileForbidden(path, done)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DamagedDatabase(path, done)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return FileBusy(path, done)
        case sqlite3.SQLITE_IOERR:
            advice = f"Check that the disk is connected and has space, then try again: {path}"
            return StorageError("The disk failed or is full", done, advice)
    return StorageError("The record store could not be used", done, f"SQLite error {code}: {path}")


def forgotten_meanwhile() -> StorageError:
    """Say why a change goes no further: its person was forgotten."""
    return StorageError(
        "The person was forgotten on this computer meanwhile",
        "Nothing was sent.",
        "Look the person up again if the change is still wanted.",
    )
