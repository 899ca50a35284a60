"""The head of a record."""

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.ui.people.record_heading import RecordHeading


def texts(heading: RecordHeading) -> str:
    from PySide6.QtWidgets import QLabel

    return "|".join(label.text() for label in heading.findChildren(QLabel) if not label.isHidden())


def heading_of(qtbot: QtBot, person: Person) -> RecordHeading:
    heading = RecordHeading(QMenu())
    qtbot.addWidget(heading)
    heading.resize(900, 40)
    heading.show_person(person, ApiVersion.V2)
    return heading


def test_it_names_the_person_and_the_time_where_they_are(qtbot: QtBot) -> None:
    person = Person(obj(person_key="k", timezone="US/Central", custom_fields=obj(first_name="Ana")))
    shown = texts(heading_of(qtbot, person))
    assert "Ana" in shown
    assert "US/Central · " in shown
    assert "there" in shown


def test_a_time_zone_nobody_knows_is_shown_as_it_is(qtbot: QtBot) -> None:
    shown = texts(heading_of(qtbot, Person(obj(person_key="k", timezone="Mars/Olympus"))))
    assert "Mars/Olympus" in shown
    assert "there" not in shown


def test_the_lists_are_counted_once_they_are_known(qtbot: QtBot) -> None:
    heading = heading_of(qtbot, Person(obj(person_key="k")))
    assert "active list" not in texts(heading)
    heading.show_active_lists(1)
    assert "1 active list" in texts(heading)
    heading.show_active_lists(0)
    assert "no active list" in texts(heading)
    heading.hide_active_lists()
    assert "active list" not in texts(heading)


def test_a_new_person_has_nothing_to_refresh(qtbot: QtBot) -> None:
    heading = heading_of(qtbot, Person(obj(person_key="k")))
    heading.show_new()
    assert "New person" in texts(heading)
