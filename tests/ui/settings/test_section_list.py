"""Choosing a section by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.settings.section_list import SectionList


def test_arrows_choose_and_enter_goes_in(qtbot: QtBot) -> None:
    sections = SectionList(["Profiles", "About"])
    qtbot.addWidget(sections)
    sections.show()
    QTest.keyClick(sections, Qt.Key.Key_Down)
    assert sections.currentRow() == 1
    with qtbot.waitSignal(sections.entered):
        QTest.keyClick(sections, Qt.Key.Key_Return)
