"""The background loop: results, cancelling, stopping, and never keeping the process alive."""

import asyncio
import gc
import logging
import socket
import subprocess
import sys
import threading
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import CancelledError, Future

import pytest

from vibes_desktop.runtime import DaemonExecutor, Runtime

WAIT_SECONDS = 20.0

BLOCKED_FOR_EVER = """
import asyncio, threading
from vibes_desktop.runtime import Runtime

entered = threading.Event()

def never_answered():
    entered.set()
    threading.Event().wait()

runtime = Runtime()
runtime.start()
runtime.submit(asyncio.to_thread(never_answered))
entered.wait()
{ending}
print("main thread done")
"""


@pytest.fixture
def executor() -> Iterator[DaemonExecutor]:
    """Make a pool of two threads."""
    pool = DaemonExecutor(2)
    yield pool
    pool.shutdown()


async def double(value: int) -> int:
    """Be a coroutine with a result."""
    await asyncio.sleep(0)
    return value * 2


async def wait_for_ever(started: threading.Event) -> None:
    """Tell that it runs, then wait to be cancelled."""
    started.set()
    await asyncio.Event().wait()


def test_a_coroutine_gives_its_result_to_any_thread(runtime: Runtime) -> None:
    assert [runtime.submit(double(n)).result(WAIT_SECONDS) for n in range(3)] == [0, 2, 4]


def test_a_coroutine_gives_its_exception_to_the_caller(runtime: Runtime) -> None:
    async def fail() -> None:
        raise LookupError("nobody there")

    with pytest.raises(LookupError, match="nobody there"):
        runtime.submit(fail()).result(WAIT_SECONDS)


def test_all_coroutines_run_on_one_thread_that_is_not_the_callers(runtime: Runtime) -> None:
    async def thread() -> threading.Thread:
        return threading.current_thread()

    threads = {runtime.submit(thread()).result(WAIT_SECONDS) for _ in range(5)}
    assert len(threads) == 1
    assert threading.current_thread() not in threads


def test_cancelling_the_future_closes_its_socket(runtime: Runtime) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(WAIT_SECONDS)

        async def read_for_ever() -> None:
            reader, writer = await asyncio.open_connection(*server.getsockname())
            try:
                await reader.read()
            finally:
                writer.close()

        future = runtime.submit(read_for_ever())
        connection, _ = server.accept()
        with connection:
            connection.settimeout(WAIT_SECONDS)
            assert future.cancel()
            assert connection.recv(1) == b""


def test_a_future_cancelled_at_once_never_runs_on(runtime: Runtime) -> None:
    started = threading.Event()
    for _ in range(50):
        runtime.submit(wait_for_ever(started)).cancel()
    assert runtime.submit(_other_tasks()).result(WAIT_SECONDS) == 0


