"""The review before saving."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import MOBILE, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json, JsonObject, dump, obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion, Safety
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.review import Resolution, Review, compare_three_ways
from vibes_desktop.ui.people.review_sheet import ReviewSheet
from vibes_desktop.vibes.request import Request

KEY = Identifier(IdentifierKind.PERSON_KEY, "k")
EMAIL, ZIP = FieldRef("email"), FieldRef("zip")


def person(**fields: Json) -> Person:
    custom = JsonObject(tuple(fields.items()))
    return Person(obj(person_key="k", mobile_phone=obj(mdn="+12065550143"), custom_fields=custom))


def request_of(target: Identifier, body: JsonObject) -> Request:
    return Request("PUT", f"https://example.com/{target.value}", f"/{target.value}", (), dump(body))


OPENED = person(email="old", zip="02134")
EDIT = PersonEdit(OPENED, ApiVersion.V2).set(EMAIL, "new")


@pytest.fixture
def sheet(qtbot: QtBot) -> Iterator[ReviewSheet]:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.resize(1000, 700)
    with qtbot.waitExposed(owner):
        owner.show()
    opened = ReviewSheet("Ana", Safety.TEST, "Demo", owner)
    opened.open()
    yield opened
    if QApplication.activeModalWidget() is opened:
        opened.close_finished()


def review_of(edit: PersonEdit, fresh: Person = OPENED) -> Review:
    return compare_three_ways(edit, fresh, KEY, request_of)


def texts(sheet: ReviewSheet) -> str:
    return " ".join(label.text() for label in sheet.findChildren(QLabel))


def click(sheet: ReviewSheet, name: str) -> None:
    next(each for each in sheet.findChildren(QPushButton) if each.accessibleName() == name).click()


def test_the_button_counts_what_is_sent(sheet: ReviewSheet, qtbot: QtBot) -> None:
    sheet.show_review(review_of(EDIT.clear(ZIP)))
    assert sheet.send.text() == "Save 2 changes"
    qtbot.waitUntil(sheet.send.isEnabled)


def test_reverting_one_shows_the_rest_and_the_last_leaves(sheet: ReviewSheet) -> None:
    sheet.show_review(review_of(EDIT.clear(ZIP)))
    click(sheet, "Revert zip")
    assert sheet.review is not None
    assert sheet.review.edit == EDIT
    click(sheet, "Revert email")
    assert not sheet.isVisible()


def test_reverting_all_leaves(sheet: ReviewSheet) -> None:
    reviews: list[Review] = []
    sheet.reviewed.connect(reviews.append)
    sheet.show_review(review_of(EDIT.clear(ZIP)))
    click(sheet, "Revert all")
    assert not reviews[-1].edit.is_changed
    assert not sheet.isVisible()


def test_a_conflict_is_decided_before_anything_is_sent(sheet: ReviewSheet, qtbot: QtBot) -> None:
    review = review_of(EDIT, person(email="theirs", zip="02134"))
    sheet.show_review(review)
    assert sheet.send.text() == "Decide first"
    assert not sheet.send.isEnabled()
    sheet.show_review(review.resolve(EMAIL, Resolution.MINE))
    qtbot.waitUntil(sheet.send.isEnabled)
    assert '"email": "new"' in sheet.code.toPlainText()


def test_what_others_changed_and_what_is_there_already_is_said(sheet: ReviewSheet) -> None:
    sheet.show_review(review_of(EDIT, person(email="old", zip="99999")))
    assert "zip was changed on the platform" in texts(sheet)
    sheet.show_review(review_of(EDIT, person(email="new", zip="02134")))
    assert "holds your value already" in texts(sheet)
    assert sheet.send.text() == "Nothing to save"


def test_the_removal_of_a_number_can_be_spelled_either_way(sheet: ReviewSheet) -> None:
    sheet.show_review(review_of(PersonEdit(OPENED, ApiVersion.V2).clear(MOBILE)))
    assert '"mobile_phone": null' in sheet.code.toPlainText()
    click(sheet, "Spell the removal of the number the other way")
    assert '"mdn": null' in sheet.code.toPlainText()
