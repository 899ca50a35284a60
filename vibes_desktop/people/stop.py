"""Stopping a save from the window: the outcome still arrives, which a cancelled task could not deliver."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from vibes_desktop.model.errors import NOTHING_SENT, Cancelled


class Stop:
    """A request to stop one piece of work. `now` may be called on any thread, at any time, often."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[object]] | None = None
        self._requested = threading.Event()

    def now(self) -> None:
        """Stop the work: before anything was sent it ends; after, it finds out what happened and says so."""
        with self._lock:
            self._requested.set()
            if self._running is not None:
                loop, task = self._running
                loop.call_soon_threadsafe(task.cancel)

    @property
    def is_requested(self) -> bool:
        """Tell whether it was asked for: work of several steps begins no other."""
        return self._requested.is_set()

    @contextmanager
    def covering(self) -> Iterator[None]:
        """Make the current task the work; raises Cancelled when it ends by being stopped."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine asks
        with self._lock:
            if self._requested.is_set():
                raise _stopped()
            self._running = (asyncio.get_running_loop(), task)
        try:
            yield
        except asyncio.CancelledError:
            if not self._requested.is_set():
                raise
            task.uncancel()
            raise _stopped() from None
        finally:
            with self._lock:
                self._running = None


def _stopped() -> Cancelled:
    return Cancelled("Stopped", NOTHING_SENT, "Your edits are kept.")
