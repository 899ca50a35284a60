from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from vibes_desktop.storage.glance import GEOMETRY
from vibes_desktop.ui.shell.commands import CommandRegistry
from vibes_desktop.ui.shell.frame import Frame
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import PageId
from vibes_desktop.ui.shell.window import MainWindow
from vibes_desktop.ui.shell.window_state import PAGE, restore_state, save_state

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


def test_page_and_panes_come_back(window: MainWindow, make_window: MakeWindow, qtbot: QtBot) -> None:
    memory = Memory()
    window.show_page(PageId.HISTORY)
    splitter = window.findChild(QSplitter, "history_panes")
    assert splitter is not None
    splitter.setSizes([100, 300])
    sizes = splitter.sizes()
    save_state(window, memory)
    again = make_window(CommandRegistry(), Navigator())
    again.resize(window.size())
    restore_state(again, memory)
    again.show()
    assert again.current_page.page_id is PageId.HISTORY
    restored = again.findChild(QSplitter, "history_panes")
    assert restored is not None
    assert restored.sizes()[0] == pytest.approx(sizes[0], abs=2)


@pytest.mark.parametrize("values", [{}, {PAGE: b"\xff\xfe"}, {PAGE: b"unknown"}])
def test_nothing_or_nonsense_starts_as_usual(make_window: MakeWindow, values: dict[str, bytes]) -> None:
    memory = Memory()
    memory.values = values
    window = make_window(CommandRegistry(), Navigator())
    restore_state(window, memory)
    assert window.current_page.page_id is PageId.PEOPLE


def test_the_place_is_kept_for_the_frame(window: MainWindow) -> None:
    memory, frame = Memory(), Frame()
    frame.hold(window)
    frame.setGeometry(20, 30, 960, 570)
    frame.show()
    save_state(window, memory)
    frame.close()
    frame.takeCentralWidget()
    assert Frame(geometry=memory.values[GEOMETRY]).size() == QSize(960, 570)
