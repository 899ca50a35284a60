from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.shell.commands import CommandRegistry
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import PageId
from vibes_desktop.ui.shell.window import MainWindow
from vibes_desktop.ui.shell.window_state import GEOMETRY, PAGE, placed, restore_state, save_state

LEFT = QRect(0, 0, 1920, 1040)
RIGHT = QRect(1920, 0, 1280, 984)
MakeWindow = Callable[[CommandRegistry, Navigator], MainWindow]


class Memory:
    """A store that forgets with the test."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return what was put."""
        return self.values.get(key)

    def put(self, key: str, value: bytes) -> None:
        """Keep a value."""
        self.values[key] = value


def test_place_size_page_and_panes_come_back(
    window: MainWindow, make_window: MakeWindow, qtbot: QtBot
) -> None:
    memory = Memory()
    window.setGeometry(QRect(20, 30, 960, 600))
    window.show_page(PageId.HISTORY)
    splitter = window.findChild(QSplitter, "history_panes")
    assert splitter is not None
    splitter.setSizes([100, 300])
    sizes, geometry = splitter.sizes(), window.geometry()
    save_state(window, memory)
    again = make_window(CommandRegistry(), Navigator())
    restore_state(again, memory)
    again.show()
    assert again.current_page.page_id is PageId.HISTORY
    assert again.size() == geometry.size()
    restored = again.findChild(QSplitter, "history_panes")
    assert restored is not None
    assert restored.sizes()[0] == pytest.approx(sizes[0], abs=2)


@pytest.mark.parametrize("values", [{}, {PAGE: b"\xff\xfe", GEOMETRY: b"nonsense"}, {PAGE: b"unknown"}])
def test_nothing_or_nonsense_starts_as_usual(make_window: MakeWindow, values: dict[str, bytes]) -> None:
    memory = Memory()
    memory.values = values
    window = make_window(CommandRegistry(), Navigator())
    restore_state(window, memory)
    assert window.current_page.page_id is PageId.PEOPLE


def test_a_window_of_a_missing_monitor_comes_back(window: MainWindow, make_window: MakeWindow) -> None:
    memory = Memory()
    window.setGeometry(5000, 4000, 1000, 600)
    save_state(window, memory)
    again = make_window(CommandRegistry(), Navigator())
    restore_state(again, memory)
    again.show()
    screen = again.screen().availableGeometry()
    assert screen.contains(again.geometry().topLeft())
    assert screen.intersected(again.geometry()).width() >= min(screen.width(), again.minimumWidth())


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (QRect(100, 100, 1360, 860), QRect(100, 100, 1360, 860)),
        (QRect(2000, 50, 1200, 800), QRect(2000, 50, 1200, 800)),
        (QRect(1700, 100, 1000, 700), QRect(1700, 100, 1000, 700)),  # across both
        (QRect(2000, 50, 1400, 1000), QRect(1920, 0, 1280, 984)),  # too large for its screen
        (QRect(5000, 100, 1000, 600), QRect(460, 220, 1000, 600)),  # its screen is gone
        (QRect(100, -900, 1000, 800), QRect(460, 120, 1000, 800)),  # only its foot can be seen
        (QRect(-950, 100, 1000, 600), QRect(460, 220, 1000, 600)),  # too little to take hold of
        (QRect(9000, 9000, 4000, 3000), QRect(0, 0, 1920, 1040)),
    ],
)
def test_where_a_window_can_be(window: QRect, expected: QRect) -> None:
    assert placed(window, [LEFT, RIGHT]) == expected
