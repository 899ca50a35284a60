"""Who has the identifiers of a refused add."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.ui.people.met_people import MetPeople

ANA = Person(obj(person_key="a", custom_fields=obj(first_name="Ana")))
BEN = Person(obj(person_key="b", custom_fields=obj(first_name="Ben")))


def test_each_leads_to_its_record(qtbot: QtBot) -> None:
    met = MetPeople()
    qtbot.addWidget(met)
    met.show_people([ANA, BEN], ApiVersion.V2)
    opened: list[Person] = []
    met.open_requested.connect(opened.append)
    QTest.keyClick(met.cards[1].open, Qt.Key.Key_Return)
    assert opened == [BEN]
    assert "Ben" in met.cards[1].open.accessibleName()


def test_nobody_takes_no_room(qtbot: QtBot) -> None:
    met = MetPeople()
    qtbot.addWidget(met)
    met.show_people([ANA], ApiVersion.V2)
    assert not met.isHidden()
    met.show_people([], ApiVersion.V2)
    assert met.isHidden()
    assert met.cards == []
