"""The settings in use, and the one way to change them."""

import threading
from collections.abc import Callable

from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.settings import Settings, SettingsFile


class SettingsKeeper:
    """Holds the settings and writes each change to the file. Changing blocks; any thread.

    `trouble` is to be shown: why the program starts with defaults, None where it doesn't.
    """

    def __init__(self, file: SettingsFile) -> None:
        """Read the file; a broken one is set aside, and no error is raised."""
        self._file = file
        self._lock = threading.Lock()
        self._settings, self.trouble = file.load_or_set_aside()

    @property
    def settings(self) -> Settings:
        """What holds now."""
        return self._settings

    def change(self, how: Callable[[Settings], Settings]) -> Settings:
        """Make a change and save it; raises StorageError when it can't be saved: it holds all the same.

        What `how` raises is raised, and nothing changes.
        """
        with self._lock:
            self._settings = how(self._settings)
            try:
                self._file.save(self._settings)
            except StorageError as error:
                done = "The change holds until the program ends; it could not be saved."
                raise StorageError(error.title, done, error.advice) from error
            return self._settings
