"""The frame before and after it is given its content."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.shell.frame import PROGRAM, SMALLEST, Frame
from vibes_desktop.ui.shell.window import MainWindow
from vibes_desktop.ui.theme import Appearance, ThemeKeeper

NONSENSE = b"nonsense"


@pytest.fixture
def frame(qtbot: QtBot) -> Iterator[Frame]:
    """Return a frame that is shown and was painted."""
    made = Frame(geometry=NONSENSE)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.painted):
        made.show()
    yield made
    made.close()


def test_it_is_painted_once_and_empty(frame: Frame, qtbot: QtBot) -> None:
    assert (frame.windowTitle(), frame.minimumSize()) == (PROGRAM, SMALLEST)
    with qtbot.assertNotEmitted(frame.painted, wait=0):
        frame.repaint()
        QApplication.processEvents()


def test_its_content_brings_its_title(frame: Frame) -> None:
    content = QLabel("content")
    content.setWindowTitle("one")
    frame.hold(content)
    assert content.isVisible()
    assert frame.windowTitle() == "one"
    content.setWindowTitle("two")
    assert frame.windowTitle() == "two"


def test_place_and_size_come_back_on_a_screen_that_is_there(frame: Frame) -> None:
    frame.setGeometry(5000, 4000, 1000, 600)
    again = Frame(geometry=bytes(frame.saveGeometry().data()))
    screen = again.screen().availableGeometry()
    assert screen.contains(again.geometry().topLeft())
    assert screen.intersected(again.geometry()).width() >= min(screen.width(), again.minimumWidth())
    frame.setGeometry(0, 0, 960, 570)
    assert Frame(geometry=bytes(frame.saveGeometry().data())).size() == frame.size()


def test_closing_is_announced_while_it_is_there(frame: Frame, qtbot: QtBot) -> None:
    with qtbot.waitSignal(frame.closing):
        frame.close()


def test_minimised_it_comes_back_to_the_front(frame: Frame) -> None:
    frame.showMinimized()
    frame.bring_to_front()
    assert not frame.isMinimized()
    assert frame.isVisible()


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_the_bars_stay_where_they_are_when_they_are_filled(
    qapp: QApplication, qtbot: QtBot, window: MainWindow, appearance: Appearance
) -> None:
    frame = Frame(appearance.value)
    qtbot.addWidget(frame)
    frame.resize(1000, 600)
    frame.show()
    before = frame.grab().toImage()
    themes = ThemeKeeper(qapp, appearance)
    window.set_profile(None)
    frame.hold(window)
    QApplication.processEvents()
    after = frame.grab().toImage()
    themes.set_appearance(Appearance.LIGHT)
    frame.close()
    frame.takeCentralWidget()
    down = [QPoint(x, y) for x in (2, 500) for y in (*range(50), *range(570, 600))]
    across = [QPoint(x, 300) for x in range(70)]
    for point in [*down, *across]:
        assert before.pixelColor(point) == after.pixelColor(point), point
