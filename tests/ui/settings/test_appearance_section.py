"""Choosing the colours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.settings.appearance_section import AppearanceSection
from vibes_desktop.ui.theme import Appearance


def test_a_choice_is_told_once_and_at_once(qtbot: QtBot) -> None:
    told: list[Appearance] = []
    section = AppearanceSection(Appearance.SYSTEM, told.append)
    qtbot.addWidget(section)
    section.show()
    assert section.initial_focus() is section.buttons[Appearance.SYSTEM]
    section.activateWindow()
    section.initial_focus().setFocus()
    qtbot.waitUntil(section.initial_focus().hasFocus)
    QTest.keyClick(section.initial_focus(), Qt.Key.Key_Down)
    assert told == [Appearance.LIGHT]
    assert section.initial_focus() is section.buttons[Appearance.LIGHT]
