"""Received callbacks on the disk: what was confirmed is there, whatever happens next."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from vibes_desktop.model.capture import Capture, CaptureId, Delivery
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.captures_lock import StoreInUse, StoreLock
from vibes_desktop.storage.captures_reading import BLOCK_BYTES, CaptureReader, Totals, may_be_store
from vibes_desktop.storage.captures_thread import WriterThread
from vibes_desktop.storage.captures_writer import CaptureWriter, Recovery
from vibes_desktop.storage.database import COMPANIONS
from vibes_desktop.storage.folders import make_private_folder
from vibes_desktop.storage.trouble import DamagedDatabase, FileForbidden, NewerDatabase, file_trouble

T = TypeVar("T")
CLOSE_SECONDS = 20.0
LOW_DISK_BYTES = 1_000_000_000
READ_ONLY_REASONS = (StoreInUse, NewerDatabase, FileForbidden)


class NoCollection(StorageError):
    """The file is damaged, or holds something else."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "This file is damaged, or no collection of callbacks",
            "Nothing was changed.",
            f"Choose another file, or move this one away to begin a new collection in its place. {path}",
        )


@dataclass(frozen=True, slots=True)
class Space:
    """What a store takes of its disk, and what is left there, in bytes."""

    used: int
    free: int

    @property
    def is_low(self) -> bool:
        """Tell whether it is time for a warning."""
        return self.free < LOW_DISK_BYTES


