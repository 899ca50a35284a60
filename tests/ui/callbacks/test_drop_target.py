"""Files dropped on the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.drop_target import DropTarget, paths_in

COPY = Qt.DropAction.CopyAction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    return made


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def dropped(target: DropTarget, data: QMimeData, x: int) -> list[tuple[object, bool]]:
    got: list[tuple[object, bool]] = []
    target.dropped.connect(lambda paths, add: got.append((paths, add)))
    place = QPoint(x, 200)
    for event in (
        QDragEnterEvent(place, COPY, data, LEFT, NONE),
        QDragMoveEvent(place, COPY, data, LEFT, NONE),
        QDropEvent(QPointF(place), COPY, data, LEFT, NONE),
    ):
        QApplication.sendEvent(target, event)
    return got


@pytest.mark.parametrize(("x", "adds"), [(100, False), (700, True)])
def test_with_files_open_there_are_two_fields(page: QWidget, tmp_path: Path, x: int, adds: bool) -> None:
    target = DropTarget(page)
    target.appear(is_filled=True)
    assert target.isVisible()
    assert len(target.fields) == 2
    assert dropped(target, files(tmp_path / "a", tmp_path / "b"), x) == [
        ((str(tmp_path / "a"), str(tmp_path / "b")), adds)
    ]
    assert not target.isVisible()


def test_with_nothing_open_there_is_one(page: QWidget, tmp_path: Path) -> None:
    target = DropTarget(page)
    target.appear(is_filled=False)
    assert len(target.fields) == 1
    assert dropped(target, files(tmp_path), 700) == [((str(tmp_path),), False)]


def test_only_files_of_this_computer_count() -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.com/a.json")])
    assert paths_in(data) == ()
