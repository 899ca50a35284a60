"""The window's state in the settings file."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error
from dataclasses import replace

from PySide6.QtCore import QObject

from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.policy import NO_POLICY, Managed, Policy
from vibes_desktop.storage.settings_keeper import SettingsKeeper
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.shell.window_state import StateStore
from vibes_desktop.ui.times import Times, Zone

ZONE, MASKING = "times", "masking"


class WindowMemory:
    """Small pieces of state by name; they reach the disk all at once, when the window closes."""

    def __init__(self, settings: SettingsKeeper) -> None:
        self._settings = settings
        self._pieces = dict(settings.settings.window)

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key; None for nothing, or for what was damaged."""
        try:
            return b64decode(self._pieces[key], validate=True)
        except (KeyError, Error):
            return None

    def put(self, key: str, value: bytes) -> None:
        """Keep a value under a key."""
        self._pieces[key] = b64encode(value).decode("ascii")

    def save(self) -> None:
        """Write them; a disk that refuses costs no more than the window's place."""
        try:
            self._settings.change(lambda settings: replace(settings, window=self._pieces))
        except StorageError:
            return


def switches_from(
    memory: StateStore, parent: QObject | None = None, policy: Policy = NO_POLICY
) -> tuple[Privacy, Times]:
    """Make the two switches of the window as they were left, and remember how they are left next.

    A policy says how they begin, or stay.
    """
    is_locked = policy.masking is not None and policy.is_locked(Managed.MASKING)
    left = memory.get(MASKING)
    is_managed = policy.masking is not None and (is_locked or left is None)
    is_masking = bool(policy.masking) if is_managed else left == b"on"
    written = (memory.get(ZONE) or b"").decode(errors="replace")
    zone = Zone(written) if written in {known.value for known in Zone} else Zone.LOCAL
    privacy = Privacy(parent, is_masking=is_masking, is_locked=is_locked)
    times = Times(parent, zone=zone)
    privacy.changed.connect(lambda: memory.put(MASKING, b"on" if privacy.is_masking else b"off"))
    times.changed.connect(lambda: memory.put(ZONE, times.zone.value.encode()))
    return privacy, times
