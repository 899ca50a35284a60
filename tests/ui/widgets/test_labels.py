from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label, set_text_role

NASTY = "<img src='file:///etc/passwd'><b>&amp; & bold</b>"


def test_a_label_shows_markup_as_it_is(qtbot: QtBot) -> None:
    label = plain_label(NASTY, TextRole.STRONG)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == NASTY


@pytest.mark.parametrize(
    ("role", "pixels"),
    [(TextRole.TITLE, 20), (TextRole.BODY, 13), (TextRole.SMALL_MUTED, 11), (TextRole.MONO, 12)],
)
def test_the_role_gives_the_size(qtbot: QtBot, role: TextRole, pixels: int) -> None:
    label = plain_label("x", role)
    qtbot.addWidget(label)
    label.show()
    assert label.font().pixelSize() == pixels


def test_the_role_can_change(qtbot: QtBot) -> None:
    label = plain_label("x", TextRole.TITLE)
    qtbot.addWidget(label)
    label.show()
    set_text_role(label, TextRole.SMALL)
    assert label.font().pixelSize() == 11


def test_a_long_text_is_shortened_and_told_in_full(qtbot: QtBot) -> None:
    text = "a person with a very long name indeed " * 3
    label = ElidedLabel(text)
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.full_text == text
    assert label.accessibleName() == text
    assert label.toolTip() == text
    label.resize(label.sizeHint())
    assert label.text() == text
    assert label.toolTip() == ""


def test_a_short_label_keeps_to_one_line_and_one_meaning(qtbot: QtBot) -> None:
    label = ElidedLabel("one\ntwo\u2028three\x00")
    qtbot.addWidget(label)
    label.resize(300, 20)
    label.show()
    assert label.text() == "one↵two↵three␀"


def test_a_shortened_markup_stays_text_in_its_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel(NASTY)
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()
