"""Where a change of number stands, and the buttons that lead on."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.number_change import NumberChange, NumberChangeId, NumberStep
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.people.number_standing import Offer, Position, Standing
from vibes_desktop.people.renumber import NumberResult
from vibes_desktop.ui.people.calls.number_state_sheet import NumberStateSheet
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times, Zone
from vibes_desktop.ui.widgets.buttons import Button

KEY = Identifier(IdentifierKind.PERSON_KEY, "k")
CHANGE = NumberChange(
    NumberChangeId(1),
    ProfileId("p"),
    KEY,
    "E",
    "+12065550143",
    "+12065550187",
    (),
    "agnes",
    "Ticket 1",
    datetime(2026, 1, 1, tzinfo=UTC),
    NumberStep.ADDING,
)


@pytest.fixture
def sheet(profile: Profile, qtbot: QtBot) -> Iterator[NumberStateSheet]:
    window = QWidget()
    window.resize(1200, 800)
    qtbot.addWidget(window)
    window.show()
    made = NumberStateSheet(CHANGE, profile, Privacy(), Times(zone=Zone.UTC), window)
    made.open()
    yield made
    made.close_finished()


def enabled(sheet: NumberStateSheet) -> set[Offer]:
    return {offer for offer, made in sheet.buttons.items() if made.isEnabled()}


def test_it_says_what_is_being_changed(sheet: NumberStateSheet) -> None:
    words = [label.text() for label in sheet.findChildren(QLabel)]
    assert "From +1 206-555-0143 to +1 206-555-0187" in words
    assert any("2026-01-01 00:00:00 UTC by agnes · Ticket 1" in each for each in words)


def test_the_offers_are_the_buttons(sheet: NumberStateSheet, qtbot: QtBot) -> None:
    assert enabled(sheet) == set()  # it is being looked at
    sheet.show_result(NumberResult(CHANGE, Position(Standing.HAS_NONE)), {})
    assert enabled(sheet) == set(Offer)
    qtbot.waitUntil(sheet.close_button.hasFocus)
    acted: list[Offer] = []
    sheet.acted.connect(acted.append)
    for made in sheet.buttons.values():
        made.click()
    assert set(acted) == set(Offer)
    sheet.show_result(NumberResult(CHANGE, Position(Standing.GONE)), {})
    assert enabled(sheet) == {Offer.LOOK_AGAIN, Offer.LEAVE}


def test_while_something_is_under_way_closing_asks_to_stop(sheet: NumberStateSheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.stopped):
        sheet.reject()
    assert sheet.isVisible()
    assert not sheet.close_button.isEnabled()
    sheet.show_problem(InvalidInput("It failed", "Look again."))
    assert enabled(sheet) == {Offer.LOOK_AGAIN, Offer.LEAVE}
    assert "It failed" in sheet.notice.text
    sheet.reject()
    assert not sheet.isVisible()


def test_who_has_the_new_number_can_be_opened(sheet: NumberStateSheet) -> None:
    other = Person(obj(person_key="other", external_person_id="CRM-9"))
    sheet.show_result(NumberResult(CHANGE, Position(Standing.TAKEN, others=(other,))), {})
    opened: list[object] = []
    sheet.open_requested.connect(opened.append)
    link = next(e for e in sheet.findChildren(Button) if e.accessibleName() == "Open this record: CRM-9")
    link.click()
    assert opened == [other]
