"""How long work in the background is given up: it asks now and then, and the answer may be an exception."""

from __future__ import annotations

import threading
from collections.abc import Callable

Check = Callable[[], None]  # raises Stopped


class Stopped(Exception):
    """Somebody gave up the work that is under way."""


class Stopper:
    """Can be asked to stop from any thread."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    @property
    def is_stopped(self) -> bool:
        """Tell whether somebody gave up."""
        return self._asked.is_set()

    def stop(self) -> None:
        """Give up."""
        self._asked.set()

    def check(self) -> None:
        """Go on, or raise Stopped."""
        if self._asked.is_set():
            raise Stopped


def go_on() -> None:
    """Never stop."""
