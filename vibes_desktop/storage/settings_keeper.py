"""The settings in use, and the one way to change them."""

import threading
from collections.abc import Callable
from dataclasses import replace

from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.policy import NO_POLICY, Managed, Policy
from vibes_desktop.storage.settings import Settings, SettingsFile


class SettingsKeeper:
    """Holds the settings and writes each change to the file. Changing blocks; any thread.

    `trouble` is to be shown: why the program starts with defaults, None where it doesn't.
    """

    def __init__(self, file: SettingsFile, policy: Policy = NO_POLICY) -> None:
        """Read the file; a broken one is set aside, and no error is raised."""
        self.policy = policy
        self._file = file
        self._lock = threading.Lock()
        self._settings, self.trouble = file.load_or_set_aside()

    @property
    def settings(self) -> Settings:
        """What holds now, under the policy of this computer."""
        own = self._settings
        return replace(
            own,
            profiles=self.policy.all_profiles(own.profiles),
            retention_days=self._managed(Managed.RETENTION, self.policy.retention_days, own.retention_days),
        )

    def change(self, how: Callable[[Settings], Settings]) -> Settings:
        """Make a change and save it; raises StorageError when it can't be saved: it holds all the same.

        `how` changes the person's own settings, not the policy's. What it raises is raised, and nothing
        changes.
        """
        with self._lock:
            self._settings = how(self._settings)
            try:
                self._file.save(self._settings)
            except StorageError as error:
                done = "The change holds until the program ends; it could not be saved."
                raise StorageError(error.title, done, error.advice) from error
            return self.settings

    def _managed(self, what: Managed, managed: int | None, own: int) -> int:
        """Take the policy's value where it is locked, or where the person has chosen none."""
        is_chosen = own != Settings().retention_days and not self.policy.is_locked(what)
        return own if managed is None or is_chosen else managed
