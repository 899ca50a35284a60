from __future__ import annotations

import pytest
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.widgets.plain import literal, one_line, plain_tooltip, set_tooltip

VALUES = ["plain", "a < b & c", "<b>bold</b>", "<img src='x.png'>", "<!-- hidden -->x", "<br>&lt;"]


@pytest.mark.parametrize("value", VALUES)
def test_a_tooltip_shows_the_value_as_it_is(value: str) -> None:
    tooltip = plain_tooltip(value)
    if GuiQt.mightBeRichText(tooltip):
        document = QTextDocument()
        document.setHtml(tooltip)
        assert document.toPlainText() == value
    else:
        assert tooltip == value


def test_ampersands_mark_no_keys() -> None:
    assert literal("Rock & Roll") == "Rock && Roll"


def test_control_characters_become_visible() -> None:
    assert one_line("a\tb\r\nc\x1b[31m") == "a→b␍↵c␛[31m"


def test_a_widget_gets_the_escaped_tooltip(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    set_tooltip(label, "<b>x</b>")
    assert "&lt;b&gt;" in label.toolTip()
