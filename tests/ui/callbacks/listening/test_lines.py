"""Widgets stand beside each other, from the left."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.listening.lines import line_of


def test_what_is_left_is_for_the_stretched_one(qtbot: QtBot) -> None:
    first, second = QLabel("a"), QLabel("b")
    line = line_of(first, second, stretched=first)
    qtbot.addWidget(line)
    line.resize(400, 30)
    line.show()
    assert first.width() > 300
    assert second.x() > first.x() + first.width()


def test_without_one_they_keep_to_the_left(qtbot: QtBot) -> None:
    only = QLabel("a")
    line = line_of(only)
    qtbot.addWidget(line)
    line.resize(400, 30)
    line.show()
    assert only.x() == 0
    assert only.width() < 100
