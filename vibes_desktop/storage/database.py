"""One SQLite file, opened so that what is committed stays and what is deleted is gone."""

import contextlib
import errno
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.atomic import free_name_beside
from vibes_desktop.storage.folders import FILE_MODE, make_private_folder, take_from_others
from vibes_desktop.storage.trouble import (
    NOT_WRITTEN,
    DamagedDatabase,
    FileBusy,
    FileForbidden,
    NewerDatabase,
    database_trouble,
    file_trouble,
)

BUSY_TIMEOUT_SECONDS = 5.0
CHECKED_WHEN_OPENED_BYTES = 32_000_000  # a full check of 32 MB takes about a tenth of a second
SMALLEST_BYTES = 512  # the smallest page that SQLite knows
# The quick check of SQLite 3.40 complains of some good tables without rowid: damage takes two opinions.
CHECKS = ("quick_check(1)", "integrity_check(1)")
COMPANIONS = ("-wal", "-shm", "-journal")
PRAGMAS = (
    "synchronous=FULL",
    "fullfsync=ON",  # macOS: fsync alone stops at the drive's own cache
    "checkpoint_fullfsync=ON",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",  # VACUUM would copy everybody's data into a temporary folder
    "trusted_schema=OFF",
)

Migration = Callable[[sqlite3.Connection], None]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """What a file holds. A step is taken once, in its own transaction; new ones go to the end.

    `page_bytes` counts for new files alone.
    """

    application_id: int
    steps: tuple[Migration, ...]
    page_bytes: int = 4096


class Database:
    """A connection that any thread may use, one at a time. Blocking.

    Write-ahead log, `synchronous=FULL`: a transaction that returned survives a power cut.
    `secure_delete`: what is deleted is overwritten. Every failure is a StorageError.
    `read_only_reason`: why every transaction will be refused, None where it won't.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, reason: StorageError | None) -> None:
        self.path = path
        self.read_only_reason = reason
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: Path, schema: Schema, *, narrow_folder: bool = True) -> Self:
        """Open or make the file, 0600 in a folder of 0700, and bring it to the newest schema.

        A file of a newer version, and one that can't be written, is opened for reading only.
        `narrow_folder`: False leaves the rights of an existing folder alone.
        Raises StorageError; DamagedDatabase where the file is not one of ours.
        """
        with _translated(path, "Nothing was changed."):
            try:
                return cls(path, *_open_for_writing(path, schema, narrow_folder=narrow_folder))
            except FileForbidden as reason:
                return cls(path, _open_for_reading(path, schema, reason), reason)

    @classmethod
    def stand_in(cls, path: Path, schema: Schema, reason: StorageError) -> Self:
        """Make an empty database in memory, for reading only, in place of one that can't be opened."""
        connection = _connect(":memory:")
        for number, step in enumerate(schema.steps):
            _migrate(connection, schema.application_id, number, step)
        return cls(path, connection, reason)

    def close(self) -> None:
        """Close the file; everything committed is in it."""
        with self._lock, _translated(self.path):
            self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit what the block does, or nothing of it; one inside another joins it.

        When this returns, the disk has confirmed it. Raises StorageError.
        """
        with self._lock, _translated(self.path):
            if self.read_only_reason:
                raise self.read_only_reason
            if self._connection.in_transaction:
                yield self._connection
                return
            with _committed(self._connection):
                yield self._connection

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Read all rows of a query; raises StorageError."""
        with self._lock, _translated(self.path, "Nothing was changed."):
            return self._connection.execute(sql, values).fetchall()

    def wipe_deleted(self) -> None:
        """Rewrite the file and empty the write-ahead log, so that no deleted byte is left in either.

        Raises StorageError, also while another program reads the file.
        """
        done = "It was deleted, but traces of it may still be in the file."
        with self._lock, _translated(self.path, done):
            if self.read_only_reason:
                raise self.read_only_reason
            self._connection.execute("VACUUM")
            busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise FileBusy(self.path, done)


