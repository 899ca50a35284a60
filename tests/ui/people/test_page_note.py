from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from vibes_desktop.ui.people.page_note import PageNote
from vibes_desktop.ui.widgets.buttons import Button

Shown = Callable[[QWidget], QWidget]


@pytest.fixture
def note(in_window: Shown) -> PageNote:
    """Return a note in a window."""
    made = PageNote()
    in_window(made)
    return made


def test_is_hidden_until_there_is_something_to_say(note: PageNote) -> None:
    assert not note.isVisible()
    note.tell("Kept as a draft", "The edits of <b>Steve</b> were not sent.")
    assert note.isVisible()
    assert note.text == "Kept as a draft\nThe edits of <b>Steve</b> were not sent."
    assert all(
        label.textFormat() is Qt.TextFormat.PlainText for label in note.findChildren(QLabel) if label.text()
    )
    assert not note.way_back.isVisible()


def test_the_way_back_is_named_and_gone_once_it_was_taken(note: PageNote) -> None:
    taken: list[bool] = []
    note.tell("Kept", "Not sent.", "Go back to A & B", lambda: taken.append(note.isVisible()))
    assert note.way_back.accessibleName() == "Go back to A & B"
    note.way_back.setFocus()
    QTest.keyClick(note.way_back, Qt.Key.Key_Return)
    assert taken == [False]
    assert not note.isVisible()


def test_what_is_told_in_the_way_back_stays_in_view(note: PageNote) -> None:
    note.tell("First", "One.", "Back", lambda: note.tell("Second", "Two."))
    note.way_back.click()
    assert note.isVisible()
    assert note.text == "Second\nTwo."
    assert not note.way_back.isVisible()


def test_can_be_closed_without_acting(note: PageNote) -> None:
    taken: list[int] = []
    note.tell("Kept", "Not sent.", "Back", lambda: taken.append(1))
    close = next(b for b in note.findChildren(Button) if b.accessibleName() == "Close this notice")
    close.click()
    assert not note.isVisible()
    assert taken == []
