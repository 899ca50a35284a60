"""Processes of our own: results in order, errors handed on, the jobs of dead ones done here."""

import multiprocessing
import os
import signal
import time

import pytest

from vibes_desktop.callbacks.stopping import Stopped, Stopper
from vibes_desktop.callbacks.workers import Workers


def test_results_come_in_order() -> None:
    with Workers(divmod, 2) as pool:
        assert list(pool.map([(number, 3) for number in range(30)])) == [
            divmod(number, 3) for number in range(30)
        ]
    assert multiprocessing.active_children() == []


def test_long_jobs_and_long_results_do_not_wait_for_each_other() -> None:
    jobs = [(bytes([number]) * (4 << 20), b"", b"x") for number in range(8)]
    with Workers(bytes.replace, 2) as pool:
        for job, result in zip(jobs, pool.map(jobs), strict=True):
            assert len(result) > len(job[0])


def test_what_a_job_raises_is_raised_here() -> None:
    with Workers(os.stat, 1) as pool, pytest.raises(FileNotFoundError):
        list(pool.map([("/nowhere",)]))


def test_the_job_of_a_dead_process_is_done_here() -> None:
    with Workers(divmod, 2) as pool:
        results = pool.map([(number, 3) for number in range(20)])
        assert next(results) == (0, 0)
        for process in multiprocessing.active_children():
            assert process.pid is not None
            os.kill(process.pid, signal.SIGTERM)
            process.join()
        assert list(results) == [divmod(number, 3) for number in range(1, 20)]


def test_long_work_is_given_up() -> None:
    stopper = Stopper()
    with Workers(time.sleep, 1) as pool:
        results = pool.map([(0,), (3600,)], stopper.check)
        next(results)
        stopper.stop()
        with pytest.raises(Stopped):
            next(results)
    assert multiprocessing.active_children() == []
