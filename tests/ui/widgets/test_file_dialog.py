"""Asking for files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.widgets.file_dialog import ask_for_file, ask_where_to_save

FILTERS = ("CSV (*.csv)", "JSON (*.json)", "All files (*)")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def chosen() -> list[Path]:
    return []


def _name(dialog: QFileDialog, name: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(dialog.isVisible)
    dialog.selectFile(name)


def test_a_name_without_an_ending_gets_that_of_the_kind(
    window: QWidget, chosen: list[Path], qtbot: QtBot, tmp_path: Path
) -> None:
    for kind, ending in zip(FILTERS, (".csv", ".json", ""), strict=True):
        dialog = ask_where_to_save(window, "Save", tmp_path / "x.csv", FILTERS, chosen.append)
        dialog.selectNameFilter(kind)
        dialog.filterSelected.emit(kind)
        _name(dialog, "history", qtbot)
        dialog.accept()
        assert chosen[-1] == tmp_path / f"history{ending}"


def test_the_suggestion_stands_in_it(
    window: QWidget, chosen: list[Path], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = ask_where_to_save(window, "Save", tmp_path / "x.csv", FILTERS, chosen.append)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.selectedFiles() == [str(tmp_path / "x.csv")]
    dialog.reject()
    assert chosen == []


def test_only_a_file_that_is_there_can_be_read(
    window: QWidget, chosen: list[Path], qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "fields.json").write_text("{}")
    dialog = ask_for_file(window, "Open", FILTERS, chosen.append)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile
    dialog.setDirectory(str(tmp_path))
    dialog.selectNameFilter(FILTERS[1])
    _name(dialog, "fields.json", qtbot)
    dialog.accept()
    assert chosen == [tmp_path / "fields.json"]
