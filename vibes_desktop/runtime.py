"""The one background thread with the one asyncio loop."""

import asyncio
import contextlib
import functools
import logging
import queue
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

BLOCKING_CALLS_AT_ONCE = 8
CANCEL_GRACE_SECONDS = 2.0
STOP_TIMEOUT_SECONDS = 5.0

logger = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")


class DaemonExecutor(ThreadPoolExecutor):
    """A bounded pool for blocking calls whose threads never keep the process from ending.

    The standard pool joins its threads when Python exits, so an unanswered keyring prompt would keep
    the program alive for ever. asyncio insists on a `ThreadPoolExecutor`, hence the base class; nothing of
    its machinery is used.
    """

    def __init__(self, max_workers: int = BLOCKING_CALLS_AT_ONCE) -> None:
        super().__init__(max_workers)
        self._limit = max_workers
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._waiting: set[Future[Any]] = set()
        self._guard = threading.Lock()
        self._workers = 0
        self._idle = 0
        self._closed = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue a blocking call; raises RuntimeError once the pool is shut down."""
        future: Future[T] = Future()
        with self._guard:
            if self._closed:
                raise RuntimeError("the pool for blocking calls is shut down")
            self._waiting.add(future)
            self._jobs.put(functools.partial(self._call, future, fn, *args, **kwargs))
            if self._idle < len(self._waiting) and self._workers < self._limit:
                self._workers += 1
                threading.Thread(target=self._work, name=f"blocking-{self._workers}", daemon=True).start()
        return future

    def shutdown(self, wait: bool = False, *, cancel_futures: bool = True) -> None:  # noqa: ARG002
        """Cancel what has not begun and let idle threads end; never waits for a call that is blocked."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            waiting = tuple(self._waiting)
            for _ in range(self._workers):
                self._jobs.put(None)
        for future in waiting:
            future.cancel()

    def _work(self) -> None:
        while True:
            with self._guard:
                self._idle += 1
            job = self._jobs.get()
            with self._guard:
                self._idle -= 1
            if job is None:
                return
            job()
            del job  # or the idle thread would keep the call's arguments, possibly a secret, alive

    def _call(self, future: Future[T], fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> None:
        with self._guard:
            self._waiting.discard(future)
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for the future
            future.set_exception(error)
            del future  # breaks the cycle through the traceback, which would keep the arguments alive


class Runtime:
    """Runs coroutines for threads that have no loop, above all for the window's."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()
        self._stopping = False

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The running loop; raises RuntimeError before `start` and after `stop`."""
        if self._loop is None or self._stopping:
            raise RuntimeError("the runtime is not running")
        return self._loop

    def start(self) -> None:
        """Start the thread and its loop; raises RuntimeError the second time."""
        with self._guard:
            if self._loop is not None or self._stopping:
                raise RuntimeError("a runtime is started once")
            self._loop = asyncio.new_event_loop()
            self._loop.set_default_executor(DaemonExecutor())
            self._thread = threading.Thread(target=_run, args=(self._loop,), name="runtime", daemon=True)
            self._thread.start()

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Run a coroutine on the loop, from any thread; cancelling the future cancels its task there.

        Raises RuntimeError, and closes the coroutine, when the runtime is not running.
        """
        with self._guard:
            try:
                return asyncio.run_coroutine_threadsafe(coroutine, self.loop)
            except RuntimeError:
                coroutine.close()
                raise

    def stop(self, timeout: float = STOP_TIMEOUT_SECONDS) -> None:
        """Cancel every task, close async generators and end the thread; a second call does nothing.

        Waits `timeout` seconds at most. Blocking calls that have begun are abandoned to their daemon
        threads. Raises RuntimeError on the loop's own thread, which cannot wait for itself.
        """
        if threading.current_thread() is self._thread:
            raise RuntimeError("the runtime cannot be stopped from its own thread")
        with self._guard:
            if self._loop is not None and not self._stopping:
                self._loop.call_soon_threadsafe(self._loop.stop)
            self._stopping = True
        if self._thread is None:
            return
        self._thread.join(timeout)
        if self._thread.is_alive():
            logger.error("the runtime did not stop within %s s: something blocks its loop", timeout)

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()


def _run(loop: asyncio.AbstractEventLoop) -> None:
    """Be the thread: run the loop until it is stopped, then leave nothing behind."""
    asyncio.set_event_loop(loop)
    with contextlib.closing(loop):
        loop.run_forever()
        loop.run_until_complete(_cancel_everything())
        loop.run_until_complete(loop.shutdown_asyncgens())


async def _cancel_everything() -> None:
    """Cancel all other tasks, and those they start meanwhile, within the grace period."""
    deadline = asyncio.get_running_loop().time() + CANCEL_GRACE_SECONDS
    while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
        left = deadline - asyncio.get_running_loop().time()
        if left <= 0:
            logger.error("%d tasks of the runtime did not end when cancelled", len(tasks))
            return
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=left)
