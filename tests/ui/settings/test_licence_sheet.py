"""A licence's words can be read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.settings.components import Component
from vibes_desktop.ui.settings.licence_sheet import LicenceSheet


def test_it_shows_the_text_as_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    text = tmp_path / "LICENSE"
    text.write_bytes(b"<b>Not markup</b>, \xff and 50 % more\n")
    window = QWidget()
    qtbot.addWidget(window)
    sheet = LicenceSheet(Component("<i>name</i>", "1", "MIT", (text,)), window)
    sheet.open()
    assert sheet.text.toPlainText() == "<b>Not markup</b>, \ufffd and 50 % more"
    assert sheet.text.accessibleName() == "Licence of <i>name</i>"
    sheet.close_button.click()
    assert not sheet.isVisible()
