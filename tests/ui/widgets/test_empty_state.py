from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.empty_state import EmptyState


def test_it_has_a_sentence_one_button_and_an_example(qtbot: QtBot) -> None:
    action = button("Find a person")
    state = EmptyState(
        "Nothing has been changed here yet. " * 4, action, "Example: +1 206 555 0143", picture=Icon.HISTORY
    )
    qtbot.addWidget(state)
    state.resize(900, 500)
    state.show()
    sentence, example = (label for label in state.findChildren(QLabel) if label.text())
    assert sentence.height() >= sentence.heightForWidth(sentence.width())
    assert sentence.y() < action.y() < example.y()
    state.set_text("Nothing fits the filter.")
    assert sentence.text() == "Nothing fits the filter."
    assert not example.isVisible()
