"""Widgets in a small window of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

Place = Callable[[QWidget], QWidget]


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    """Return a function that puts a widget into a shown window, and gives the window."""
    windows: list[QWidget] = []

    def put(widget: QWidget) -> QWidget:
        window = QWidget()
        window.resize(900, 600)
        column = QVBoxLayout(window)
        column.addWidget(widget)
        column.addStretch(1)
        window.show()
        qtbot.waitUntil(window.isVisible)
        windows.append(window)
        return window

    yield put
    for window in windows:
        window.close()
        window.deleteLater()
