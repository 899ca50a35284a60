"""Ways to open, on the page they belong to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.links import link_to
from vibes_desktop.ui.callbacks.page import CallbacksPage
from vibes_desktop.ui.callbacks.pasting import PASTED
from vibes_desktop.ui.callbacks.viewer import Viewer

Write = Callable[..., Path]
PAYLOAD = '{"callback_type": "person_added", "event_id": "pasted"}'


def paste(page: CallbacksPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.viewer.opened):
        page.opening.paste()


def test_chosen_files_are_opened(page: CallbacksPage, write_events: Write, qtbot: QtBot) -> None:
    place = write_events(3)
    page.bar.open_button.click()
    dialog = page.findChildren(QFileDialog)[0]
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    with qtbot.waitSignal(page.viewer.opened):
        dialog.filesSelected.emit([str(place)])
    dialog.reject()
    assert len(page.viewer.rows) == 3
    assert page.recent.piles == ((str(place),),)


def test_a_chosen_folder_is_added(page: CallbacksPage, write_events: Write, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.viewer.opened):
        page.opening.open([str(write_events(3))])
    folder = write_events(2, "more.ndjson", first=3).parent / "below"
    folder.mkdir()
    (folder / "one.json").write_text(PAYLOAD)
    page.opening.ask_for_folder(add=True)
    dialog = page.findChildren(QFileDialog)[0]
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    with qtbot.waitSignal(page.viewer.opened):
        dialog.fileSelected.emit(str(folder))
    dialog.reject()
    assert len(page.viewer.rows) == 4


def test_pasted_text_is_opened_and_looked_at(page: CallbacksPage, write_events: Write, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(PAYLOAD)
    paste(page, qtbot)
    assert page.viewer.current == 0
    with qtbot.waitSignal(page.viewer.opened):
        page.opening.open([str(write_events(3))])
    paste(page, qtbot)
    assert len(page.viewer.rows) == 4
    assert page.viewer.current == 3
    assert all(Path(path).name != PASTED for pile in page.recent.piles for path in pile)


def test_pasted_files_are_opened(page: CallbacksPage, write_events: Write, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write_events(3)))])
    QGuiApplication.clipboard().setMimeData(data)
    paste(page, qtbot)
    assert len(page.viewer.rows) == 3


def test_a_pasted_link_is_followed(page: CallbacksPage, write_events: Write, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.viewer.opened):
        page.opening.open([str(write_events(3))])
    QGuiApplication.clipboard().setText(link_to(page.viewer.collection, 2))
    page.opening.paste()
    qtbot.waitUntil(lambda: page.viewer.current == 2)
    assert len(page.viewer.rows) == 3


def test_nothing_to_paste_is_said(page: CallbacksPage) -> None:
    QGuiApplication.clipboard().clear()
    page.opening.paste()
    assert page.notice.isVisible()
    assert "nothing to paste" in page.notice.text


def test_what_there_is_to_say_is_in_a_notice(page: CallbacksPage, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "a.log").write_text(f"a line\n{PAYLOAD}\n")
    page.opening.open([str(tmp_path), str(tmp_path / "missing.json")])
    qtbot.waitUntil(page.notice.isVisible)
    assert "missing.json" in page.notice.text
    assert "1 record holds no payload" in page.notice.text
    page.opening.close()
    assert not page.notice.isVisible()
    assert not page.opening.is_filled


def test_what_cannot_be_opened_is_said(page: CallbacksPage, viewer: Viewer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(viewer.failed):
        page.opening.open(["/nowhere/at/all.json"])
    assert page.notice.isVisible()
    assert "/nowhere/at/all.json" in page.notice.text


@pytest.mark.parametrize("key", ["open", "open_folder", "add", "add_folder", "paste", "close"])
def test_every_way_is_a_command(page: CallbacksPage, key: str) -> None:
    assert f"callbacks.{key}" in {command.id for command in page.commands()}


def test_a_file_that_is_replaced_is_told(page: CallbacksPage, write_events: Write, qtbot: QtBot) -> None:
    place = write_events(3)
    with qtbot.waitSignal(page.viewer.opened):
        page.opening.open([str(place)])
    page.opening.watch.look()
    qtbot.waitUntil(lambda: not page.viewer.bridge.running)
    place.unlink()
    page.opening.watch.look()
    qtbot.waitUntil(page.notice.isVisible)
    assert "deleted or moved" in page.notice.text
