from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import FieldKind, FieldSpec
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.ui.people.add_field_sheet import KINDS, AddFieldSheet
from vibes_desktop.ui.people.edit_desk import EditDesk

Shown = Callable[[QWidget], QWidget]

RED = obj(option_key="r", name="Red")
KNOWN = (
    FieldSpec("first_name", FieldKind.TEXT),
    FieldSpec("points_total", FieldKind.NUMBER),
    FieldSpec("shade", FieldKind.SINGLE_CHOICE, (RED,)),
    FieldSpec("unseen", FieldKind.UNKNOWN),
)


@pytest.fixture
def sheet(in_window: Shown, edit_desk: EditDesk, qtbot: QtBot) -> AddFieldSheet:
    """Return an open sheet for a record that has a first name."""
    made = AddFieldSheet(KNOWN, edit_desk.edit.problem_of_new_field, in_window(QWidget()))
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def line(sheet: AddFieldSheet) -> QLineEdit:
    """Return the line in which the name is typed."""
    edit = sheet.name.lineEdit()
    assert edit is not None
    return edit


def choose(sheet: AddFieldSheet, kind: FieldKind) -> bool:
    """Choose a kind by key; tells whether that was possible."""
    words = dict(KINDS)[kind]
    QTest.keyClicks(sheet.kind, words)
    return sheet.kind.currentText() == words


def test_offers_the_known_fields_that_the_record_does_not_have(sheet: AddFieldSheet) -> None:
    names = [sheet.name.itemText(index) for index in range(sheet.name.count())]
    assert names == ["points_total", "shade", "unseen"]
    assert line(sheet).text() == ""
    assert not sheet.take.isEnabled()
    assert sheet.name.accessibleName() == "Name of the field"
    assert sheet.kind.accessibleName() == "Kind of the field"


def test_a_known_field_brings_its_kind_and_options(sheet: AddFieldSheet) -> None:
    line(sheet).setText("shade")
    assert sheet.spec == FieldSpec("shade", FieldKind.SINGLE_CHOICE, (RED,), is_fixed=True)


def test_a_choice_is_offered_only_where_something_is_known_to_choose_from(sheet: AddFieldSheet) -> None:
    line(sheet).setText("shade")
    assert choose(sheet, FieldKind.MULTIPLE_CHOICE)
    line(sheet).setText("unseen")
    assert sheet.spec.kind is FieldKind.TEXT
    assert not choose(sheet, FieldKind.SINGLE_CHOICE)


@pytest.mark.parametrize("typed", ["points", "Points_total", "sha"])
def test_a_name_is_taken_as_it_was_typed(sheet: AddFieldSheet, typed: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(sheet.name.hasFocus)
    QTest.keyClicks(line(sheet), typed)
    assert line(sheet).text() == typed
    QTest.keyClick(line(sheet), Qt.Key.Key_Tab)
    assert sheet.spec.name == typed


def test_enter_adds_a_field_of_the_chosen_kind(sheet: AddFieldSheet) -> None:
    results: list[int] = []
    sheet.finished.connect(results.append)
    assert choose(sheet, FieldKind.DATE)
    QTest.keyClicks(line(sheet), "joined")
    assert sheet.take.isEnabled()
    QTest.keyClick(line(sheet), Qt.Key.Key_Return)
    assert results == [QDialog.DialogCode.Accepted]
    assert sheet.spec == FieldSpec("joined", FieldKind.DATE, is_fixed=True)


def test_a_name_that_cannot_be_added_is_refused_with_the_reason(sheet: AddFieldSheet) -> None:
    results: list[int] = []
    sheet.finished.connect(results.append)
    line(sheet).setText("first_name")
    assert not sheet.take.isEnabled()
    assert sheet.problem.text() == "There is a field of this name already."
    QTest.keyClick(line(sheet), Qt.Key.Key_Return)
    assert results == []
    line(sheet).setText("")
    assert not sheet.take.isEnabled()
    assert sheet.problem.text() == ""


def test_escape_adds_nothing(sheet: AddFieldSheet) -> None:
    results: list[int] = []
    sheet.finished.connect(results.append)
    QTest.keyClicks(line(sheet), "joined")
    QTest.keyClick(line(sheet), Qt.Key.Key_Escape)
    assert results == [QDialog.DialogCode.Rejected]
