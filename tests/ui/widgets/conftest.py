"""Showing widgets in a window of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


@pytest.fixture
def in_column(qtbot: QtBot) -> Iterator[Callable[..., QWidget]]:
    """Return what shows widgets under each other in an active window of a given width."""
    windows: list[QWidget] = []

    def show(*widgets: QWidget, width: int = 800) -> QWidget:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        window.resize(width, 400)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        QApplication.processEvents()
        return window

    yield show
    windows.clear()
