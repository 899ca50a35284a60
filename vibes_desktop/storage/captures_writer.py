"""What the one writer of a store does; all of it on the writer's thread."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vibes_desktop.model.capture import CaptureId, Delivery
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.captures_keeping import CLEAR, TAKE_BACK, delete_some, forget_cleared
from vibes_desktop.storage.captures_lock import StoreLock
from vibes_desktop.storage.captures_reading import identity
from vibes_desktop.storage.captures_schema import SCHEMA, insert, row_of, weight
from vibes_desktop.storage.database import CHECKS, COMPANIONS, Database, set_aside
from vibes_desktop.storage.folders import FILE_MODE, make_private_folder
from vibes_desktop.storage.trouble import DamagedDatabase, FileBusy, file_trouble

WAL = COMPANIONS[0]
PROBE_BYTES = 64 * 1024  # more than any free place that a full disk may still have in the file
COMPACTED_SUFFIX = ".compacting"
LAST = (
    "SELECT coalesce((SELECT max(id) FROM captures), last_id),"
    " coalesce((SELECT bytes_to FROM captures ORDER BY id DESC LIMIT 1), last_bytes) FROM marks"
)


class StoreGone(StorageError):
    """The file was deleted or replaced while captures were written to it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "The collection's file was deleted or replaced",
            "What arrived meanwhile was not acknowledged; the platform tries again.",
            f"A new file is begun in its place. {path}",
        )


@dataclass(frozen=True, slots=True)
class Recovery:
    """How a store came back after a failure: `aside` is where a damaged file was put."""

    is_new: bool
    aside: Path | None = None


