"""What the status bar says of the files."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.opening import Progress
from vibes_desktop.ui.callbacks.file_status import (
    FileStatus,
    file_names,
    opening_words,
    work_words,
)
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.shell.status_bar import StatusBar, StatusSlot

Open = Callable[..., Viewer]


def test_the_bar_names_what_is_open(viewer: Viewer, open_events: Open, qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    FileStatus(viewer, bar)
    assert bar.text(StatusSlot.FILES) == ""
    open_events(5)
    words = bar.text(StatusSlot.FILES)
    assert words.startswith("events.ndjson · ")
    qtbot.waitUntil(lambda: not viewer.is_judging and not viewer.is_answering)
    assert " · indexed in " in words
    assert not bar.progress.running
    viewer.close()
    assert bar.text(StatusSlot.FILES) == ""


def test_opening_shows_progress_that_can_be_cancelled(
    viewer: Viewer, write_events: Callable[..., object], qtbot: QtBot
) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    FileStatus(viewer, bar)
    viewer.open([str(write_events(10))])
    assert bar.progress.running
    assert work_words(viewer)[0].startswith("Opening")
    qtbot.waitUntil(lambda: len(viewer.rows) == 10 and work_words(viewer) == ("", 0.0))
    assert not bar.progress.running


def test_all_names_are_in_the_tooltip(open_events: Open) -> None:
    assert file_names(open_events(1)).endswith("events.ndjson")


def test_opening_tells_how_much_and_how_fast() -> None:
    words = opening_words(Progress(100_000_000, 400_000_000, 123_456, 0.5))
    assert words == "Opening: 123,456 payloads · 100 MB of 400 MB · 200 MB/s"
    assert opening_words(Progress()) == "Opening"


def test_judging_shows_progress_and_can_be_stopped(
    viewer: Viewer, write_events: Callable[..., object], qtbot: QtBot
) -> None:
    viewer.open([str(write_events(20_000))])
    qtbot.waitUntil(lambda: viewer.is_judging)
    viewer.cancel()
    assert not viewer.is_judging
    assert work_words(viewer) == ("", 0.0)
