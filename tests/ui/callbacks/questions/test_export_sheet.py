"""Choosing what is written, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.export import CELLS, Form
from vibes_desktop.ui.callbacks.questions.export_sheet import ExportSheet, open_export_sheet
from vibes_desktop.ui.callbacks.questions.exporting import PayloadExporter
from vibes_desktop.ui.callbacks.viewer import Viewer

Open = Callable[[int], Viewer]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def sheet(open_events: Open, window: QWidget) -> Iterator[ExportSheet]:
    viewer = open_events(6)
    viewer.set_selection(lambda: np.array([1, 2]))
    made = opened(viewer, window)
    yield made
    made.reject()


def opened(viewer: Viewer, window: QWidget) -> ExportSheet:
    return open_export_sheet(viewer, window, PayloadExporter(viewer, lambda: None, lambda _: None, viewer))


def test_several_selected_rows_are_offered_first(sheet: ExportSheet) -> None:
    assert sheet.selected_rows.text() == "The 2 callbacks selected in the table"
    assert sheet.rows.tolist() == [1, 2]
    sheet.all_rows.setChecked(True)
    assert len(sheet.rows) == 6


def test_lines_are_the_usual_form_and_columns_belong_to_csv(sheet: ExportSheet) -> None:
    assert sheet.order.form is Form.LINES
    assert not sheet.columns["mdn"].isVisible()
    sheet.forms[Form.CSV].setChecked(True)
    assert sheet.columns["mdn"].isVisible()
    sheet.columns["mdn"].setChecked(False)
    assert sheet.order.columns == tuple(name for name in CELLS if name != "mdn")


def test_nothing_to_write_is_not_written(sheet: ExportSheet) -> None:
    sheet.forms[Form.CSV].setChecked(True)
    sheet._check_all(is_wanted=False)
    assert not sheet.export.isEnabled()
    sheet.columns["type"].setChecked(True)
    assert sheet.export.isEnabled()


def test_it_says_whether_personal_data_are_in_it(sheet: ExportSheet, viewer: Viewer, window: QWidget) -> None:
    assert not sheet.order.is_masked
    assert "will hold personal data" in sheet.about_data.text()
    viewer.privacy.set_masking(True)
    second = opened(viewer, window)
    assert second.order.is_masked
    assert "no longer byte for byte" in second.about_data.text()
    assert "hidden in the window" in second.about_data.text()
    second.hide_data.click()
    assert second.order.is_masked, "what the window hides, its files hide"
    second.reject()


def test_the_file_is_asked_for_with_its_ending(sheet: ExportSheet, window: QWidget) -> None:
    sheet.forms[Form.CSV].setChecked(True)
    sheet.export.click()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.nameFilters() == ["CSV (*.csv)"]
    assert dialog.selectedFiles()[0].endswith(".csv")
    dialog.reject()