class CaptureStore:
    """One collection of captures: one SQLite file, written by one process at a time.

    Reading blocks, and any thread may read. What writes returns a future and is done on a thread of the
    store, one after the other; once it is done, the disk has confirmed it. Every failure is a StorageError.
    `read_only_reason`: why nothing can be written, None where it can.
    """

    def __init__(
        self,
        path: Path,
        reader: CaptureReader,
        writer: CaptureWriter | None,
        lock: StoreLock | None,
        reason: StorageError | None,
    ) -> None:
        self.path = path
        self.read_only_reason = reason
        self._reader = reader
        self._writer = writer
        self._lock = lock
        self._thread = None if writer is None else WriterThread(f"captures {path.name}")

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or make a store; read-only where another writes it, it is newer, or may not be written."""
        if not may_be_store(path):
            raise NoCollection(path)
        lock: StoreLock | None = None
        try:
            if not path.parent.exists():
                make_private_folder(path.parent)
            lock = StoreLock(path)
            writer = CaptureWriter.open(path, lock)
            store = cls(path, CaptureReader(path), writer, lock, None)
        except BaseException as error:
            if lock is not None:
                lock.release()
            if isinstance(error, READ_ONLY_REASONS):
                return cls.open_for_reading(path, error)
            if isinstance(error, DamagedDatabase):
                raise NoCollection(path) from error
            if isinstance(error, OSError):
                raise file_trouble(error, path) from error
            raise
        if store.totals().cleared:
            store.forget_cleared()  # nobody can take that back any more
        return store

    @classmethod
    def open_for_reading(cls, path: Path, reason: StorageError | None = None) -> Self:
        """Open a store without becoming its writer; raises StorageError, `reason` where there is one."""
        try:
            reader = CaptureReader(path)
        except DamagedDatabase as error:
            raise NoCollection(path) from error
        except StorageError:
            if reason is not None:
                raise reason from None
            raise
        return cls(path, reader, None, None, reason or StoreInUse(path))

    def close(self) -> None:
        """Finish what is queued, and close the file; raises StorageError, also for a disk that hangs."""
        if self._thread is not None and self._writer is not None:
            # The writer goes last: only then does SQLite fold the log into the file.
            self._thread.submit(self._reader.close)
            closing = self._thread.submit(self._writer.close)
            self._thread.close(CLOSE_SECONDS)
            self._thread = None
            if not closing.done():  # the lock stays, until the process ends
                raise StorageError(
                    "The disk does not answer",
                    "What was acknowledged is on it; nothing else is.",
                    f"Check that it is connected: {self.path}",
                )
            if self._lock is not None:
                self._lock.release()
            closing.result()
        elif self._writer is None:
            self._reader.close()

    # Reading

    def totals(self) -> Totals:
        """Tell what is there, without counting."""
        return self._reader.totals()

    def version(self) -> int:
        """Give a number that differs after every commit, this process's or another's; costs microseconds."""
        return self._reader.version()

    def ids_after(self, after: int = 0, limit: int = 1_000_000) -> list[CaptureId]:
        """List the next captures, oldest first."""
        return self._reader.ids_after(after, limit)

    def capture(self, number: CaptureId) -> Capture | None:
        """Read one; None where it is gone."""
        return self._reader.capture(number)

    def body(self, number: CaptureId) -> bytes | None:
        """Read the exact bytes of one; None where it is gone."""
        return self._reader.body(number)

    def blocks(self, after: int = 0, block_bytes: int = BLOCK_BYTES) -> Iterator[tuple[Capture, ...]]:
        """Read on from a capture in blocks of about so many bytes, to the newest there is."""
        return self._reader.blocks(after, block_bytes)

    def about(self) -> dict[str, str]:
        """Read what the collection tells of itself."""
        return self._reader.about()

    def space(self) -> Space:
        """Measure the files and their disk."""
        try:
            free = shutil.disk_usage(self.path.parent).free
        except OSError as error:
            raise file_trouble(error, self.path, "Nothing was changed.") from error
        names = (self.path.name, *(self.path.name + suffix for suffix in COMPANIONS))
        files = [self.path.with_name(name) for name in names]
        return Space(sum(file.stat().st_size for file in files if file.exists()), free)

    # Writing

    def append(self, deliveries: Sequence[Delivery]) -> Future[tuple[CaptureId, ...]]:
        """Store deliveries in one transaction: all of them or none."""
        return self._do(partial(self._able().append, deliveries))

    def reopen(self, *, thoroughly: bool) -> Future[Recovery]:
        """Come back after a failure; `thoroughly` checks the whole file."""
        return self._do(partial(self._put_aside, partial(self._able().reopen, thoroughly=thoroughly)))

    def clear(self) -> Future[None]:
        """Hide everything; `take_back_clearing` shows it again, `forget_cleared` deletes it."""
        return self._do(self._able().clear)

    def take_back_clearing(self) -> Future[None]:
        """Show again what was cleared, as far as it was not deleted."""
        return self._do(self._able().take_back_clearing)

    def forget_cleared(self) -> Future[None]:
        """Delete what was cleared, in small steps between what arrives."""
        return self._repeat(self._able().forget_some)

    def drop_oldest(self, *, before_us: int | None = None, above_bytes: int | None = None) -> Future[None]:
        """Delete what was received before a time, and the oldest while there are more bytes than that."""
        return self._repeat(partial(self._able().drop_some, before_us=before_us, above_bytes=above_bytes))

    def tell(self, about: Mapping[str, str | None]) -> Future[None]:
        """Write what the collection tells of itself; None takes an entry out."""
        return self._do(partial(self._able().tell, about))

    def compact(self) -> Future[None]:
        """Give the space of deleted captures back; what arrives waits meanwhile."""
        return self._do(partial(self._put_aside, self._able().compact))

    def _able(self) -> CaptureWriter:
        if self._writer is None:
            raise self.read_only_reason or StoreInUse(self.path)
        return self._writer

    def _do(self, job: Callable[[], T]) -> Future[T]:
        if self._thread is None:
            raise RuntimeError("the store is closed")
        return self._thread.submit(job)

    def _repeat(self, step: Callable[[], bool]) -> Future[None]:
        """Take steps until none is left; whatever else is queued meanwhile comes in between."""
        done: Future[None] = Future()

        def follow(last: Future[bool]) -> None:
            try:
                if last.result():
                    self._do(step).add_done_callback(follow)
                else:
                    done.set_result(None)
            except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for the future
                done.set_exception(error)

        self._do(step).add_done_callback(follow)
        return done

    def _put_aside(self, job: Callable[[], T]) -> T:
        """Do something that needs the file alone; readers of this store wait meanwhile."""
        with self._reader.put_aside():
            return job()
