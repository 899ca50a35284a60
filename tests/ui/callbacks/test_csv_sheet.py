"""The column of a CSV file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.csv_sheet import CsvSheet
from vibes_desktop.ui.callbacks.page import CallbacksPage

Write = Callable[..., Path]
PAYLOAD = '{""callback_type"": ""person_added""}'


def test_the_column_is_chosen_after_opening(page: CallbacksPage, tmp_path: Path, qtbot: QtBot) -> None:
    place = tmp_path / "export.csv"
    place.write_text(f'when,what we got\n2026-01-01,"{PAYLOAD}"\n2026-01-02,"{PAYLOAD}"\n')
    assert not page.opening.can_choose_column
    with qtbot.waitSignal(page.viewer.opened):
        page.opening.open([str(place)])
    qtbot.waitUntil(lambda: page.opening.can_choose_column)
    page.opening.choose_column()
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, CsvSheet)
    assert [sheet.column.itemText(place) for place in range(sheet.column.count())] == ["when", "what we got"]
    sheet.column.setCurrentText("what we got")
    with qtbot.waitSignal(page.viewer.opened):
        sheet.accept()
    assert len(page.viewer.rows) == 2


def test_other_files_have_no_column(page: CallbacksPage, write_events: Write, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.viewer.opened):
        page.opening.open([str(write_events(2))])
    qtbot.waitUntil(lambda: not page.viewer.bridge.running)
    assert not page.opening.can_choose_column
