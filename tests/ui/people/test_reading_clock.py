from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.people.reading_clock import TICK_MS, ReadingClock


@dataclass
class Moment:
    """The time as the clock sees it."""

    seconds: float = 1_000.0


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Moment:
    """Return a time that passes when a test lets it."""
    moment = Moment()
    stand_in = SimpleNamespace(monotonic=lambda: moment.seconds)
    monkeypatch.setattr("vibes_desktop.ui.people.reading_clock.time", stand_in)
    return moment


@pytest.fixture
def clock(qapp: QApplication, now: Moment) -> ReadingClock:
    """Return a clock that has not begun."""
    return ReadingClock(qapp)


@pytest.fixture
def words(clock: ReadingClock) -> list[str]:
    """Return what the clock said."""
    said: list[str] = []
    clock.words.connect(said.append)
    return said


def test_speaks_at_once_and_tells_what_the_reading_took(clock: ReadingClock, words: list[str]) -> None:
    clock.start(1_084)
    assert words == ["Read 0 s ago · 1,084 ms"]


def test_says_nothing_of_a_duration_that_was_not_measured(clock: ReadingClock, words: list[str]) -> None:
    clock.start()
    assert words == ["Read 0 s ago"]


def test_goes_on_speaking_by_itself(clock: ReadingClock, words: list[str], now: Moment, qtbot: QtBot) -> None:
    clock.start()
    now.seconds += 7
    qtbot.waitUntil(lambda: words[-1] == "Read 7 s ago", timeout=20 * TICK_MS)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(89, "Read 89 s ago"), (90, "Read 1 min ago"), (100 * 3600, "Read 6,000 min ago")],
)
def test_counts_seconds_and_then_minutes(
    clock: ReadingClock, words: list[str], now: Moment, seconds: int, said: str
) -> None:
    clock.start()
    now.seconds += seconds
    clock.show(in_view=True)
    assert words[-1] == said


def test_is_silent_while_the_record_is_not_in_view(
    clock: ReadingClock, words: list[str], now: Moment
) -> None:
    clock.start(84)
    clock.show(in_view=False)
    clock.show(in_view=False)
    assert words[1:] == [""]
    now.seconds += 2
    clock.show(in_view=True)
    assert words[2:] == ["Read 2 s ago · 84 ms"]


def test_a_forgotten_reading_stays_forgotten(clock: ReadingClock, words: list[str]) -> None:
    clock.start()
    clock.stop()
    clock.show(in_view=True)
    assert words[1:] == [""]
