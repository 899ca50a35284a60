from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.people.slices import SLICE_MS, Slices


@pytest.fixture
def slices(qapp: QObject) -> Slices:
    """Return slices that run nothing yet."""
    return Slices(qapp)


def noting(done: list[int], *numbers: int) -> Iterator[Callable[[], object]]:
    """Make steps that note their numbers."""
    for number in numbers:
        yield lambda number=number: done.append(number)  # type: ignore[misc]


def long_step() -> None:
    """Take as long as a slice may."""
    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < SLICE_MS:
        pass


def test_steps_run_in_order_and_not_at_once(slices: Slices, qtbot: QtBot) -> None:
    done: list[int] = []
    with qtbot.waitSignal(slices.done):
        slices.run(noting(done, 1, 2, 3))
        assert slices.is_running
        assert done == []
    assert done == [1, 2, 3]
    assert not slices.is_running


def test_the_window_has_its_turn_between_slices(slices: Slices, qtbot: QtBot) -> None:
    seen: list[str] = []

    def step() -> None:
        long_step()
        seen.append("step")
        QTimer.singleShot(0, slices, lambda: seen.append("window"))

    with qtbot.waitSignal(slices.done):
        slices.run([step, step, step])
    assert seen.index("window") < len(seen) - 1 - seen[::-1].index("step")


def test_new_steps_take_the_place_of_those_left(slices: Slices, qtbot: QtBot) -> None:
    done: list[int] = []
    with qtbot.waitSignal(slices.done):
        slices.run(noting(done, 1))
        slices.run(noting(done, 2))
    assert done == [2]


def test_finish_runs_what_is_left_and_tells_once(slices: Slices) -> None:
    done: list[int] = []
    told = QSignalSpy(slices.done)
    slices.finish()
    assert told.count() == 0
    slices.run(noting(done, 1, 2))
    slices.finish()
    assert done == [1, 2]
    assert told.count() == 1
    assert not slices.is_running


def test_stop_leaves_the_rest_undone(slices: Slices) -> None:
    done: list[int] = []
    told = QSignalSpy(slices.done)
    slices.run(noting(done, 1))
    slices.stop()
    slices.finish()
    assert (done, told.count(), slices.is_running) == ([], 0, False)
