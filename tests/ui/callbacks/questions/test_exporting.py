"""Writing payloads in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.export import Form, Order
from vibes_desktop.model.errors import StorageError, VibesDesktopError
from vibes_desktop.ui.callbacks.questions.exporting import PayloadExporter
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.widgets.progress_line import ProgressLine

Open = Callable[[int], Viewer]


def exporter_of(viewer: Viewer, told: list[str], line: ProgressLine | None = None) -> PayloadExporter:
    return PayloadExporter(viewer, lambda: line, told.append, viewer)


def test_exact_bytes_are_written(open_events: Open, tmp_path: Path, qtbot: QtBot) -> None:
    viewer, told, line = open_events(5), list[str](), ProgressLine()
    qtbot.addWidget(line)
    exporter = exporter_of(viewer, told, line)
    place = tmp_path / "out.ndjson"
    exporter.write(viewer.rows, place, Order(Form.LINES))
    assert exporter.is_busy
    assert line.running
    qtbot.waitUntil(lambda: not exporter.is_busy)
    assert told == [f"5 callbacks written to {place}"]
    assert place.read_bytes() == (tmp_path / "events.ndjson").read_bytes()
    assert not line.running


def test_giving_up_leaves_no_file(open_events: Open, tmp_path: Path, qtbot: QtBot) -> None:
    viewer, told = open_events(2000), list[str]()
    exporter = exporter_of(viewer, told)
    place = tmp_path / "folder" / "out.csv"
    place.parent.mkdir()
    exporter.write(np.tile(viewer.rows, 20), place, Order(Form.CSV))
    exporter.stop()
    qtbot.waitUntil(lambda: not exporter.is_busy, timeout=20_000)
    assert told == ["Export stopped; no file was written."]
    assert list(place.parent.iterdir()) == []


def test_what_fails_is_told_to_the_page(open_events: Open, tmp_path: Path, qtbot: QtBot) -> None:
    viewer, told = open_events(3), list[str]()
    failed: list[VibesDesktopError] = []
    viewer.failed.connect(failed.append)
    exporter = exporter_of(viewer, told)
    exporter.write(viewer.rows, tmp_path / "no such folder" / "out.json", Order(Form.ARRAY))
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], StorageError)
    assert told == []
    assert not exporter.is_busy
