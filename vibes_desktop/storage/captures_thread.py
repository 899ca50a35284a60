"""The thread that alone writes to a store."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

T = TypeVar("T")


class WriterThread:
    """Does one job after the other, in the order they came, on a thread of its own.

    A daemon: a disk that hangs must not keep the program from ending, and killing it loses nothing that
    was confirmed.
    """

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._is_closed = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Queue a job; raises RuntimeError once the thread is closed."""
        future: Future[T] = Future()
        with self._guard:
            if self._is_closed:
                raise RuntimeError("the store is closed")
            self._jobs.put(partial(_do, job, future))
        return future

    def close(self, timeout: float | None = None) -> None:
        """Finish the jobs that are queued, and end."""
        with self._guard:
            if not self._is_closed:
                self._is_closed = True
                self._jobs.put(None)
        self._thread.join(timeout)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            del job  # or the waiting thread would keep the last bodies alive


def _do(job: Callable[[], T], future: Future[T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(job())
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for the future
        future.set_exception(error)
        del future  # breaks the cycle through the traceback
