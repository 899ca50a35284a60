"""Where the program keeps its files, for this user alone."""

import contextlib
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from vibes_desktop.storage.trouble import file_trouble

APPLICATION_FOLDER = "vibes-desktop"
FOLDER_MODE = 0o700
FILE_MODE = 0o600
OF_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Folders:
    """The program's folders; they need not exist yet."""

    config: Path
    data: Path
    state: Path
    cache: Path

    @classmethod
    def of_user(cls) -> Self:
        """Name the folders that the operating system means for this user's programs."""
        from platformdirs import PlatformDirs  # 18 ms of start-up that a test or a tool may not need

        places = PlatformDirs(APPLICATION_FOLDER, appauthor=False)
        return cls(
            places.user_config_path, places.user_data_path, places.user_state_path, places.user_cache_path
        )

    @classmethod
    def under(cls, root: Path) -> Self:
        """Name folders below one place."""
        return cls(root / "config", root / "data", root / "state", root / "cache")

    @property
    def settings_file(self) -> Path:
        """Settings and profiles; no secret, nobody's personal data."""
        return self.config / "settings.json"

    @property
    def desk_file(self) -> Path:
        """The record store (with its `-wal` and `-shm`): edits, drafts and recent people."""
        return self.data / "desk.sqlite3"

    @property
    def kept_indexes(self) -> Path:
        """Indexes of large files of callbacks; they hold mobile numbers."""
        return self.cache / "indexes"

    @property
    def log_file(self) -> Path:
        """The log."""
        return self.state / "vibes-desktop.log"

    def create(self) -> None:
        """Make all of them; raises StorageError."""
        for folder in (self.config, self.data, self.state, self.cache):
            make_private_folder(folder)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only this user may enter; an existing one is narrowed if it can be.

    Raises StorageError. On Windows the user's profile folder is private by its own rules.
    """
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise file_trouble(error, folder) from error
    with contextlib.suppress(OSError):  # somebody else's folder, or a read-only disk: writing will tell
        take_from_others(folder)


def take_from_others(path: Path) -> None:
    """Leave a file or folder to this user, whose own rights stay as they are; raises OSError."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if sys.platform != "win32" and mode & OF_OTHERS:
        path.chmod(mode & ~OF_OTHERS)
