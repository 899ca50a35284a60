"""Texts of rows, read in the background."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.row_reader import KEPT_ROWS, ROWS_AT_ONCE, RowReader
from vibes_desktop.ui.callbacks.viewer import Viewer

Open = Callable[..., Viewer]


def test_what_is_missing_is_read_and_told(open_events: Open, qtbot: QtBot) -> None:
    reader = RowReader(open_events(3))
    with qtbot.waitSignal(reader.arrived):
        assert reader.texts(1) is None
        assert reader.texts(2) is None
    found = reader.texts(1)
    assert found is not None
    assert found.external_id == "ex00001"
    assert reader.texts(2) is not None


def test_only_the_last_screens_are_read(open_events: Open, qtbot: QtBot) -> None:
    reader = RowReader(open_events(ROWS_AT_ONCE + 50))
    with qtbot.waitSignal(reader.arrived):
        for row in range(ROWS_AT_ONCE + 50):
            reader.texts(row)
    assert reader.texts(ROWS_AT_ONCE + 49) is not None
    assert reader.texts(0) is None


def test_another_collection_has_other_texts(open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(3)
    reader = RowReader(viewer)
    with qtbot.waitSignal(reader.arrived):
        reader.texts(0)
    viewer.close()
    assert reader.texts(0) is None


def test_no_more_are_kept_than_a_few_screens(open_events: Open, qtbot: QtBot) -> None:
    reader = RowReader(open_events(KEPT_ROWS + ROWS_AT_ONCE))
    for first in range(0, KEPT_ROWS + ROWS_AT_ONCE, ROWS_AT_ONCE):
        with qtbot.waitSignal(reader.arrived):
            for row in range(first, first + ROWS_AT_ONCE):
                reader.texts(row)
    assert reader.texts(0) is None
    assert reader.texts(KEPT_ROWS) is not None
