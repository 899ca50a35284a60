"""One process writes a store of captures at a time: a lock on a file beside it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.folders import FILE_MODE
from vibes_desktop.storage.trouble import file_trouble

SUFFIX = ".lock"


class StoreInUse(StorageError):
    """Another process, or another part of this one, is the store's writer."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "Another program is receiving into this collection",
            "It can be read here, and shows what arrives; nothing is written to it from here.",
            f"To write to it, end the other program first. {path}",
        )


class StoreLock:
    """A lock that ends with its process, however that ends.

    The file stays: removing it would let two processes lock two files of one name. Locking the store itself
    would not do: closing a second handle of it drops SQLite's own locks.
    """

    def __init__(self, store: Path) -> None:
        """Take the lock; raises StoreInUse, or another StorageError where there can be no such file."""
        self._store = store
        self.path = store.with_name(store.name + SUFFIX)
        self._handle = _locked(self.path, store)

    def renew(self) -> None:
        """Take it again where its file was deleted; raises as the constructor does."""
        if not self._is_in_place():
            handle = _locked(self.path, self._store)
            os.close(self._handle)
            self._handle = handle

    def release(self) -> None:
        """Let others write."""
        os.close(self._handle)

    def _is_in_place(self) -> bool:
        try:
            return os.path.samestat(self.path.stat(), os.fstat(self._handle))
        except OSError:
            return False


def _locked(path: Path, store: Path) -> int:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE)
    except OSError as error:
        raise file_trouble(error, store) from error
    try:
        _lock(handle)
    except OSError:
        os.close(handle)
        raise StoreInUse(store) from None
    return handle


def _lock(handle: int) -> None:
    """Lock it without waiting; raises OSError."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
