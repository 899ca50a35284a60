"""The review before adding."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import EXTERNAL_ID, FieldChange
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion, Safety
from vibes_desktop.people.add import AddReview, AddVerdict, Meeting
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.ui.people.add_sheet import AddSheet
from vibes_desktop.vibes.request import Request

REQUEST = Request("POST", "https://example.com/persons/", "/persons/", (), '{"external_person_id":"X"}')
EDIT = PersonEdit.of_new_person(ApiVersion.V2).set(EXTERNAL_ID, "X")
ANA = Person(obj(person_key="a", external_person_id="OLD", custom_fields=obj(first_name="Ana")))
MEETING = Meeting(
    ANA,
    (Identifier(IdentifierKind.MDN, "+12065550143"),),
    ("Its external ID changes from “OLD” to “X”.",),
    (FieldChange(EXTERNAL_ID, "OLD", "X"),),
)


@pytest.fixture
def sheet(qtbot: QtBot) -> Iterator[AddSheet]:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.resize(1000, 700)
    with qtbot.waitExposed(owner):
        owner.show()
    opened = AddSheet(Safety.TEST, ApiVersion.V2, "Demo", owner)
    opened.open()
    yield opened
    if QApplication.activeModalWidget() is opened:
        opened.close_finished()


def texts(sheet: AddSheet) -> str:
    return " ".join(label.text() for label in sheet.findChildren(QLabel))


def test_a_new_person_is_said_to_be_new(sheet: AddSheet, qtbot: QtBot) -> None:
    sheet.show_review(AddReview(EDIT, (), AddVerdict.CREATES, REQUEST))
    assert "A new person" in texts(sheet)
    assert sheet.send.text() == "Add person"
    qtbot.waitUntil(sheet.send.isEnabled)
    assert "POST https://example.com/persons/" in sheet.code.toPlainText()


def test_who_would_be_merged_is_shown_before_it_can_be_sent(sheet: AddSheet) -> None:
    sheet.show_review(AddReview(EDIT, (MEETING,), AddVerdict.MERGES, REQUEST))
    shown = texts(sheet)
    assert "Ana" in shown
    assert "Its external ID changes from “OLD” to “X”." in shown
    assert "external_person_id: OLD → X" in shown
    assert sheet.send.text() == "Merge into this person"
    assert not sheet.send.isEnabled()


def test_a_conflict_is_warned_of(sheet: AddSheet) -> None:
    sheet.show_review(AddReview(EDIT, (MEETING, MEETING), AddVerdict.CONFLICT, REQUEST))
    assert "409" in texts(sheet)
    assert sheet.send.text() == "Send all the same"


def test_the_record_that_exists_can_be_opened_instead(sheet: AddSheet) -> None:
    opened: list[Person] = []
    sheet.open_requested.connect(opened.append)
    sheet.show_review(AddReview(EDIT, (MEETING,), AddVerdict.MERGES, REQUEST))
    next(each for each in sheet.findChildren(QPushButton) if "Open this record" in each.text()).click()
    assert opened == [ANA]
    assert not sheet.isVisible()


def test_adding_is_said_not_to_be_opting_in(sheet: AddSheet) -> None:
    assert "subscribes them to nothing" in texts(sheet)
