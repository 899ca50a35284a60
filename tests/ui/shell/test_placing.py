from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.shell.placing import bring_on_screen, placed

LEFT = QRect(0, 0, 1920, 1040)
RIGHT = QRect(1920, 0, 1280, 984)


def test_a_window_of_a_missing_monitor_comes_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(5000, 4000, 700, 500)
    bring_on_screen(window)
    assert window.screen().availableGeometry().contains(window.geometry())


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
