"""Findings, found in the background."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.second_pass import SecondPass
from vibes_desktop.ui.callbacks.viewer import Viewer

Write = Callable[..., Path]
EVENT = {"callback_type": "person_added", "event_id": "A", "event_date": "2026-01-01T00:00:00Z"}


def test_every_row_is_judged(bridge: Bridge, write_events: Write, qtbot: QtBot) -> None:
    told: list[None] = []
    judge = SecondPass(bridge, lambda: told.append(None))
    with Collection.open([str(write_events(5))]) as collection:
        judge.go_on(collection)
        assert judge.is_busy
        qtbot.waitUntil(lambda: not judge.is_busy)
        assert collection.judged is not None
        assert collection.judged.done_rows == 5
        assert told
        judge.go_on(collection)
        assert not judge.is_busy


def test_a_pass_can_be_given_up(bridge: Bridge, write_events: Write, qtbot: QtBot) -> None:
    told: list[None] = []
    judge = SecondPass(bridge, lambda: told.append(None))
    with Collection.open([str(write_events(5))]) as collection:
        judge.go_on(collection)
        judge.stop()
        assert not judge.is_busy
        qtbot.waitUntil(lambda: not bridge.running)
    assert told == []


def test_a_file_that_is_gone_is_not_judged_for_ever(
    bridge: Bridge, write_events: Write, qtbot: QtBot
) -> None:
    judge = SecondPass(bridge, lambda: None)
    place = write_events(5)
    with Collection.open([str(place)]) as collection:
        place.unlink()
        judge.go_on(collection)
        qtbot.waitUntil(lambda: not bridge.running)
        assert not judge.is_busy


def test_the_viewer_judges_what_it_opens(viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "twice.ndjson").write_text(f"{json.dumps(EVENT)}\n" * 2)
    with qtbot.waitSignal(viewer.judged):
        viewer.open([str(tmp_path)])
    qtbot.waitUntil(lambda: "redelivery" in viewer.findings_of(1))
    viewer.ask("finding:redelivery")
    qtbot.waitUntil(lambda: viewer.rows.tolist() == [1])
    (tmp_path / "more.ndjson").write_text(f"{json.dumps(EVENT)}\n")
    viewer.open([str(tmp_path / "more.ndjson")], add=True)
    qtbot.waitUntil(lambda: viewer.rows.tolist() == [1, 2])
