"""What the payloads hold, path by path."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.judged import Judged
from vibes_desktop.ui.callbacks.questions.drift_sheet import DriftSheet, open_drift_sheet
from vibes_desktop.ui.callbacks.viewer import Viewer

Open = Callable[[int], Viewer]


@pytest.fixture
def sheet(open_events: Open, qtbot: QtBot) -> Iterator[DriftSheet]:
    """Open four payloads, of which two were judged."""
    viewer = open_events(4)
    viewer.collection.judged = judged = Judged()
    judge(viewer, judged, 0, 2)
    window = QWidget()
    qtbot.addWidget(window)
    made = open_drift_sheet(viewer, window)
    yield made
    made.reject()


def judge(viewer: Viewer, judged: Judged, first: int, last: int) -> None:
    for row in range(first, last):
        payload = viewer.collection.payload(row)
        judged.drift.add(payload.callback_type, payload.value, row)
    judged.put(first, np.zeros(last - first, np.uint32))


def paths(sheet: DriftSheet) -> list[str]:
    return [row.path for row in sheet.model.rows]


def test_paths_are_listed_as_far_as_the_pass_has_come(
    sheet: DriftSheet, viewer: Viewer, qtbot: QtBot
) -> None:
    assert "subscription.opt_out_reason" in paths(sheet)
    assert sheet.words.text().endswith("paths in 2 of 4 callbacks.")
    assert sheet.progress.running
    judged = viewer.collection.judged
    assert judged is not None
    judge(viewer, judged, 2, 4)
    viewer.judged.emit()
    qtbot.waitUntil(lambda: sheet.words.text().endswith("paths in all 4 callbacks."))
    assert not sheet.progress.running


def test_what_the_documents_name_can_be_left_out(sheet: DriftSheet) -> None:
    everything = paths(sheet)
    sheet.only_odd.setChecked(True)
    assert len(paths(sheet)) < len(everything)
    assert "event_id" not in paths(sheet)


def test_one_type_can_be_looked_at(sheet: DriftSheet) -> None:
    assert sheet.types.findText("subscription_removed") == 1
    sheet.types.setCurrentIndex(1)
    assert {row.callback_type for row in sheet.model.rows} == {"subscription_removed"}


def test_a_path_is_put_into_the_question(sheet: DriftSheet, viewer: Viewer) -> None:
    viewer.ask("list:1234")
    row = next(row for row in sheet.model.rows if row.path == "subscription.opt_out_reason")
    sheet.table.opened.emit(row)
    assert viewer.question == "type:subscription_removed path:subscription.opt_out_reason"


def test_examples_are_hidden_while_personal_data_are(sheet: DriftSheet, viewer: Viewer) -> None:
    row = paths(sheet).index("subscription.person.external_person_id")
    example = sheet.model.columnCount() - 1
    assert sheet.model.index(row, example).data() == "ex00000"
    viewer.privacy.set_masking(True)
    assert sheet.model.index(row, example).data() == "hidden"


def test_without_a_second_pass_it_says_so(open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(2)
    viewer.collection.judged = None
    window = QWidget()
    qtbot.addWidget(window)
    sheet = open_drift_sheet(viewer, window)
    assert sheet.words.text() == "0 paths in 0 of 2 callbacks."
    sheet.reject()