def set_aside(path: Path) -> Path:
    """Rename a damaged database with its companions; raises StorageError. Nothing is deleted."""
    aside = free_name_beside(path, f"broken-{datetime.now(UTC):%Y-%m-%d}")
    try:
        path.rename(aside)
        for suffix in COMPANIONS:
            companion = path.with_name(path.name + suffix)
            if companion.exists():
                companion.rename(aside.with_name(aside.name + suffix))
    except OSError as error:
        raise file_trouble(error, path) from error
    return aside


def _open_for_writing(
    path: Path, schema: Schema, *, narrow_folder: bool
) -> tuple[sqlite3.Connection, StorageError | None]:
    if narrow_folder or not path.parent.exists():
        make_private_folder(path.parent)
    _make_private_file(path)
    connection = _connect(f"{path.absolute().as_uri()}?mode=rw")
    try:
        with _translated(path, "Nothing was changed."):
            _check(connection, path, schema)
            return connection, _prepare(connection, path, schema)
    except BaseException:
        connection.close()
        raise


def _open_for_reading(path: Path, schema: Schema, reason: StorageError) -> sqlite3.Connection:
    """Open a file on a read-only disk; only where no write-ahead log would have to be replayed."""
    wal = path.with_name(f"{path.name}-wal")
    if not os.access(path, os.R_OK) or (wal.exists() and wal.stat().st_size):
        raise reason
    connection = _connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1")
    try:
        _check(connection, path, schema)
        is_older = _pragma(connection, "user_version") < len(schema.steps)
    except BaseException:
        connection.close()
        raise
    if is_older:  # its tables are not those that would be read
        connection.close()
        raise reason
    return connection


def _check(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    """Raise DamagedDatabase for a file that is broken or somebody else's."""
    size = path.stat().st_size
    if 0 < size < SMALLEST_BYTES:  # SQLite takes it for an empty one and writes over it
        raise DamagedDatabase(path)
    has_tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if has_tables and _pragma(connection, "application_id") != schema.application_id:
        raise DamagedDatabase(path)
    if size <= CHECKED_WHEN_OPENED_BYTES and all(_pragma(connection, check) != "ok" for check in CHECKS):
        raise DamagedDatabase(path)


def _prepare(connection: sqlite3.Connection, path: Path, schema: Schema) -> StorageError | None:
    """Set the pragmas and migrate; returns why the file must not be written, if so."""
    for pragma in (f"page_size={schema.page_bytes}", *PRAGMAS):
        connection.execute(f"PRAGMA {pragma}")
    version = _pragma(connection, "user_version")
    if version > len(schema.steps):
        connection.execute("PRAGMA query_only=ON")
        return NewerDatabase(path)
    if _pragma(connection, "journal_mode=WAL") != "wal":
        raise FileForbidden(path)
    for number in range(version, len(schema.steps)):
        _migrate(connection, schema.application_id, number, schema.steps[number])
    return None


def _migrate(connection: sqlite3.Connection, application_id: int, number: int, step: Migration) -> None:
    """Take one step, unless another process just took it; killed half-way, it was not taken at all."""
    with _committed(connection):
        if _pragma(connection, "user_version") != number:
            return
        step(connection)
        connection.execute(f"PRAGMA application_id={application_id}")
        connection.execute(f"PRAGMA user_version={number + 1}")


@contextlib.contextmanager
def _committed(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back after some failures
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def _translated(path: Path, done: str = NOT_WRITTEN) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise database_trouble(error, path, done) from error


def _connect(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(
        uri, uri=True, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
    )


def _pragma(connection: sqlite3.Connection, text: str) -> Any:
    return connection.execute(f"PRAGMA {text}").fetchone()[0]


def _make_private_file(path: Path) -> None:
    """Make the file for this user alone before SQLite could make it for others too.

    One that exists is not opened: closing it would drop the locks of this process's other connections to it.
    """
    try:
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, FILE_MODE))
        if not os.access(path, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        take_from_others(path)
    except OSError as error:
        raise file_trouble(error, path) from error
