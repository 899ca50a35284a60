"""Opening in the background."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.opening import Step
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.opener import Opener, Reports, close_sources, closing_itself, nothing_opened

Write = Callable[..., Path]


class Told:
    """What an opener told."""

    def __init__(self) -> None:
        self.collection = closing_itself(Collection())
        self.batches = 0
        self.is_done = False
        self.errors: list[VibesDesktopError] = []

    @property
    def reports(self) -> Reports:
        return Reports(self.take, self.end, self.errors.append)

    def take(self, steps: Sequence[Step]) -> None:
        self.batches += 1
        for step in steps:
            self.collection.add(step)

    def end(self) -> None:
        self.is_done = True


def test_files_are_opened_off_the_windows_thread(bridge: Bridge, qtbot: QtBot, write_events: Write) -> None:
    opener, told = Opener(bridge, None), Told()
    opener.start([str(write_events(5))], 0, told.reports)
    was_busy = opener.is_busy
    qtbot.waitUntil(lambda: told.is_done)
    assert was_busy
    assert not opener.is_busy
    assert len(told.collection) == 5
    assert told.batches >= 1


def test_stopping_keeps_what_was_read(bridge: Bridge, qtbot: QtBot, write_events: Write) -> None:
    opener, told = Opener(bridge, None), Told()

    def take(steps: Sequence[Step]) -> None:
        told.take(steps)
        opener.stop()

    opener.start([str(write_events(20_000))], 0, Reports(take, told.end, told.errors.append))
    qtbot.waitUntil(lambda: told.is_done)
    assert not opener.is_busy
    assert 0 < len(told.collection) <= 20_000


def test_what_was_given_up_reports_nothing(bridge: Bridge, qtbot: QtBot, write_events: Write) -> None:
    opener, given_up, told = Opener(bridge, None), Told(), Told()
    opener.start([str(write_events(5))], 0, given_up.reports)
    opener.start([str(write_events(3, "other.ndjson"))], 0, told.reports)
    qtbot.waitUntil(lambda: told.is_done and not bridge.running)
    assert len(told.collection) == 3
    assert given_up.batches == 0
    assert not given_up.is_done


def test_a_collection_closes_its_files_once_nobody_reads(write_events: Write) -> None:
    collection = closing_itself(Collection())
    for step in _steps(write_events(2)):
        collection.add(step)
    source = collection.sources[0]
    assert source.read_all(0, 1)
    del collection
    gc.collect()
    with pytest.raises(ValueError, match="closed"):
        source.read_all(0, 1)


def test_files_that_nobody_wants_are_closed(write_events: Write) -> None:
    steps = _steps(write_events(2))
    source = next(source for step in steps for source in step.sources)
    close_sources(steps)
    with pytest.raises(ValueError, match="closed"):
        source.read_all(0, 1)


def test_nothing_to_open_is_said_in_sentences() -> None:
    error = nothing_opened(["a.json: it can't be read: permission denied."])
    assert "permission denied" in error.done
    assert "before" in error.advice


def _steps(place: Path) -> list[Step]:
    from vibes_desktop.callbacks.opening import Opening

    return list(Opening([str(place)]).steps())
