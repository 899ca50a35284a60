"""The text on screen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.payload.code_view import SLICE, CodeView
from vibes_desktop.ui.theme import Color, ThemeName, apply, load_theme


@pytest.fixture
def view(qtbot: QtBot) -> CodeView:
    made = CodeView("A text")
    made.resize(300, 200)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_large_text_arrives_by_and_by_and_whole(view: CodeView, qtbot: QtBot) -> None:
    text = "\n".join(f"line {number}" for number in range(20_000))
    view.set_text(text)
    assert view.is_filling
    assert len(view.toPlainText()) == SLICE
    qtbot.waitUntil(lambda: not view.is_filling)
    assert view.toPlainText() == text


def test_another_text_takes_the_place_of_one_that_is_still_coming(view: CodeView) -> None:
    view.set_text("x" * (3 * SLICE))
    view.set_text("short")
    assert not view.is_filling
    assert view.toPlainText() == "short"


def test_places_are_marked_whatever_stands_before_them(view: CodeView) -> None:
    text = "a\r\n😀é [here]"
    start = text.index("here")
    view.set_text(text, [(start, start + 4)])
    assert [mark.cursor.selectedText() for mark in view.extraSelections()] == ["here"]


def test_it_goes_to_a_place(view: CodeView) -> None:
    text = "line\n" * 200 + "here"
    view.set_text(text, [(1_000, 1_004)])
    view.show_span(0)
    assert view.textCursor().position() == 1_000
    view.show_span(5)


def test_it_is_no_rich_text(view: CodeView) -> None:
    view.set_text("<b>bold</b>")
    assert view.toPlainText() == "<b>bold</b>"
    assert view.isReadOnly()


def test_the_marks_follow_the_theme(view: CodeView, qapp: QApplication, themed: None) -> None:
    view.set_text("a mark", [(2, 6)])
    before = tint(view)
    apply(qapp, load_theme(ThemeName.DARK))
    after = tint(view)
    apply(qapp, load_theme(ThemeName.LIGHT))
    assert (before, after) == tuple(
        load_theme(name).color(Color.WARN_SOFT).name() for name in (ThemeName.LIGHT, ThemeName.DARK)
    )


def tint(view: CodeView) -> str:
    """Read the ground of the first mark."""
    (mark,) = view.extraSelections()
    form = mark.format
    return form.background().color().name()
