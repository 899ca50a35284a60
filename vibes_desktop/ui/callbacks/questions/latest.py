"""Working something out off the window's thread, again and again: only the newest wish counts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.callbacks.answering import unreadable_file

T = TypeVar("T")
Work = Callable[[], T]


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
        self._waiting: tuple[Work[T], ...] = ()

    @property
    def is_busy(self) -> bool:
        """Tell whether something is being worked out."""
        return self._running is not None

    def ask(self, *steps: Work[T]) -> None:
        """Work these out one after the other, and show each; what was asked before and waits is dropped."""
        self._waiting = steps
        if self._running is None:
            self._next()

    def drop(self) -> None:
        """Show nothing of what was asked until now."""
        self._waiting = ()
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _next(self) -> None:
        work, *rest = self._waiting
        self._waiting = tuple(rest)
        self._running = self._bridge.start(
            asyncio.to_thread(_guarded, work), self._done, self._gave_up, owner=self._owner
        )

    def _done(self, result: T) -> None:
        self._running = None
        self._show(result)
        self._go_on(self._waiting)

    def _gave_up(self, error: VibesDesktopError) -> None:
        self._running = None
        if self._failed is not None:
            self._failed(error)
        self._go_on(self._waiting)

    def _go_on(self, waiting: Sequence[Work[T]]) -> None:
        """Go on with what waits, unless showing the last result asked for more already."""
        if waiting and self._running is None:
            self._next()


def _guarded(work: Work[T]) -> T:
    try:
        return work()
    except OSError as error:
        raise unreadable_file(error) from error
