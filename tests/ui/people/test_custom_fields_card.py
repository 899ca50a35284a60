from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import FieldKind, FieldRef, FieldSpec
from vibes_desktop.model.jsonvalue import Json, JsonNumber, JsonObject, obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.ui.people.custom_fields_card import ROWS_AT_ONCE, CustomFieldsCard
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.json_editor import JsonEditor
from vibes_desktop.ui.widgets.buttons import Button

Shown = Callable[[QWidget], QWidget]
MANY = 10 * ROWS_AT_ONCE


@pytest.fixture
def card(edit_desk: EditDesk, in_window: Shown) -> CustomFieldsCard:
    """Return the card of the fields on the desk, refreshed as the record's view does it."""
    made = CustomFieldsCard(edit_desk)
    edit_desk.changed.connect(lambda name: made.show_edit(()) if name is None else made.refresh_field(name))
    made.show_edit(())
    in_window(made)
    return made


def person_with(values: dict[str, Json], key: str = "key-1") -> Person:
    """Make a person with these custom fields."""
    return Person(obj(person_key=key, custom_fields=JsonObject(tuple(values.items()))))


def many(prefix: str, key: str = "key-1") -> Person:
    """Make a person with more fields than a window shows."""
    return person_with({f"field_{number:03}": f"{prefix} {number}" for number in range(MANY)}, key)


def lay(desk: EditDesk, person: Person) -> None:
    """Lay another person on the desk."""
    desk.lay_down(PersonEdit(person, ApiVersion.V2))


def shown_names(card: CustomFieldsCard) -> list[str]:
    """Return the names of the rows in view."""
    return [row.name.name for row in card.rows if not row.isHidden()]


def line(card: CustomFieldsCard, name: str) -> QLineEdit:
    """Return the line of a field."""
    row = card.row_of(FieldRef(name))
    assert row is not None
    edit = row.editor.line_edit
    assert edit is not None
    return edit


def words(card: CustomFieldsCard) -> list[str]:
    """Return what the card says."""
    return [label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card)]


def test_shows_the_fields_in_the_platforms_order_and_counts_them(card: CustomFieldsCard) -> None:
    names = ["first_name", "points", "is_member", "birthday", "colour", "colours", "basket", "nothing"]
    assert shown_names(card) == names
    assert "8 fields" in words(card)
    assert "No custom fields yet." not in words(card)


def test_a_record_without_fields_says_so(card: CustomFieldsCard, edit_desk: EditDesk) -> None:
    lay(edit_desk, person_with({}))
    assert "No custom fields yet." in words(card)
    assert not card.filter.isVisible()


def test_of_many_fields_the_first_come_at_once_and_all_of_them_soon(
    card: CustomFieldsCard, edit_desk: EditDesk, qtbot: QtBot
) -> None:
    lay(edit_desk, many("x"))
    assert len(card.rows) == ROWS_AT_ONCE
    assert not card.is_complete
    qtbot.waitUntil(lambda: card.is_complete)
    assert len(card.rows) == MANY
    assert line(card, f"field_{MANY - 1:03}").text() == f"x {MANY - 1}"


def test_the_next_record_of_the_same_fields_keeps_the_rows_and_shows_its_own_values(
    card: CustomFieldsCard, edit_desk: EditDesk, qtbot: QtBot
) -> None:
    lay(edit_desk, many("x"))
    qtbot.waitUntil(lambda: card.is_complete)
    before = card.rows
    lay(edit_desk, many("y", "key-2"))
    first, last = before[0].editor.line_edit, before[-1].editor.line_edit
    assert first is not None
    assert last is not None
    assert first.text() == "y 0"
    QTest.keyClicks(last, "typed too early")
    assert not edit_desk.edit.is_changed
    qtbot.waitUntil(lambda: card.is_complete)
    assert card.rows == before
    assert line(card, f"field_{MANY - 1:03}").text() == f"y {MANY - 1}"


def test_a_row_that_is_asked_for_is_made_at_once(card: CustomFieldsCard, edit_desk: EditDesk) -> None:
    lay(edit_desk, many("x"))
    row = card.row_of(FieldRef(f"field_{MANY - 1:03}"))
    assert row is not None
    assert card.is_complete
    assert card.row_of(FieldRef("absent")) is None


