"""Files that are either the old ones or the new ones, never half of each."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from vibes_desktop.storage.trouble import file_trouble


def atomic_write(path: Path, chunks: Iterable[bytes]) -> None:
    """Replace a file, readable for this user alone; raises StorageError and leaves the old one then.

    Returns once the new content has reached the disk. A link is followed, not replaced.
    """
    target = Path(os.path.realpath(path))
    try:
        temporary = _written(target, chunks)
        try:
            temporary.replace(target)
        except OSError:
            _remove(temporary)
            raise
        _sync_folder(target.parent)
    except OSError as error:
        raise file_trouble(error, path) from error


def free_name_beside(path: Path, label: str) -> Path:
    """Find a name like `settings.broken-2025-11-23.json` that nothing has yet."""
    candidate = path.with_name(f"{path.stem}.{label}{path.suffix}")
    number = 2
    while os.path.lexists(candidate):
        candidate = path.with_name(f"{path.stem}.{label}-{number}{path.suffix}")
        number += 1
    return candidate


def _written(target: Path, chunks: Iterable[bytes]) -> Path:
    """Write the chunks to a new file beside the target, and have the disk confirm it."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            _sync(file)
    except BaseException:
        _remove(Path(name))
        raise
    return Path(name)


def _sync(file: IO[bytes]) -> None:
    """Have the disk confirm a file; on macOS fsync alone stops at the drive's own cache."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
    else:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Have the disk confirm the new name; Windows has no such call for folders."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(temporary: Path) -> None:
    with contextlib.suppress(OSError):  # it is worthless, and the first failure is the one to tell
        temporary.unlink()
