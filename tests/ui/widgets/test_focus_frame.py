from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.widgets.focus_frame import FocusFrame


def test_moving_inside_keeps_the_mark_and_leaving_takes_it_off(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    frame, outside = FocusFrame("field"), QLineEdit()
    first, second = QLineEdit(), QLineEdit()
    line = QHBoxLayout(frame)
    line.addWidget(first)
    line.addWidget(second)
    column.addWidget(frame)
    column.addWidget(outside)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    marks = []
    for widget in (outside, first, second, outside):
        widget.setFocus()
        marks.append(bool(frame.property("focused")))
    assert marks == [False, True, True, False]
