"""The table of a review: before, after, conflicts, the way back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json, JsonObject, dump, obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.review import Resolution, Review, compare_three_ways
from vibes_desktop.ui.people.review_table import ReviewTable
from vibes_desktop.vibes.request import Request

KEY = Identifier(IdentifierKind.PERSON_KEY, "k")
EMAIL, ZIP = FieldRef("email"), FieldRef("zip")


def person(**fields: Json) -> Person:
    return Person(obj(person_key="k", custom_fields=JsonObject(tuple(fields.items()))))


def request_of(target: Identifier, body: JsonObject) -> Request:
    return Request("PUT", f"https://example.com/{target.value}", f"/{target.value}", (), dump(body))


def review_of(edit: PersonEdit, fresh: Person) -> Review:
    return compare_three_ways(edit, fresh, KEY, request_of)


def table_of(qtbot: QtBot, review: Review) -> ReviewTable:
    table = ReviewTable(review)
    qtbot.addWidget(table)
    return table


def texts(table: ReviewTable) -> list[str]:
    return [label.accessibleName() or label.text() for label in table.findChildren(QLabel)]


OPENED = person(email="old@example.com", zip="02134")
EDIT = PersonEdit(OPENED, ApiVersion.V2).set(EMAIL, "<b>new</b>").clear(ZIP)


def test_before_and_after_stand_side_by_side_as_text(qtbot: QtBot) -> None:
    shown = texts(table_of(qtbot, review_of(EDIT, OPENED)))
    assert {"email", "old@example.com", "<b>new</b>", "zip", "02134", "cleared"} <= set(shown)


def test_one_and_all_can_be_reverted(qtbot: QtBot) -> None:
    table = table_of(qtbot, review_of(EDIT, OPENED))
    reverted: list[FieldRef] = []
    table.revert_requested.connect(reverted.append)
    buttons = {each.accessibleName(): each for each in table.findChildren(QPushButton)}
    QTest.keyClick(buttons["Revert zip"], Qt.Key.Key_Return)
    assert reverted == [ZIP]
    with qtbot.waitSignal(table.revert_all_requested, timeout=1000):
        QTest.keyClick(buttons["Revert all"], Qt.Key.Key_Return)


def test_a_single_row_has_no_revert_all(qtbot: QtBot) -> None:
    table = table_of(qtbot, review_of(EDIT.revert(ZIP), OPENED))
    assert [each.text() for each in table.findChildren(QPushButton)] == ["Revert"]


def test_a_conflict_has_to_be_decided(qtbot: QtBot) -> None:
    review = review_of(EDIT, person(email="theirs@example.com", zip="02134"))
    table = table_of(qtbot, review)
    assert any("it was “old@example.com” when you opened it" in text for text in texts(table))
    told: list[tuple[FieldRef, Resolution]] = []
    table.resolved.connect(lambda field, resolution: told.append((field, resolution)))
    choices = {each.accessibleName(): each for each in table.findChildren(QRadioButton)}
    assert not any(each.isChecked() for each in choices.values())
    choices["email: Use mine"].click()
    assert told == [(EMAIL, Resolution.MINE)]


def test_what_stays_theirs_is_said(qtbot: QtBot) -> None:
    review = review_of(EDIT, person(email="theirs@example.com", zip="02134"))
    table = table_of(qtbot, review.resolve(EMAIL, Resolution.THEIRS))
    assert "stays as it is" in texts(table)
