"""The people looked up lately, over a real record store."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.recent_people import RecentPeople

WAIT_MS = 20_000
ANA = Identifier(IdentifierKind.PERSON_KEY, "ana")
BEA = Identifier(IdentifierKind.EXTERNAL_ID, "bea")


@pytest.fixture
def told() -> list[object]:
    return []


@pytest.fixture
def recents(bridge: Bridge, session: PeopleSession, told: list[object], qapp: QObject) -> RecentPeople:
    made = RecentPeople(bridge, qapp)
    made.read.connect(told.append)
    made.set_session(session)
    return made


def test_tells_who_was_opened_the_latest_first(
    recents: RecentPeople, told: list[object], qtbot: QtBot
) -> None:
    recents.note(Person(obj(person_key="ana")))
    qtbot.waitUntil(lambda: told[-1] == (ANA,), timeout=WAIT_MS)
    recents.note(Person(obj(external_person_id="bea")))
    qtbot.waitUntil(lambda: told[-1] == (BEA, ANA), timeout=WAIT_MS)


def test_forgets_them_all(recents: RecentPeople, told: list[object], qtbot: QtBot) -> None:
    recents.note(Person(obj(person_key="ana")))
    qtbot.waitUntil(lambda: told[-1] == (ANA,), timeout=WAIT_MS)
    recents.clear()
    qtbot.waitUntil(lambda: told[-1] == (), timeout=WAIT_MS)


def test_each_profile_has_its_own(
    recents: RecentPeople, session: PeopleSession, told: list[object], bridge: Bridge, qtbot: QtBot
) -> None:
    recents.note(Person(obj(person_key="ana")))
    other = replace(session, profile=replace(session.profile, id=ProfileId("other")))
    recents.set_session(other)
    qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)
    assert told[-1] == ()
    recents.set_session(None)
    recents.note(Person(obj(person_key="ana")))
    recents.clear()
    assert not bridge.running


def test_says_what_the_disk_does_not_take(
    recents: RecentPeople, session: PeopleSession, qtbot: QtBot
) -> None:
    errors: list[object] = []
    recents.failed.connect(errors.append)
    session.desk.close()
    recents.note(Person(obj(person_key="ana")))
    qtbot.waitUntil(lambda: bool(errors), timeout=WAIT_MS)
    assert isinstance(errors[-1], StorageError)
