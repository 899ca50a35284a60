"""When views of the answer count anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.stopping import Check
from vibes_desktop.ui.callbacks.questions.recounting import Recounting
from vibes_desktop.ui.callbacks.viewer import Viewer

Open = Callable[[int], Viewer]


class Counter:
    """Counts the rows that answer, and remembers what was shown."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.shown: list[int] = []
        self.partial: list[bool] = []

    def work(self, is_partial: bool) -> Callable[[Check], int]:
        self.partial.append(is_partial)
        count = len(self.viewer.rows)
        return lambda _check: count


@pytest.fixture
def counter(viewer: Viewer) -> Counter:
    made = Counter(viewer)
    Recounting(viewer, made.work, made.shown.append, QObject(viewer))
    return made


def test_an_answer_is_counted_once_it_is_there(
    counter: Counter, viewer: Viewer, open_events: Open, qtbot: QtBot
) -> None:
    open_events(6)
    qtbot.waitUntil(lambda: counter.shown[-1:] == [6])
    counter.partial.clear()
    viewer.ask("reason:keyword_opt_out")
    qtbot.waitUntil(lambda: counter.shown[-1:] == [2])
    assert counter.partial == [False]


def test_a_slow_answer_ends_with_a_full_count(
    counter: Counter, viewer: Viewer, open_events: Open, qtbot: QtBot
) -> None:
    open_events(3000)
    viewer.ask("path:subscription.opt_out_reason=keyword_opt_out")
    qtbot.waitUntil(lambda: counter.shown[-1:] == [1000])
    assert counter.partial[-1] is False


def test_closing_counts_nothing(counter: Counter, viewer: Viewer, open_events: Open, qtbot: QtBot) -> None:
    open_events(3)
    qtbot.waitUntil(lambda: counter.shown[-1:] == [3])
    viewer.close()
    qtbot.waitUntil(lambda: counter.shown[-1:] == [0])
