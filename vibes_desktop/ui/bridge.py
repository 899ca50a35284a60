"""The one bridge between the window's thread and the background loop."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from shiboken6 import isValid

from vibes_desktop.model.errors import VibesDesktopError

T = TypeVar("T")


class Submitter(Protocol):
    """What the bridge needs of the runtime."""

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Run a coroutine on the background loop, from any thread."""


@dataclass(eq=False)
class Task(Generic[T]):
    """One piece of background work that a view started."""

    title: str
    started: float = field(default_factory=time.monotonic)  # seconds, monotonic
    _future: Future[T] | None = None
    _is_over: bool = False

    @property
    def is_running(self) -> bool:
        """Tell whether its result has neither been handed over nor been given up."""
        return not self._is_over

    def cancel(self) -> None:
        """Stop the work; neither of its callbacks is called any more. Closes its socket."""
        self._is_over = True
        if self._future is not None:
            self._future.cancel()


class Bridge(QObject):
    """Starts coroutines from the window's thread and brings their results back to it."""

    _arrived = Signal(object)  # an action: emitted on the loop's thread, run on the window's
    busy_changed = Signal()  # the set of running tasks changed

    def __init__(self, runtime: Submitter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runtime = runtime
        self._running: dict[Task[Any], None] = {}
        self._is_closed = False
        self._arrived.connect(self._act, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> tuple[Task[Any], ...]:
        """The work under way, oldest first."""
        return tuple(self._running)

    def start(
        self,
        coroutine: Coroutine[Any, Any, T],
        done: Callable[[T], object],
        failed: Callable[[VibesDesktopError], object],
        *,
        title: str = "",
        owner: QObject | None = None,
    ) -> Task[T]:
        """Run a coroutine in the background.

        `done` or `failed` is called on the window's thread, unless the task was cancelled or `owner`
        was deleted meanwhile. An exception outside the error tree is raised there, for the exception hook.
        """
        self._assert_window_thread()
        task: Task[T] = Task(title)
        if self._is_closed:
            coroutine.close()
            task.cancel()
            return task
        self._running[task] = None
        self.busy_changed.emit()
        future = self._runtime.submit(coroutine)
        task._future = future  # noqa: SLF001 - the bridge makes its tasks

        def hand_over() -> None:
            self._running.pop(task, None)
            self.busy_changed.emit()
            if task.is_running and (owner is None or isValid(owner)):
                task._is_over = True  # noqa: SLF001
                _deliver(future, done, failed)

        future.add_done_callback(lambda _: self._post(hand_over))
        return task

    def close(self) -> None:
        """Cancel everything; from now on nothing is started or delivered: the program ends."""
        self._is_closed = True
        for task in self.running:
            task.cancel()

    def reporter(self, view: Callable[[T], None], owner: QObject | None = None) -> Callable[[T], None]:
        """Wrap a view's method so that background work may call it; it runs on the window's thread."""

        def report(value: T) -> None:
            self._post(lambda: view(value) if owner is None or isValid(owner) else None)

        return report

    def _post(self, action: Callable[[], None]) -> None:
        if isValid(self):  # at quitting, the loop outlives the window by a moment
            self._arrived.emit(action)

    @Slot(object)
    def _act(self, action: Callable[[], None]) -> None:
        if not self._is_closed:
            action()

    def _assert_window_thread(self) -> None:
        if QThread.currentThread() is not self.thread():
            raise RuntimeError("background work is started from the window's thread only")


def _deliver(
    future: Future[T], done: Callable[[T], object], failed: Callable[[VibesDesktopError], object]
) -> None:
    try:
        result = future.result()
    except CancelledError:
        return
    except VibesDesktopError as error:
        failed(error)
        return
    done(result)
