"""A table that would be empty."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.table_place import TablePlace
from vibes_desktop.ui.callbacks.viewer import Viewer

Open = Callable[..., Viewer]


@pytest.fixture
def place(viewer: Viewer, qtbot: QtBot) -> TablePlace:
    made = TablePlace(viewer, QWidget())
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_question_nothing_answers_can_be_taken_back(
    place: TablePlace, viewer: Viewer, open_events: Open, qtbot: QtBot
) -> None:
    open_events(3)
    assert place.currentIndex() == 0
    viewer.ask("type:person_added")
    qtbot.waitUntil(place.no_answer.isVisible)
    place.all_button.click()
    qtbot.waitUntil(lambda: place.currentIndex() == 0)
    assert viewer.question == ""


def test_files_without_payloads_are_told(
    place: TablePlace, viewer: Viewer, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "empty.json").write_text("")
    (tmp_path / "words.log").write_text("nothing to see\n")
    with qtbot.waitSignal(viewer.opened):
        viewer.open([str(tmp_path)])
    qtbot.waitUntil(place.no_payload.isVisible)
