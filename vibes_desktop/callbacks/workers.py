"""Processes that work on parts of a large file at the same time; their results come in order."""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Self, TypeVar

from vibes_desktop.callbacks.stopping import Check, go_on

JOBS_FOR_EACH = 2
SHORT_BYTES = 4096  # surely fits into a pipe that nobody reads at the moment: both ends would wait forever
JOBS_AHEAD = 4  # for each process; results that wait for an earlier one take memory
LOOK_EVERY_SECONDS = 0.1
BROKEN = (EOFError, OSError)
THREADS = "OPENBLAS_NUM_THREADS"

Result = TypeVar("Result")


class Workers(Generic[Result]):
    """Runs a function of a module in processes of its own; use it as a context manager.

    They are spawned, not forked: a fork of a program with threads may hang, and Windows has none.
    """

    def __init__(self, function: Callable[..., Result], count: int) -> None:
        self._function = function
        self._count = count
        self._handed_out: dict[Connection, list[int]] = {}
        self._processes: list[Any] = []

    def __enter__(self) -> Self:
        context = get_context("spawn")
        with _with_one_thread_each():
            for _ in range(self._count):
                ours, theirs = context.Pipe()
                process = context.Process(target=_serve, args=(theirs, self._function), daemon=True)
                process.start()
                theirs.close()
                self._processes.append(process)
                self._handed_out[ours] = []
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.terminate()  # it only reads: nothing can be left half done
            process.join()
            process.close()
        for connection in self._handed_out:
            connection.close()

    def map(self, jobs: Sequence[tuple[object, ...]], check: Check = go_on) -> Iterator[Result]:
        """Give the result of each job, in order; raises what the function raised, and Stopped.

        The jobs of a process that died are done here.
        """
        ready: dict[int, Result] = {}
        sent = 0
        for wanted in range(len(jobs)):
            while wanted not in ready:
                check()
                while sent < min(len(jobs), wanted + self._count * JOBS_AHEAD) and self._hand_out(sent, jobs):
                    sent += 1
                if not self._handed_out:
                    ready[wanted] = self._function(*jobs[wanted])
                    sent = max(sent, wanted + 1)
                ready |= dict(self._arrived(jobs))
            yield ready.pop(wanted)

    def _hand_out(self, number: int, jobs: Sequence[tuple[object, ...]]) -> bool:
        """Give a job to whoever has the fewest; a short one may wait there, so that nobody waits for us."""
        if not self._handed_out:
            return False
        connection, waiting = min(self._handed_out.items(), key=lambda each: len(each[1]))
        if len(waiting) >= JOBS_FOR_EACH:
            return False
        job = pickle.dumps(jobs[number])
        if waiting and len(job) > SHORT_BYTES:
            return False
        with suppress(*BROKEN):  # its end is noticed where its results are waited for
            connection.send_bytes(job)
        waiting.append(number)
        return True

    def _arrived(self, jobs: Sequence[tuple[object, ...]]) -> Iterator[tuple[int, Result]]:
        busy = [connection for connection, waiting in self._handed_out.items() if waiting]
        arrived = wait(busy, LOOK_EVERY_SECONDS) if busy else ()
        for connection in [each for each in busy if each in arrived]:
            try:
                result = connection.recv()
            except BROKEN:
                connection.close()
                for number in self._handed_out.pop(connection):
                    yield number, self._function(*jobs[number])
                continue
            number = self._handed_out[connection].pop(0)
            if isinstance(result, Exception):
                raise result
            yield number, result


@contextmanager
def _with_one_thread_each() -> Iterator[None]:
    """Keep numpy's library for matrices, which nobody asks, from starting a thread for each core."""
    before = os.environ.get(THREADS)
    os.environ[THREADS] = "1"
    try:
        yield
    finally:
        os.environ.pop(THREADS)
        if before is not None:
            os.environ[THREADS] = before


def _serve(connection: Connection, function: Callable[..., object]) -> None:
    """Do jobs until nobody asks any more."""
    gc.disable()  # rows hold no cycles, and looking for some takes a tenth of the time
    while True:
        try:
            job = connection.recv()
        except BROKEN:
            return
        try:
            result = function(*job)
        except Exception as error:  # noqa: BLE001 - it is raised again where the job came from
            result = error
        try:
            connection.send(result)
        except BROKEN:
            return
