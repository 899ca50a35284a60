"""The writer's thread: in order, one at a time, and to the end."""

import threading

import pytest

from vibes_desktop.storage.captures_thread import WriterThread


def test_jobs_are_done_in_order_on_one_thread() -> None:
    thread = WriterThread("writer")
    done: list[tuple[int, str]] = []
    futures = [
        thread.submit(lambda number=number: done.append((number, threading.current_thread().name)))  # type: ignore[misc]
        for number in range(100)
    ]
    thread.close()
    assert done == [(number, "writer") for number in range(100)]
    assert all(future.done() for future in futures)


def test_what_a_job_raises_is_its_callers() -> None:
    thread = WriterThread("writer")
    failing = thread.submit(lambda: 1 // 0)
    assert thread.submit(lambda: "still works").result() == "still works"
    with pytest.raises(ZeroDivisionError):
        failing.result()
    thread.close()


def test_a_job_that_was_cancelled_is_not_done() -> None:
    thread = WriterThread("writer")
    begun, go = threading.Event(), threading.Event()
    done: list[str] = []

    def hold() -> None:
        begun.set()
        go.wait()

    thread.submit(hold)
    begun.wait()
    unwanted = thread.submit(lambda: done.append("unwanted"))
    thread.submit(lambda: done.append("wanted"))
    assert unwanted.cancel()
    go.set()
    thread.close()
    assert done == ["wanted"]


def test_nothing_is_queued_after_the_end() -> None:
    thread = WriterThread("writer")
    thread.close()
    thread.close()
    with pytest.raises(RuntimeError, match="closed"):
        thread.submit(lambda: None)
