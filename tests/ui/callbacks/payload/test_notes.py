"""The list of findings and repairs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.payload.notes import Note, NoteList, NotesModel
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.theme import Color, active_theme

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
NOTES = (
    Note(Icon.ERROR, Color.BAD, "Error", "conflict", "Another body", "event_id"),
    Note(Icon.INFO, Color.MUTED, "Remark", "unwrapped", "Unwrapped from: body"),
)


@pytest.fixture
def notes(qtbot: QtBot) -> NoteList:
    made = NoteList("Findings")
    made.resize(320, 300)
    qtbot.addWidget(made)
    made.set_notes(NOTES)
    made.show()
    made.setFocus()
    return made


def test_it_keeps_the_rules_of_models(qapp: object) -> None:
    model = NotesModel()
    tester = QAbstractItemModelTester(model, FATAL)
    for shown in (NOTES, (), NOTES * 50):
        model.set_notes(shown)
    assert tester.model() is model
    assert model.rowCount() == 100


def test_a_row_is_spoken_in_full(notes: NoteList) -> None:
    model = notes.notes_model
    assert (
        model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Error: conflict. Another body (event_id)"
    )
    assert model.index(1).data() == "Remark: unwrapped. Unwrapped from: body"


def test_enter_and_a_click_lead_to_the_place(notes: NoteList) -> None:
    opened: list[int] = []
    notes.opened.connect(opened.append)
    QTest.keyClick(notes, Qt.Key.Key_Down)
    QTest.keyClick(notes, Qt.Key.Key_Return)
    place = notes.visualRect(notes.notes_model.index(0)).center()
    QTest.mouseClick(notes.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [1, 0]


def test_a_row_is_copied_by_key(notes: NoteList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(notes.copy_wanted) as copied:
        QTest.keyClick(notes, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied.args == ["Error: conflict. Another body (event_id)", "line"]


def test_a_long_sentence_takes_more_lines(notes: NoteList) -> None:
    short = notes.visualRect(notes.notes_model.index(0)).height()
    long = Note(Icon.INFO, Color.MUTED, "Remark", "x", "many words that go on " * 12, "path")
    notes.set_notes((long, Note(Icon.INFO, Color.MUTED, "Remark", "x", "y" * 300, "path")))
    assert notes.visualRect(notes.notes_model.index(0)).height() > short
    assert notes.visualRect(notes.notes_model.index(1)).height() > short


def test_its_colours_are_the_themes(notes: NoteList) -> None:
    picture = notes.grab().toImage()
    shown = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert active_theme().color(Color.BAD).name() in shown
    assert active_theme().color(Color.LINE).name() in shown
