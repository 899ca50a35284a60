"""Files that change while they are open."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.callbacks.watching import Watch

Write = Callable[..., Path]
LINE = json.dumps({"callback_type": "person_added", "event_id": "later"}) + "\n"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def watch(viewer: Viewer, said: list[str]) -> Watch:
    return Watch(viewer, said.append, viewer)


@pytest.fixture
def file(viewer: Viewer, watch: Watch, write_events: Write, qtbot: QtBot) -> Path:
    place = write_events(3)
    with qtbot.waitSignal(viewer.opened):
        viewer.open([str(place)])
    watch.look()
    qtbot.waitUntil(lambda: not viewer.bridge.running)
    return place


def test_what_is_added_becomes_rows(file: Path, viewer: Viewer, watch: Watch, qtbot: QtBot) -> None:
    with file.open("a") as stream:
        stream.write(LINE * 2)
    with qtbot.assertNotEmitted(viewer.answered):
        watch.look()
        qtbot.waitUntil(lambda: len(viewer.rows) == 5)
    assert viewer.collection.payload(4).facts.event_id == "later"


def test_it_looks_by_itself(file: Path, viewer: Viewer, qtbot: QtBot) -> None:
    with file.open("a") as stream:
        stream.write(LINE)
    qtbot.waitUntil(lambda: len(viewer.rows) == 4)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda place: place.unlink(), "deleted or moved"),
        (lambda place: place.write_text(""), "became shorter"),
        (lambda place: place.write_text("x" * 10_000), "changed while it was open"),
    ],
)
def test_what_became_of_a_file_is_said_once(
    file: Path,
    viewer: Viewer,
    watch: Watch,
    said: list[str],
    change: Callable[[Path], object],
    words: str,
    qtbot: QtBot,
) -> None:
    change(file)
    watch.look()
    qtbot.waitUntil(lambda: bool(said))
    assert words in said[0]
    watch.look()
    qtbot.waitUntil(lambda: not viewer.bridge.running)
    assert len(said) == 1


def test_nothing_is_watched_after_closing(file: Path, viewer: Viewer, watch: Watch, qtbot: QtBot) -> None:
    viewer.close()
    file.unlink()
    qtbot.waitUntil(lambda: not viewer.bridge.running)
    assert not watch._timer.isActive()
