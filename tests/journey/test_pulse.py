"""A pause of the window is noticed, and what the journey does itself is left out."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.journey.driver import live
from tests.journey.pulse import KEPT_FROM_MS, Pulse

BUSY_MS = 20 * KEPT_FROM_MS


def be_busy() -> None:
    """Hold the thread, as a slow slot does."""
    end = time.monotonic() + BUSY_MS / 1000
    while time.monotonic() < end:
        pass


@pytest.fixture
def pulse(qapp: QApplication) -> Pulse:
    made = Pulse()
    made.during = "the test"
    made.start()
    return made


def test_a_slow_slot_is_a_pause_with_a_name(pulse: Pulse) -> None:
    QTimer.singleShot(0, be_busy)
    live(1)
    pulse.stop()
    assert [each.during for each in pulse.pauses if each.milliseconds >= BUSY_MS] == ["the test"]


def test_what_is_done_aside_is_no_pause(pulse: Pulse) -> None:
    with pulse.aside():
        be_busy()
    live(1)
    pulse.stop()
    assert all(each.milliseconds < BUSY_MS for each in pulse.pauses)


def test_nothing_is_counted_before_the_start_and_after_the_end(pulse: Pulse) -> None:
    pulse.stop()
    pulse.pauses.clear()
    be_busy()
    live(1)
    assert not pulse.pauses
