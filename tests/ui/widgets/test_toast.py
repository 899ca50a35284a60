from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.widgets import toast
from vibes_desktop.ui.widgets.toast import Toast


def test_it_comes_follows_its_window_and_goes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toast, "SHOWN_MS", 50)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    shown = Toast(window)
    shown.show_text("Person key <b>copied</b>")
    assert shown.isVisible()
    assert shown.textFormat() is Qt.TextFormat.PlainText
    assert shown.focusPolicy() is Qt.FocusPolicy.NoFocus
    window.resize(300, 200)
    assert window.rect().contains(shown.geometry())
    qtbot.waitUntil(lambda: not shown.isVisible())