def test_the_filter_looks_into_names_and_values(card: CustomFieldsCard, qtbot: QtBot) -> None:
    QTest.keyClicks(card.filter, "COLOUR")
    assert shown_names(card) == ["colour", "colours"]
    assert "2 of 8 fields" in words(card)
    card.filter.setText("steve")
    qtbot.waitUntil(lambda: shown_names(card) == ["first_name"])
    card.filter.setText("nowhere")
    assert shown_names(card) == []
    assert "No field matches the filter." in words(card)
    card.filter.clear()
    qtbot.waitUntil(lambda: len(shown_names(card)) == 8)


def test_the_filter_finds_a_value_that_was_just_typed(
    card: CustomFieldsCard, edit_desk: EditDesk, qtbot: QtBot
) -> None:
    edit_desk.set(FieldRef("first_name"), "Annabel")
    card.filter.setText("annabel")
    qtbot.waitUntil(lambda: shown_names(card) == ["first_name"])


def test_the_filter_holds_for_another_reading_and_ends_with_another_person(
    card: CustomFieldsCard, edit_desk: EditDesk, qtbot: QtBot
) -> None:
    card.filter.setText("colour")
    edit_desk.revert_all()
    assert shown_names(card) == ["colour", "colours"]
    lay(edit_desk, person_with({"first_name": "A", "points": JsonNumber("1")}, "key-2"))
    qtbot.waitUntil(lambda: shown_names(card) == ["first_name", "points"])
    assert card.filter.text() == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_enter_and_down_go_from_the_filter_to_the_first_field_shown(
    card: CustomFieldsCard, key: Qt.Key
) -> None:
    card.focus_filter()
    QTest.keyClicks(card.filter, "points")
    QTest.keyClick(card.filter, key)
    assert QApplication.focusWidget() is line(card, "points")


def test_tab_goes_from_the_filter_through_the_fields(card: CustomFieldsCard) -> None:
    card.focus_filter()
    QTest.keyClick(card.filter, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is line(card, "first_name")
    QTest.keyClick(line(card, "first_name"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is line(card, "points")


def test_a_field_that_is_added_gets_its_row_and_loses_it_when_taken_back(
    card: CustomFieldsCard, edit_desk: EditDesk
) -> None:
    new = FieldRef("new\u202e")
    edit_desk.set(new, "x")
    assert card.rows[-1].name == new
    assert card.rows[-1].label == "new⟨U+202E⟩"
    assert "9 fields" in words(card)
    edit_desk.revert(new)
    assert new not in [row.name for row in card.rows]


def test_a_value_from_elsewhere_gets_the_editor_that_shows_it(
    card: CustomFieldsCard, edit_desk: EditDesk
) -> None:
    edit_desk.set(FieldRef("first_name"), obj(a=True))
    row = card.row_of(FieldRef("first_name"))
    assert row is not None
    assert isinstance(row.editor, JsonEditor)


def test_a_person_to_be_added_is_offered_what_the_catalogue_knows(
    card: CustomFieldsCard, edit_desk: EditDesk
) -> None:
    edit_desk.lay_down(PersonEdit.of_new_person(ApiVersion.V2))
    card.show_edit([FieldSpec("points", FieldKind.NUMBER), FieldSpec("is_member", FieldKind.YES_NO)])
    assert [row.plan.kind for row in card.rows] == [FieldKind.NUMBER, FieldKind.YES_NO]
    QTest.keyClicks(line(card, "points"), "5")
    assert edit_desk.edit.value(FieldRef("points")) == JsonNumber("5")
    edit_desk.revert(FieldRef("points"))
    assert shown_names(card) == ["points", "is_member"]


def test_a_lock_holds_for_every_row(card: CustomFieldsCard, edit_desk: EditDesk) -> None:
    edit_desk.set_locked(True)
    assert {row.field.property("state") for row in card.rows} == {"locked"}
    lay(edit_desk, person_with({"other": "x"}, "key-2"))
    assert line(card, "other").isReadOnly()


def test_the_foot_asks_for_another_field(card: CustomFieldsCard, qtbot: QtBot) -> None:
    add = next(each for each in card.findChildren(Button) if each.accessibleName() == "Add a field…")
    with qtbot.waitSignal(card.add_requested):
        add.click()
