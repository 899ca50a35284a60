"""Drafts and open changes, found again."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from vibes_desktop.model.change import ChangeKind, Intention, Outcome, SentRequest
from vibes_desktop.model.fields import FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.outcome import SaveResult
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.runtime import Runtime
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.start_view import StartView
from vibes_desktop.ui.people.unfinished import UnfinishedWork

WAIT_MS = 20_000
STEVE = Identifier(IdentifierKind.PERSON_KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")


def buttons(view: StartView, words: str) -> list[QPushButton]:
    found = [each for each in view.findChildren(QPushButton) if words in each.accessibleName()]
    return [each for each in found if each.isVisibleTo(view)]


def test_a_draft_is_listed_and_discarded_for_good(
    bridge: Bridge, session: PeopleSession, runtime: Runtime, qtbot: QtBot
) -> None:
    edit = PersonEdit(Person(obj(person_key="k")), session.profile.api_version).set(FieldRef("a"), "1")
    runtime.submit(session.keep_draft(edit)).result(30)
    view = StartView()
    qtbot.addWidget(view)
    work = UnfinishedWork(bridge, view)
    work.set_session(session)
    qtbot.waitUntil(lambda: len(buttons(view, "Discard")) == 1, timeout=WAIT_MS)
    buttons(view, "Discard")[0].click()
    qtbot.waitUntil(lambda: not buttons(view, "Discard"), timeout=WAIT_MS)
    assert runtime.submit(session.drafts()).result(30) == ()


def test_a_change_that_owes_an_answer_is_found_out_about(
    bridge: Bridge, session: PeopleSession, qtbot: QtBot
) -> None:
    before = Person(obj(person_key=STEVE.value, custom_fields=obj(last_name="Millar")))
    change = FieldChange(FieldRef("last_name"), "Millar", "Miller")
    request = SentRequest("PUT", f"/persons/{STEVE.value}", "{}")
    intention = Intention(session.profile.id, ChangeKind.UPDATE, STEVE, before, (change,), request, "me")
    session.desk.journal.sending(session.desk.journal.begin(intention, now=datetime.now(UTC)))
    view = StartView()
    qtbot.addWidget(view)
    work = UnfinishedWork(bridge, view)
    results: list[SaveResult] = []
    work.resolved.connect(results.append)
    work.set_session(session)
    qtbot.waitUntil(lambda: len(buttons(view, "Find out")) == 1, timeout=WAIT_MS)
    buttons(view, "Find out")[0].click()
    qtbot.waitUntil(lambda: bool(results), timeout=WAIT_MS)
    assert results[0].outcome is Outcome.NOT_SAVED


def test_without_a_profile_nothing_waits(bridge: Bridge, session: PeopleSession, qtbot: QtBot) -> None:
    view = StartView()
    qtbot.addWidget(view)
    work = UnfinishedWork(bridge, view)
    work.set_session(None)
    assert not buttons(view, "Discard")
    assert bridge.running == ()
