"""Stopping from another thread."""

import asyncio
import threading

import pytest

from vibes_desktop.model.errors import Cancelled
from vibes_desktop.people.stop import Stop
from vibes_desktop.runtime import Runtime

WAIT_SECONDS = 10.0


def test_work_that_waits_is_stopped_from_another_thread(runtime: Runtime) -> None:
    stop, has_begun = Stop(), threading.Event()

    async def work() -> None:
        with stop.covering():
            has_begun.set()
            await asyncio.Event().wait()

    running = runtime.submit(work())
    assert has_begun.wait(WAIT_SECONDS)
    stop.now()
    stop.now()
    with pytest.raises(Cancelled) as stopped:
        running.result(WAIT_SECONDS)
    assert stopped.value.done == "Nothing was sent."


def test_a_task_that_was_stopped_can_go_on(runtime: Runtime) -> None:
    async def work() -> int:
        stop, task = Stop(), asyncio.current_task()
        assert task is not None
        asyncio.get_running_loop().call_soon(stop.now)
        with pytest.raises(Cancelled), stop.covering():
            await asyncio.Event().wait()
        return task.cancelling()

    assert runtime.submit(work()).result(WAIT_SECONDS) == 0


def test_what_was_stopped_before_it_began_does_not_begin(runtime: Runtime) -> None:
    stop = Stop()
    stop.now()

    async def work() -> None:
        with stop.covering():
            raise AssertionError

    with pytest.raises(Cancelled):
        runtime.submit(work()).result(WAIT_SECONDS)


def test_a_stop_after_the_end_does_nothing(runtime: Runtime) -> None:
    stop = Stop()

    async def work() -> int:
        with stop.covering():
            pass
        stop.now()
        await asyncio.sleep(0)
        return 7

    assert runtime.submit(work()).result(WAIT_SECONDS) == 7


def test_a_cancellation_by_others_stays_one(runtime: Runtime) -> None:
    async def work() -> str:
        async def covered() -> None:
            with Stop().covering():
                await asyncio.Event().wait()

        task = asyncio.ensure_future(covered())
        await asyncio.sleep(0)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            return "cancelled"
        return "not"

    assert runtime.submit(work()).result(WAIT_SECONDS) == "cancelled"
