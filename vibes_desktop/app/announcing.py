"""What the window says of the program itself: a newer version, and that it was replaced while open.

It installs nothing, and asks nowhere unless an address was set.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from vibes_desktop import __version__
from vibes_desktop.app.entrance import system_proxy_url
from vibes_desktop.app.program import Program
from vibes_desktop.model.policy import NO_POLICY, Policy
from vibes_desktop.ui.shell.status_bar import StatusSlot
from vibes_desktop.vibes.news import is_newer, newest_version

LOOK_MS = 10_000
HOW_TO_UPDATE = "Nothing was installed. Get it the way this version was installed."
REPLACED = "Vibes Desktop was updated: close this window and start it again"
WHY_RESTART = "This window still runs the former version, and parts of that are gone from the disk."

Say = Callable[[str, str], object]  # words, and more of them


class Replacement(QObject):
    """Notices that the program's file is another one than when it was started."""

    def __init__(self, file: Path, say: Say, parent: QObject) -> None:
        super().__init__(parent)
        self._file = file
        self._say = say
        self._first = _identity(file)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Compare the file with what it was."""
        if _identity(self._file) != self._first:
            self._timer.stop()
            self._say(REPLACED, WHY_RESTART)


def announce(program: Program) -> None:
    """Watch the packaged program's file, and ask for the newest version where an address was set."""

    def say(words: str, more: str) -> None:
        program.window.status.set_text(StatusSlot.NEWS, words, more)

    if getattr(sys, "frozen", False):
        Replacement(Path(sys.executable), say, program)
    address, place = program.settings.settings.news_address, program.workplace
    if address and place is not None:
        place.bridge.start(
            find_newest(address, program.settings.policy),
            lambda found: _tell(found, say),
            lambda error: say(error.title, error.advice),
            owner=program,
        )


async def find_newest(address: str, policy: Policy = NO_POLICY) -> str:
    """Ask through the proxy of the organisation or the system; raises VibesError and InvalidInput."""
    proxy = policy.proxy_url or await asyncio.to_thread(system_proxy_url, address)
    return await newest_version(address, proxy=proxy, ca_file=policy.ca_file)


def _tell(found: str, say: Say) -> None:
    if is_newer(found, __version__):
        say(f"Version {found} is available", HOW_TO_UPDATE)


def _identity(file: Path) -> tuple[int, int] | None:
    with contextlib.suppress(OSError):
        found = file.stat()
        return found.st_ino, found.st_mtime_ns
    return None
