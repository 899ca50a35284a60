"""Reading a store of captures, also while it is written, by this process or another."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vibes_desktop.model.capture import Capture, CaptureId
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.captures_schema import APPLICATION_ID, COLUMNS, SCHEMA, capture_of, weight
from vibes_desktop.storage.database import BUSY_TIMEOUT_SECONDS, Row
from vibes_desktop.storage.trouble import DamagedDatabase, FileBusy, database_trouble, file_trouble

BLOCK_BYTES = 1 << 20
ROWS_AT_ONCE = 1000
NOTHING_CHANGED = "Nothing was changed."
FROM = "FROM captures WHERE id > max(?, (SELECT cleared_to FROM marks)) ORDER BY id LIMIT ?"
NOT_CLEARED = "id = ? AND id > (SELECT cleared_to FROM marks)"
TOTALS = (
    "SELECT cleared_to, last_id, last_bytes, (SELECT max(id) FROM captures),"
    " (SELECT bytes_to FROM captures ORDER BY id DESC LIMIT 1),"
    " (SELECT bytes_to FROM captures WHERE id = cleared_to) FROM marks"
)


@dataclass(frozen=True, slots=True)
class Totals:
    """What a store holds. `wire_bytes`: headers and bodies as they came. `last_id` only ever grows.

    `cleared` captures are still in the file, until the clearing is made final.
    """

    captures: int
    wire_bytes: int
    last_id: CaptureId
    cleared: int = 0


class CaptureReader:
    """A connection for reading that any thread may use, one at a time. Raises StorageError."""

    def __init__(self, path: Path) -> None:
        """Open a store that exists."""
        self._path = path
        self._lock = threading.RLock()
        self._connection = _open(path)
        self._identity = identity(path)
        self._openings = 0  # SQLite's numbers begin anew with every connection
        self._version = 0

    def close(self) -> None:
        """Close it."""
        with self._lock:
            self._connection.close()

    @contextlib.contextmanager
    def put_aside(self) -> Iterator[None]:
        """Close the file for as long as the block takes, and open then what is there; readers wait."""
        with self._lock:
            self._connection.close()
            try:
                yield
            finally:
                with contextlib.suppress(StorageError):  # the writer tells why; reading fails until then
                    self._connection = _open(self._path)
                    self._identity = identity(self._path)
                    self._openings += 1

    def totals(self) -> Totals:
        """Tell what is there, without counting."""
        ((cleared_to, gone, gone_bytes, newest, newest_bytes, cleared_bytes),) = self._rows(TOTALS)
        if newest is None:
            return Totals(0, 0, CaptureId(gone))
        if cleared_to <= gone:
            return Totals(newest - gone, newest_bytes - gone_bytes, CaptureId(newest))
        size = newest_bytes - cleared_bytes
        return Totals(newest - cleared_to, size, CaptureId(newest), cleared_to - gone)

    def ids_after(self, after: int, limit: int) -> list[CaptureId]:
        """List the next captures, oldest first."""
        return [CaptureId(number) for (number,) in self._rows(f"SELECT id {FROM}", (after, limit))]

    def capture(self, number: CaptureId) -> Capture | None:
        """Read one; None where it is gone."""
        rows = self._rows(f"SELECT {COLUMNS} FROM captures WHERE {NOT_CLEARED}", (number,))  # noqa: S608
        return capture_of(rows[0]) if rows else None

    def body(self, number: CaptureId) -> bytes | None:
        """Read the exact bytes of one; None where it is gone."""
        rows = self._rows(f"SELECT body FROM captures WHERE {NOT_CLEARED}", (number,))  # noqa: S608
        return bytes(rows[0][0]) if rows else None

    def blocks(self, after: int, block_bytes: int = BLOCK_BYTES) -> Iterator[tuple[Capture, ...]]:
        """Read on from a capture, in blocks of about so many bytes, to the newest there is."""
        while block := self._block(after, block_bytes):
            yield block
            after = block[-1].id

    def about(self) -> dict[str, str]:
        """Read what the collection tells of itself."""
        return dict(self._rows("SELECT key, value FROM about WHERE key <> 'probe'"))

    def version(self) -> int:
        """Give a number that differs once anybody committed anything; costs microseconds, and never waits.

        Follows a store whose file was replaced.
        """
        if self._lock.acquire(blocking=False):  # another thread reads: it may take long, and windows ask this
            try:
                self._follow()
                ((number,),) = self._rows("PRAGMA data_version")
                self._version = hash((self._openings, number))
            finally:
                self._lock.release()
        return self._version

    def _block(self, after: int, block_bytes: int) -> tuple[Capture, ...]:
        found: list[Capture] = []
        room = block_bytes
        with self._lock, _told(self._path):
            rows = self._connection.execute(f"SELECT {COLUMNS} {FROM}", (after, ROWS_AT_ONCE))
            for row in rows:
                found.append(capture_of(row))
                room -= weight(found[-1].delivery)
                if room <= 0:
                    break
            rows.close()  # an open statement would hold the write-ahead log where it is
        return tuple(found)

    def _follow(self) -> None:
        """Open the file anew where another has taken its place."""
        try:
            now = identity(self._path)
        except StorageError:  # deleted: what was open can still be read
            return
        if now != self._identity:
            newer = _open(self._path)
            self._connection.close()
            self._connection, self._identity = newer, now
            self._openings += 1

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        with self._lock, _told(self._path):
            return self._connection.execute(sql, values).fetchall()


def identity(path: Path) -> tuple[int, int]:
    """Name the very file that a path leads to; raises StorageError."""
    try:
        found = path.stat()
    except OSError as error:
        raise file_trouble(error, path, NOTHING_CHANGED) from error
    return found.st_dev, found.st_ino


def may_be_store(path: Path) -> bool:
    """Tell whether a file is one of ours, empty, or not there yet; it is neither locked nor changed."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
    except OSError:  # it isn't there, or may not be seen: whoever opens it will say so
        return True
    try:
        # Only the file itself counts here: what a new store is may all be in its log yet.
        with contextlib.closing(_connect(path, "mode=ro&immutable=1")) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:  # it can't be opened: whoever opens it will say why
        return True
    except sqlite3.DatabaseError:
        return False
    return application == APPLICATION_ID or not (application or tables)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into an error for a person."""
    try:
        yield
    except sqlite3.Error as error:
        raise database_trouble(error, path, NOTHING_CHANGED) from error


def _open(path: Path) -> sqlite3.Connection:
    identity(path)  # SQLite has no words for a file that isn't there
    with _told(path):
        connection = _connect(path, "mode=ro")
        try:
            _check(connection, path)
        except sqlite3.OperationalError:  # a read-only disk, where nothing can be kept beside the file
            connection.close()
            if _has_log(path):
                raise
            connection = _connect(path, "mode=ro&immutable=1")
            _check(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _connect(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}",
        uri=True,
        timeout=BUSY_TIMEOUT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedDatabase for what is no store, FileBusy for one that its writer must first migrate."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application not in {APPLICATION_ID, 0}:
        raise DamagedDatabase(path, NOTHING_CHANGED)
    if version < len(SCHEMA.steps):
        raise FileBusy(path, NOTHING_CHANGED)


def _has_log(path: Path) -> bool:
    wal = path.with_name(f"{path.name}-wal")
    return wal.exists() and wal.stat().st_size > 0
