"""The place of the Callbacks page."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.page import LATER, CallbacksPage


def test_the_page_says_what_will_be_here(qtbot: QtBot) -> None:
    page = CallbacksPage()
    qtbot.addWidget(page)
    page.show()
    texts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Open a file or start the listener." in texts
    assert any("later version" in text for text in texts)


def test_its_actions_are_off_and_say_why(qtbot: QtBot) -> None:
    page = CallbacksPage()
    qtbot.addWidget(page)
    for button in (page.open_button, page.listen_button):
        assert not button.isEnabled()
        assert button.toolTip() == button.accessibleDescription() == LATER
