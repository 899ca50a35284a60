"""A sheet that works in the background."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import StorageError
from vibes_desktop.ui.callbacks.payload.working_sheet import DETAIL_CHARACTERS, WorkingSheet
from vibes_desktop.ui.callbacks.viewer import Viewer


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(800, 600)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def sheet(viewer: Viewer, window: QWidget) -> WorkingSheet:
    made = WorkingSheet(viewer, "A sheet", parent=window)
    made.add_close()
    made.open()
    return made


def test_what_was_worked_out_arrives(sheet: WorkingSheet, qtbot: QtBot) -> None:
    found: list[int] = []
    sheet.work("Counting", lambda: 42, found.append)
    running = [sheet.progress.running]
    qtbot.waitUntil(lambda: found == [42])
    running.append(sheet.progress.running)
    assert running == [True, False]
    sheet.reject()


def test_what_fails_is_said_at_its_place(sheet: WorkingSheet, qtbot: QtBot) -> None:
    def fail() -> None:
        raise StorageError("It failed.", "Nothing was done.", "Try again.")

    sheet.work("Counting", fail, lambda _: None)
    qtbot.waitUntil(sheet.notice.isVisible)
    assert "It failed." in sheet.notice.text
    assert not sheet.progress.running
    sheet.reject()


def test_closing_gives_the_work_up(sheet: WorkingSheet, viewer: Viewer, qtbot: QtBot) -> None:
    found: list[bool] = []
    go_on = threading.Event()
    sheet.work("Waiting", go_on.wait, found.append)
    sheet.reject()
    go_on.set()
    qtbot.waitUntil(lambda: not viewer.bridge.running)
    assert found == []


def test_a_new_piece_of_work_takes_the_place_of_the_old(sheet: WorkingSheet, qtbot: QtBot) -> None:
    found: list[object] = []
    go_on = threading.Event()
    sheet.work("Waiting", go_on.wait, found.append)
    sheet.work("Counting", lambda: 42, found.append)
    qtbot.waitUntil(lambda: found == [42])
    go_on.set()
    sheet.reject()


def test_what_is_copied_is_said(sheet: WorkingSheet, viewer: Viewer) -> None:
    sheet.copy("text", "line")
    assert QGuiApplication.clipboard().text() == "text"
    assert sheet._note.text() == "Line copied"
    sheet.reject()


def test_a_jump_closes_and_shows(sheet: WorkingSheet, viewer: Viewer) -> None:
    sheet.jump(5)
    assert viewer.current == 5
    assert not sheet.isVisible()


def test_the_detail_is_bounded(sheet: WorkingSheet) -> None:
    sheet.show_detail("x" * (2 * DETAIL_CHARACTERS))
    assert len(sheet.detail.text()) == DETAIL_CHARACTERS
    sheet.reject()
