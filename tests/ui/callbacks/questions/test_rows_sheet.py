"""Some payloads by themselves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.questions.rows_sheet import READ_AT_MOST, open_rows_sheet
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.privacy import MASKED_COPY

Open = Callable[[int], Viewer]


def test_rows_are_shown_in_order_of_time_and_one_can_be_opened(open_events: Open, qtbot: QtBot) -> None:
    viewer, window = open_events(6), QWidget()
    qtbot.addWidget(window)
    sheet = open_rows_sheet(viewer, window, "Some", np.array([4, 2]))
    qtbot.waitUntil(lambda: sheet.model.rowCount() == 2)
    assert sheet.words.text() == "2 callbacks."
    assert [sheet.model.index(row, 5).data() for row in range(2)] == ["E000002", "E000004"]
    assert sheet.model.index(0, 0).data() == "2026-02-01 00:02:00"
    viewer.privacy.set_masking(True)
    assert sheet.model.index(0, 2).data() == "e•••"
    sheet.table.copy()
    assert MASKED_COPY in [label.text() for label in sheet.findChildren(QLabel)]
    sheet.table.opened.emit(sheet.model.rows[1])
    assert viewer.current == 4


def test_only_so_many_are_read(open_events: Open, qtbot: QtBot) -> None:
    viewer, window = open_events(READ_AT_MOST + 1), QWidget()
    qtbot.addWidget(window)
    sheet = open_rows_sheet(viewer, window, "Many", viewer.rows)
    qtbot.waitUntil(lambda: sheet.model.rowCount() == READ_AT_MOST)
    assert sheet.words.text() == "1,001 callbacks; the first 1,000 are shown."
    sheet.reject()
