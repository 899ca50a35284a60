from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.jsonvalue import Json, JsonObject, obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.edit import Unfinished
from vibes_desktop.ui.people.stored_number import NOT_VALID, WHY, StoredNumber

Shown = Callable[[QWidget], QWidget]


def numbered(mdn: str, carrier: Json = None) -> Person:
    """Make a person with a number."""
    phone: JsonObject = obj(mdn=mdn) if carrier is None else obj(mdn=mdn, carrier_code=carrier)
    return Person(obj(mobile_phone=phone))


@pytest.fixture
def explained() -> list[int]:
    """Return how often it was asked why."""
    return []


@pytest.fixture
def number(explained: list[int], in_window: Shown) -> StoredNumber:
    """Return the field in a window."""
    made = StoredNumber(lambda: explained.append(1))
    in_window(made)
    return made


def test_shows_the_number_with_its_country_and_carrier(number: StoredNumber) -> None:
    number.show_number(numbered("+13125550143", "103\u202e"), ApiVersion.V2)
    assert number.number.full_text == "+1 312-555-0143"
    assert number.about.full_text == "United States · carrier 103⟨U+202E⟩ ·"
    assert number.why.accessibleName().startswith("Mobile number +1 312-555-0143, United States")


def test_a_number_of_the_first_version_is_shown_in_international_form(number: StoredNumber) -> None:
    number.show_number(numbered("3125550143"), ApiVersion.V1)
    assert number.number.full_text == "+1 312-555-0143"


def test_a_number_that_is_not_valid_is_shown_as_it_is_stored(number: StoredNumber) -> None:
    number.show_number(numbered("<b>12\u202e"), ApiVersion.V2)
    assert number.number.full_text == "<b>12⟨U+202E⟩"
    assert number.about.full_text == f"{NOT_VALID} ·"
    assert number.number.textFormat() is Qt.TextFormat.PlainText


def test_is_empty_once_the_number_will_be_cleared(number: StoredNumber) -> None:
    number.show_number(numbered("+13125550143"), ApiVersion.V2)
    number.show_value(None)
    assert not number.number.isVisible()
    assert not number.about.isVisible()
    number.show_value("+13125550143")
    assert number.number.isVisible()
    number.show_value(Unfinished("+1", "Too short."))
    assert number.about.isVisible()


def test_asking_why_works_by_key_and_while_the_record_is_locked(
    number: StoredNumber, explained: list[int]
) -> None:
    number.set_read_only(True)
    number.control.setFocus()
    QTest.keyClick(number.control, Qt.Key.Key_Return)
    assert explained == [1]
    assert number.why.text() == WHY
