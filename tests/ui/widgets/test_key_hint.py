from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.widgets.key_hint import KeyHint, hint_text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("F5", "F5"),
        ("Ctrl+K", "Ctrl K"),
        ("Ctrl+Return", "Ctrl Enter"),
        ("Esc", "Esc"),
        (QKeySequence("Ctrl+Shift+P"), "Ctrl Shift P"),
        ("Ctrl++", "Ctrl +"),
    ],
)
def test_keys_are_spelled_for_people(keys: QKeySequence | str, text: str) -> None:
    assert hint_text(keys) == text


def test_a_cap_holds_its_words(qtbot: QtBot) -> None:
    cap = KeyHint("Ctrl+Return")
    qtbot.addWidget(cap)
    cap.show()
    assert cap.width() >= cap.fontMetrics().horizontalAdvance(cap.text())
    assert cap.height() == 22
