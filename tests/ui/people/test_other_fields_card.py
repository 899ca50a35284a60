from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from vibes_desktop.model.jsonvalue import JsonArray, JsonNumber, JsonObject, obj
from vibes_desktop.model.person import Person
from vibes_desktop.ui.people.other_fields_card import OtherFieldsCard
from vibes_desktop.ui.widgets.buttons import CopyButton
from vibes_desktop.ui.widgets.form import FormRow
from vibes_desktop.ui.widgets.labels import ElidedLabel

Shown = Callable[[QWidget], QWidget]


@pytest.fixture
def card(in_window: Shown) -> OtherFieldsCard:
    """Return the card in a window."""
    made = OtherFieldsCard()
    in_window(made)
    return made


def value_of(row: FormRow) -> ElidedLabel:
    """Return a row's value."""
    label = row.field.findChild(ElidedLabel)
    assert isinstance(label, ElidedLabel)
    return label


def rows(card: OtherFieldsCard) -> dict[str, str]:
    """Return the rows' labels and values."""
    return {row.label: value_of(row).full_text for row in card.grid.rows}


def test_is_hidden_while_there_is_nothing(card: OtherFieldsCard, person: Person) -> None:
    card.show_person(person)
    assert not card.isVisible()
    assert rows(card) == {}


def test_shows_what_is_not_documented_and_cannot_be_edited(card: OtherFieldsCard) -> None:
    phone = obj(mdn="+13125550143", carrier_code="1", line_type="<b>mobile</b>")
    unknown = JsonObject((("score\u202e", JsonNumber("1.50")), ("tags", JsonArray(("a\n",))), ("gone", None)))
    card.show_person(Person(JsonObject((("person_key", "key"), ("mobile_phone", phone), *unknown.members))))
    assert card.isVisible()
    assert rows(card) == {
        "score⟨U+202E⟩": "1.50",
        "tags": '["a\\n"]',
        "gone": "not set",
        "mobile_phone.line_type": "<b>mobile</b>",
    }
    assert card.findChildren(QLineEdit) == []
    assert {label.textFormat() for label in card.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("name", ["mobile_phone", "custom_fields"])
def test_shows_known_fields_that_came_in_another_form(card: OtherFieldsCard, name: str) -> None:
    card.show_person(Person(JsonObject((("person_key", "key"), (name, "surprising")))))
    assert rows(card) == {name: "surprising"}
    card.show_person(Person(JsonObject((("person_key", "key"), (name, None)))))
    assert not card.isVisible()


def test_values_are_copied_as_they_came(card: OtherFieldsCard) -> None:
    card.show_person(Person(obj(text="two\nlines", number=JsonNumber("1.50"))))
    copied = []
    for row in card.grid.rows:
        button = row.field.findChild(CopyButton)
        assert isinstance(button, CopyButton)
        assert button.accessibleName() == f"Copy {row.label}"
        button.click()
        copied.append(QGuiApplication.clipboard().text())
    assert copied == ["two\nlines", "1.50"]


def test_another_person_replaces_the_rows_and_the_same_keeps_them(card: OtherFieldsCard) -> None:
    card.show_person(Person(obj(first="1")))
    kept = card.grid.rows
    card.show_person(Person(obj(first="1")))
    assert card.grid.rows == kept
    card.show_person(Person(obj(second="2")))
    assert rows(card) == {"second": "2"}