class CaptureWriter:
    """The connection for writing. After a StorageError nothing of that call counts as stored."""

    def __init__(self, path: Path, lock: StoreLock, database: Database) -> None:
        self._path = path
        self._lock = lock
        self._database = database
        self._last_id = self._bytes = 0
        self._note_place()

    @classmethod
    def open(cls, path: Path, lock: StoreLock) -> CaptureWriter:
        """Open or make a store; raises StorageError, also for one that can only be read."""
        return cls(path, lock, _open(path))

    def append(self, deliveries: Sequence[Delivery]) -> tuple[CaptureId, ...]:
        """Store up to a thousand deliveries at once; when this returns, the disk has confirmed them."""
        if not deliveries:
            return ()
        ids: list[CaptureId] = []
        values: list[object] = []
        size = self._bytes
        for place, delivery in enumerate(deliveries, self._last_id + 1):
            size += weight(delivery)
            ids.append(CaptureId(place))
            values += row_of(place, size, delivery)
        # One statement is its own transaction; each further one would wait for the interpreter's lock again.
        self._database.rows(insert(len(deliveries)), values)
        self._check_place()
        self._last_id, self._bytes = ids[-1], size
        return tuple(ids)

    def reopen(self, *, thoroughly: bool) -> Recovery:
        """Come back after a failure: open the file anew, check it, and prove that it can be written.

        A damaged file is set aside and a new one begun. Raises StorageError where it still can't be written.
        """
        self._close_quietly()
        if not self._path.parent.exists():
            make_private_folder(self._path.parent)
        self._lock.renew()
        was_there = self._path.exists()
        try:
            self._database = _open(self._path)
            if thoroughly:
                self._check_all()
            # What a failed fsync left in the log may never have reached the disk: write it out anew.
            self._empty_the_log()
        except DamagedDatabase:
            self._close_quietly()
            aside = set_aside(self._path)
            self._database = _open(self._path)
            self._begin_again()
            return Recovery(is_new=True, aside=aside)
        self._begin_again()
        return Recovery(is_new=not was_there)

    def close(self) -> None:
        """Close the file; everything committed is in it."""
        self._database.close()

    def clear(self) -> None:
        """Hide everything there is; what was cleared before is deleted."""
        while self.forget_some():
            pass
        with self._database.transaction() as connection:
            connection.execute(CLEAR)

    def take_back_clearing(self) -> None:
        """Show again what the last clearing hid, unless it was made final."""
        with self._database.transaction() as connection:
            connection.execute(TAKE_BACK)

    def forget_some(self) -> bool:
        """Delete a part of what was cleared; tells whether there is more. Space is kept until `compact`."""
        with self._database.transaction() as connection:
            return forget_cleared(connection)

    def drop_some(self, *, before_us: int | None, above_bytes: int | None) -> bool:
        """Delete some of the oldest captures: from before a time, or while there are more bytes than allowed.

        Tells whether there may be more.
        """
        with self._database.transaction() as connection:
            return delete_some(connection, before_us=before_us, above_bytes=above_bytes)

    def tell(self, about: Mapping[str, str | None]) -> None:
        """Write what the collection tells of itself; None takes an entry out."""
        with self._database.transaction() as connection:
            for key, value in about.items():
                connection.execute("DELETE FROM about WHERE key = ?", (key,))
                if value is not None:
                    connection.execute("INSERT INTO about VALUES (?, ?)", (key, value))

    def compact(self) -> None:
        """Give the space of deleted captures back: a copy takes the file's place.

        Raises StorageError, FileBusy while another program reads the file; the old file is intact then.
        """
        copy = self._path.with_name(self._path.name + COMPACTED_SUFFIX)
        self._empty_the_log()
        try:
            copy.unlink(missing_ok=True)  # of a compaction that was killed
            os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL, FILE_MODE))
            self._database.rows("VACUUM INTO ?", (str(copy),))
            self._database.close()
            try:
                self._take_place(copy)
            finally:
                self._database = _open(self._path)
                self._note_place()
        except OSError as error:
            raise file_trouble(error, self._path) from error

    def _take_place(self, copy: Path) -> None:
        """Put the copy where the store is, once nobody uses the store."""
        for suffix in COMPANIONS:
            if self._path.with_name(self._path.name + suffix).exists():
                copy.unlink()
                raise FileBusy(self._path, "Nothing was changed.")
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        copy.replace(self._path)

    def _begin_again(self) -> None:
        """Prove with two commits that there is room, and count on from where the numbers were."""
        with self._database.transaction() as connection:
            connection.execute("INSERT INTO about VALUES ('probe', zeroblob(?))", (PROBE_BYTES,))
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM about WHERE key = 'probe'")
        self._note_place()

    def _note_place(self) -> None:
        """Remember which files these are, and count on from where the numbers were."""
        ((last, size),) = self._database.rows(LAST)  # makes the log where there is none
        if last < self._last_id:  # a new file
            with self._database.transaction() as connection:
                connection.execute("UPDATE marks SET last_id = ?", (self._last_id,))
        self._last_id, self._bytes = max(self._last_id, last), size
        self._identity = self._named()

    def _check_place(self) -> None:
        """Raise StoreGone where the path no longer leads to the files that were written."""
        try:
            is_same = self._named() == self._identity
        except StorageError:
            is_same = False
        if not is_same:
            raise StoreGone(self._path)

    def _named(self) -> tuple[tuple[int, int], tuple[int, int]]:
        return identity(self._path), identity(self._path.with_name(self._path.name + WAL))

    def _check_all(self) -> None:
        if all(self._database.rows(f"PRAGMA {check}") != [("ok",)] for check in CHECKS):
            raise DamagedDatabase(self._path)

    def _empty_the_log(self) -> None:
        ((busy, _, _),) = self._database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        if busy:
            raise FileBusy(self._path, "Nothing was changed.")

    def _close_quietly(self) -> None:
        """Close what failed; a log that was deleted is saved first, where that still works."""
        with contextlib.suppress(StorageError):  # the failure that is being mended was told already
            self._empty_the_log()
        with contextlib.suppress(StorageError):
            self._database.close()


def _open(path: Path) -> Database:
    database = Database.open(path, SCHEMA, narrow_folder=False)
    if database.read_only_reason is None:
        return database
    database.close()
    raise database.read_only_reason
