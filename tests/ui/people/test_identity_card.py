from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.edit import FieldState, PersonEdit, Unfinished
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.field_row import FieldRow
from vibes_desktop.ui.people.identity_card import NUMBER_HINT, IdentityCard
from vibes_desktop.ui.people.number_help import NewNumberHelp, NumberHelp
from vibes_desktop.ui.widgets.buttons import Button, CopyButton
from vibes_desktop.ui.widgets.form import FormRow
from vibes_desktop.ui.widgets.labels import ElidedLabel

Shown = Callable[[QWidget], QWidget]
WITHOUT_NUMBER = Person(obj(person_key="key-2", external_person_id="EXT2"))


@pytest.fixture
def card(edit_desk: EditDesk, in_window: Shown) -> IdentityCard:
    """Return the card of the person on the desk, refreshed as the record's view does it."""
    made = IdentityCard(edit_desk)
    edit_desk.changed.connect(lambda name: made.show_edit() if name is None else made.refresh())
    made.show_edit()
    in_window(made)
    return made


def lay(desk: EditDesk, person: Person) -> None:
    """Lay another person on the desk."""
    desk.lay_down(PersonEdit(person, ApiVersion.V2))


def labels(card: IdentityCard) -> list[str]:
    """Return the labels of the rows in view."""
    return [row.label for row in card.findChildren(FormRow) if row.isVisible()]


def row_of(card: IdentityCard, label: str) -> FormRow:
    """Find a row in view by its label."""
    return next(row for row in card.findChildren(FormRow) if row.isVisible() and row.label == label)


def texts(card: IdentityCard) -> list[str]:
    """Return all that the card says, and check that nothing of it is markup."""
    shown = [label for label in card.findChildren(QLabel) if label.isVisible() and label.text()]
    assert {label.textFormat() for label in shown} == {Qt.TextFormat.PlainText}
    return [label.full_text if isinstance(label, ElidedLabel) else label.text() for label in shown]


def line(card: IdentityCard, label: str) -> QLineEdit:
    """Return the line of a field."""
    row = row_of(card, label)
    assert isinstance(row, FieldRow)
    edit = row.editor.line_edit
    assert edit is not None
    return edit


def typed(edit: QLineEdit, text: str) -> None:
    """Type over what stands in a line."""
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def button(holder: QWidget, name: str) -> QPushButton:
    """Find a button by its accessible name."""
    return next(each for each in holder.findChildren(Button) if each.accessibleName() == name)