async def _other_tasks() -> int:
    """Let cancelled tasks end, then count those that are left."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.wait([asyncio.ensure_future(asyncio.sleep(0)), *tasks])
    return len([task for task in tasks if not task.done()])


def test_stop_cancels_what_runs_and_closes_generators() -> None:
    closed = threading.Event()
    started = threading.Event()

    async def numbers() -> AsyncIterator[int]:
        try:
            yield 1
            yield 2
        finally:
            closed.set()

    generator = numbers()

    async def take_one() -> int:
        return await anext(generator)

    with Runtime() as runtime:
        assert runtime.submit(take_one()).result(WAIT_SECONDS) == 1
        waiting = runtime.submit(wait_for_ever(started))
        assert started.wait(WAIT_SECONDS)
    assert waiting.cancelled()
    assert closed.is_set()


def test_stop_cancels_tasks_that_cancelled_tasks_start() -> None:
    ended = threading.Event()
    started = threading.Event()

    async def clean_up() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def start_another_when_cancelled() -> None:
        try:
            await wait_for_ever(started)
        finally:
            background.append(asyncio.ensure_future(clean_up()))
            await asyncio.sleep(0)

    background: list[asyncio.Task[None]] = []
    with Runtime() as runtime:
        runtime.submit(start_another_when_cancelled())
        assert started.wait(WAIT_SECONDS)
    assert ended.is_set()


def test_what_was_submitted_before_stop_is_answered() -> None:
    with Runtime() as runtime:
        futures = [runtime.submit(wait_for_ever(threading.Event())) for _ in range(20)]
    for future in futures:
        with pytest.raises(CancelledError):
            future.result(WAIT_SECONDS)


def test_stop_twice_and_stop_unstarted_do_nothing() -> None:
    runtime = Runtime()
    runtime.start()
    runtime.stop()
    runtime.stop()
    Runtime().stop()


def test_using_it_when_it_does_not_run_is_refused() -> None:
    runtime = Runtime()
    with pytest.raises(RuntimeError, match="not running"):
        runtime.submit(double(1))
    runtime.start()
    with pytest.raises(RuntimeError, match="started once"):
        runtime.start()
    assert runtime.loop.is_running()
    runtime.stop()
    with pytest.raises(RuntimeError, match="not running"):
        runtime.submit(double(1))
    with pytest.raises(RuntimeError, match="not running"):
        _ = runtime.loop
    with pytest.raises(RuntimeError, match="started once"):
        runtime.start()


def test_stopping_from_its_own_thread_is_refused(runtime: Runtime) -> None:
    async def stop() -> None:
        runtime.stop()

    with pytest.raises(RuntimeError, match="own thread"):
        runtime.submit(stop()).result(WAIT_SECONDS)


def test_a_loop_that_is_blocked_is_named_and_left(take_log: Callable[[str], logging.LogRecord]) -> None:
    release = threading.Event()
    entered = threading.Event()

    async def block_the_loop() -> None:
        entered.set()
        release.wait()

    runtime = Runtime()
    runtime.start()
    future = runtime.submit(block_the_loop())
    assert entered.wait(WAIT_SECONDS)
    runtime.stop(timeout=0.01)
    take_log("did not stop")
    release.set()
    runtime.stop(WAIT_SECONDS)
    assert future.done()


def test_a_blocked_call_does_not_delay_stop_and_may_end_later() -> None:
    release = threading.Event()
    entered = threading.Event()
    left = threading.Event()

    def prompt() -> None:
        entered.set()
        release.wait()
        left.set()

    with Runtime() as runtime:
        future = runtime.submit(asyncio.to_thread(prompt))
        assert entered.wait(WAIT_SECONDS)
    assert future.cancelled()
    release.set()
    assert left.wait(WAIT_SECONDS)


@pytest.mark.parametrize("ending", ["runtime.stop()", "pass"], ids=["stopped", "forgotten"])
def test_the_process_ends_although_a_call_is_blocked_for_ever(ending: str) -> None:
    script = BLOCKED_FOR_EVER.format(ending=ending)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=WAIT_SECONDS, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "main thread done\n", "")


def test_the_pool_runs_no_more_calls_at_once_than_it_may(executor: DaemonExecutor) -> None:
    both_run = threading.Barrier(3)
    release = threading.Event()
    third = threading.Event()

    def wait() -> None:
        both_run.wait(WAIT_SECONDS)
        release.wait()

    calls = [executor.submit(wait), executor.submit(wait)]
    queued = executor.submit(third.set)
    both_run.wait(WAIT_SECONDS)
    assert not third.is_set()
    assert not queued.running()
    release.set()
    queued.result(WAIT_SECONDS)
    for call in calls:
        call.result(WAIT_SECONDS)


def test_the_pool_uses_an_idle_thread_again(executor: DaemonExecutor) -> None:
    names = {
        executor.submit(lambda: threading.current_thread().name).result(WAIT_SECONDS) for _ in range(200)
    }
    assert names <= {"blocking-1", "blocking-2"}


def test_the_pool_hands_on_exceptions_and_goes_on(executor: DaemonExecutor) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        executor.submit(int, "x").result(WAIT_SECONDS)
    assert executor.submit(int, "7", base=8).result(WAIT_SECONDS) == 7


def test_a_closed_pool_cancels_what_waits_and_takes_nothing(executor: DaemonExecutor) -> None:
    release = threading.Event()
    both_run = threading.Barrier(3)

    def wait() -> bool:
        both_run.wait(WAIT_SECONDS)
        return release.wait(WAIT_SECONDS)

    running = [executor.submit(wait) for _ in range(2)]
    both_run.wait(WAIT_SECONDS)
    waiting: Future[bool] = executor.submit(release.wait)
    executor.shutdown()
    executor.shutdown()
    assert waiting.cancelled()
    with pytest.raises(RuntimeError, match="shut down"):
        executor.submit(release.wait)
    release.set()
    assert all(call.result(WAIT_SECONDS) for call in running)


def test_the_pool_forgets_the_arguments_of_a_failed_call() -> None:
    class Secret:
        """Something that can be watched."""

    def refuse(secret: Secret) -> None:
        raise PermissionError("refused")

    def call_with_secret() -> None:
        secret = Secret()
        weakref.finalize(secret, forgotten.set)
        assert isinstance(pool.submit(refuse, secret).exception(WAIT_SECONDS), PermissionError)

    pool = DaemonExecutor(1)
    forgotten = threading.Event()
    gc.disable()
    try:
        call_with_secret()
        assert forgotten.wait(WAIT_SECONDS)
    finally:
        gc.enable()
        pool.shutdown()
