from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from vibes_desktop.model.fields import ABSENT, FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonObject, obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.add import Meeting
from vibes_desktop.ui.people.person_card import PersonCard, met_card
from vibes_desktop.ui.widgets.labels import ElidedLabel

Shown = Callable[[QWidget], QWidget]

EXTERNAL = Identifier(IdentifierKind.EXTERNAL_ID, "EXT1")
NUMBER = Identifier(IdentifierKind.MDN, "+13125550143")


def texts(card: PersonCard) -> list[str]:
    """Return all that the card says, and check that nothing of it is markup."""
    labels = [label for label in card.findChildren(QLabel) if label.text()]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    return [label.full_text if isinstance(label, ElidedLabel) else label.text() for label in labels]


@pytest.fixture
def hostile() -> Person:
    """Return a person whose values look like something else."""
    return Person(
        obj(
            person_key="key\u202e",
            mobile_phone=obj(mdn="+13125550143"),
            custom_fields=obj(first_name="<b>Steve</b>", last_name="A & B\n"),
        )
    )


def test_says_who_it_is_by_name_and_every_identifier(person: Person) -> None:
    card = PersonCard("Found", person, ApiVersion.V2, lambda _: None)
    assert card.accessibleName() == "Found"
    assert {"Steve", "key-1 · EXT1 · +13125550143"} < set(texts(card))


def test_values_are_text_and_hide_nothing(hostile: Person) -> None:
    card = PersonCard("Found", hostile, ApiVersion.V2, lambda _: None)
    assert {"<b>Steve</b> A & B", "key⟨U+202E⟩ · +13125550143"} < set(texts(card))
    assert card.open.accessibleName() == "Open this record instead: <b>Steve</b> A & B"


def test_the_way_to_the_record_is_taken_by_key(person: Person, shown: Shown) -> None:
    opened: list[Person] = []
    card = PersonCard("Found", person, ApiVersion.V2, opened.append)
    shown(card)
    card.open.setFocus()
    QTest.keyClick(card.open, Qt.Key.Key_Return)
    assert opened == [person]


def test_a_meeting_tells_by_what_it_was_found_and_what_becomes_of_it(person: Person) -> None:
    changes = (
        FieldChange(FieldRef("first_name"), "Steve", "<i>Stephen</i>"),
        FieldChange(FieldRef("new\u202e"), ABSENT, ""),
        FieldChange(FieldRef("same"), "x", "x"),
    )
    meeting = Meeting(person, (EXTERNAL, NUMBER), ("It has this external ID.", "Ends\u202e"), changes)
    said = texts(met_card(meeting, ApiVersion.V2, lambda _: None))
    assert said[0] == "Found by external ID and mobile number"
    assert {"It has this external ID.", "Ends⟨U+202E⟩"} < set(said)
    assert said[-2:] == ["first_name: Steve → <i>Stephen</i>", "new⟨U+202E⟩: not set → blank text"]


def test_a_person_without_anything_is_still_somebody() -> None:
    card = PersonCard("Found", Person(JsonObject()), ApiVersion.V2, lambda _: None)
    assert "Person without a name" in texts(card)