def opened(kind: type[NumberHelp | NewNumberHelp], qtbot: QtBot) -> QWidget:
    """Return the sheet that is open."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    sheet = QApplication.activeModalWidget()
    assert sheet is not None
    return sheet


def test_shows_the_rows_that_a_record_has_a_use_for(card: IdentityCard, edit_desk: EditDesk) -> None:
    assert labels(card) == ["Person key", "External person ID", "Mobile number", "Record"]
    lay(edit_desk, Person(obj(person_id="7", external_person_id="E")))
    assert labels(card) == ["Person ID (old)", "External person ID", "Mobile number"]
    edit_desk.lay_down(PersonEdit.of_new_person(ApiVersion.V2))
    assert labels(card) == ["External person ID", "Mobile number"]


def test_every_id_and_the_number_can_be_copied(card: IdentityCard) -> None:
    copied = {}
    for copy in card.findChildren(CopyButton):
        if copy.isVisible():
            name = copy.accessibleName()
            copy.click()
            copied[name] = QGuiApplication.clipboard().text()
    assert copied == {
        "Copy person key": "key-1",
        "Copy external person ID": "EXT1",
        "Copy mobile number": "+13125550143",
    }


def test_a_number_is_shown_and_cleared_and_not_typed_in(card: IdentityCard, edit_desk: EditDesk) -> None:
    assert "+1 312-555-0143" in texts(card)
    row = row_of(card, "Mobile number")
    assert isinstance(row, FieldRow)
    assert row.editor.line_edit is None
    row.clear_field()
    assert edit_desk.edit.state(MOBILE) is FieldState.CLEARED
    assert "+1 312-555-0143" not in texts(card)


def test_asking_why_offers_to_remove_the_number_or_to_add_somebody(
    card: IdentityCard, edit_desk: EditDesk, qtbot: QtBot
) -> None:
    wanted: list[tuple[Identifier, ...]] = []
    card.add_wanted.connect(wanted.append)
    row = row_of(card, "Mobile number")
    assert isinstance(row, FieldRow)
    for words in ("Remove the number", "Add a new person…"):
        QTest.keyClick(row.tab_stop, Qt.Key.Key_Return)
        button(opened(NumberHelp, qtbot), words).click()
    assert edit_desk.edit.state(MOBILE) is FieldState.CLEARED
    assert wanted == [()]


def test_a_locked_record_keeps_its_number_and_id(
    card: IdentityCard, edit_desk: EditDesk, qtbot: QtBot
) -> None:
    edit_desk.set_locked(True)
    typed(line(card, "External person ID"), "OTHER")
    assert line(card, "External person ID").text() == "EXT1"
    row = row_of(card, "Mobile number")
    assert isinstance(row, FieldRow)
    row.tab_stop.setFocus()
    QTest.keyClick(row.tab_stop, Qt.Key.Key_Return)
    sheet = opened(NumberHelp, qtbot)
    assert not button(sheet, "Remove the number").isEnabled()
    sheet.close()
    assert not edit_desk.edit.is_changed


def test_a_number_in_any_notation_of_the_profiles_country_is_read(
    card: IdentityCard, edit_desk: EditDesk
) -> None:
    lay(edit_desk, WITHOUT_NUMBER)
    typed(line(card, "Mobile number"), "(312) 555-0143")
    assert edit_desk.edit.value(MOBILE) == "+13125550143"
    card.set_phone_region("GB")
    typed(line(card, "Mobile number"), "020 7946 0958")
    assert edit_desk.edit.value(MOBILE) == "+442079460958"
    typed(line(card, "Mobile number"), "soon")
    assert edit_desk.edit.value(MOBILE) == Unfinished("soon", NUMBER_HINT)
    assert NUMBER_HINT in texts(card)


def test_a_record_without_a_number_gets_one_by_adding_the_same_external_id(
    card: IdentityCard, edit_desk: EditDesk, qtbot: QtBot
) -> None:
    wanted: list[tuple[Identifier, ...]] = []
    card.add_wanted.connect(wanted.append)
    lay(edit_desk, WITHOUT_NUMBER)
    button(card, "How does this person get a number?").click()
    button(opened(NewNumberHelp, qtbot), "Add with the same external ID…").click()
    assert wanted == [(Identifier(IdentifierKind.EXTERNAL_ID, "EXT2"),)]
    lay(edit_desk, Person(obj(person_key="key-3")))
    button(card, "How does this person get a number?").click()
    sheet = opened(NewNumberHelp, qtbot)
    assert not button(sheet, "Add with the same external ID…").isEnabled()
    sheet.close()


def test_an_external_id_is_edited(card: IdentityCard, edit_desk: EditDesk) -> None:
    typed(line(card, "External person ID"), "EXT9")
    assert edit_desk.edit.value(EXTERNAL_ID) == "EXT9"
    edit_desk.revert(EXTERNAL_ID)
    assert line(card, "External person ID").text() == "EXT1"


def test_times_are_local_and_the_tooltip_has_them_as_they_came(
    card: IdentityCard, edit_desk: EditDesk
) -> None:
    person = obj(
        person_key="<b>k\u202e",
        created_at="2026-01-02T10:00:00Z",
        updated_at="never\u202e",
        timezone="US/Central",
        timezone_source="<i>area code</i>",
    )
    lay(edit_desk, Person(person))
    (times,) = [text for text in texts(card) if text.startswith("Created ")]
    assert times.endswith(" · updated never⟨U+202E⟩ · time zone US/Central")
    assert "2026-01-02T10" not in times
    assert "<b>k⟨U+202E⟩" in texts(card)
    for width in (700, 300):
        card.window().resize(width, 400)
        QApplication.processEvents()
        tooltips = [label.toolTip() for label in row_of(card, "Record").findChildren(ElidedLabel)]
        (tooltip,) = filter(None, tooltips)
        assert "Created: 2026-01-02T10:00:00Z" in tooltip
        assert "time zone known from: <i>area code</i>" in tooltip
        assert not GuiQt.mightBeRichText(tooltip)
