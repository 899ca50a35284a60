"""A sheet that tells something about the answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.questions.report_sheet import ReportSheet
from vibes_desktop.ui.callbacks.questions.result_model import ResultColumn
from vibes_desktop.ui.callbacks.viewer import Viewer

TEXT: ResultColumn[str] = ResultColumn("Text", lambda row: row, lambda row: row, is_link=True)


class Sheet(ReportSheet):
    """Remembers what it was told to follow."""

    followed: str = ""

    def follow(self, row: str) -> None:
        self.followed = row


@pytest.fixture
def sheet(viewer: Viewer, qtbot: QtBot) -> Iterator[Sheet]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Sheet(viewer, "Report", (TEXT,), window)
    yield made
    made.reject()


def test_what_is_worked_out_is_shown(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.work_out(lambda: ["a"], lambda found: sheet.show_rows(found, "One row."), "Counting")
    assert sheet.progress.running
    qtbot.waitUntil(lambda: sheet.model.rows == ("a",))
    assert sheet.words.text() == "One row."
    assert not sheet.progress.running


def test_a_result_is_shown_the_way_it_was_asked_for(sheet: Sheet, qtbot: QtBot) -> None:
    go_on, shown = threading.Event(), list[str]()

    def slow() -> str:
        go_on.wait(5)
        return "first"

    sheet.work_out(slow, lambda found: shown.append(f"1 {found}"), "")
    sheet.work_out(lambda: "second", lambda found: shown.append(f"2 {found}"), "")
    go_on.set()
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert shown == ["1 first", "2 second"]


def test_a_file_that_is_gone_is_told_in_the_sheet(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.work_out(_broken, lambda _: None, "Counting")
    qtbot.waitUntil(lambda: not sheet.notice.isHidden())
    assert "can't be read" in sheet.notice.text


def _broken() -> str:
    raise OSError("gone")


def test_following_a_row_closes_the_sheet(sheet: Sheet, qtbot: QtBot) -> None:
    ended: list[int] = []
    sheet.finished.connect(ended.append)
    sheet.table.opened.emit("a")
    assert (sheet.followed, ended) == ("a", [1])


def test_only_so_many_rows_are_shown_and_that_is_said(sheet: Sheet) -> None:
    sheet.show_rows(["x"] * 10_001, "Many rows.")
    assert sheet.words.text() == "Many rows. The first 10,000 are shown."
