"""Working something out off the window's thread, again and again: only the newest wish counts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from vibes_desktop.callbacks.stopping import Check, Stopper
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.callbacks.answering import unreadable_file

T = TypeVar("T")
Work = Callable[[Check], T]


class Latest(Generic[T]):
    """Runs one piece of work at a time; a wish that comes meanwhile waits, and replaces one that waited."""

    def __init__(
        self,
        bridge: Bridge,
        owner: QObject,
        show: Callable[[T], object],
        failed: Callable[[VibesDesktopError], object] | None = None,
    ) -> None:
        self._bridge = bridge
        self._owner = owner
        self._show = show
        self._failed = failed
        self._running: Task[T] | None = None
        self._stopper = Stopper()  # of what is running
        self._waiting: tuple[Work[T], Callable[[T], object]] | None = None

    @property
    def is_busy(self) -> bool:
        """Tell whether something is being worked out."""
        return self._running is not None

    def ask(self, work: Work[T], show: Callable[[T], object] | None = None) -> None:
        """Work this out once what is running is done; what was asked before and waits is dropped.

        `work` holds no widget, as the last to hold one would delete it on its own thread; `show` may.
        """
        self._waiting = work, show or self._show
        self._go_on()

    def drop(self) -> None:
        """Show nothing of what was asked until now, and give it up."""
        self._waiting = None
        self._stopper.stop()
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _gave_up(self, error: VibesDesktopError) -> None:
        self._running = None
        if self._failed is not None:
            self._failed(error)
        self._go_on()

    def _go_on(self) -> None:
        """Begin with what waits, unless something runs."""
        if self._waiting is None or self._running is not None:
            return
        (work, show), self._waiting, self._stopper = self._waiting, None, Stopper()

        def done(result: T) -> None:
            self._running = None
            show(result)
            self._go_on()

        self._running = self._bridge.start(
            asyncio.to_thread(_guarded, work, self._stopper.check),
            done,
            self._gave_up,
            owner=self._owner,
        )


def _guarded(work: Work[T], check: Check) -> T:
    try:
        return work(check)
    except OSError as error:
        raise unreadable_file(error) from error
