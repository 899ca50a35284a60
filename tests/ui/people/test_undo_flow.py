"""Planning an undo."""

from datetime import UTC, datetime

from pytestqt.qtbot import QtBot

from vibes_desktop.model.change import ChangeKind, ChangeRecord, Intention, Outcome, SentRequest
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.fields import FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.people.undo import UndoNote, UndoPlan
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.outcome_notice import OutcomeNotice
from vibes_desktop.ui.people.undo_flow import GO_ON, NOTHING_MADE_HERE, UndoFlow, tell_plan

WAIT_MS = 20_000
KEY = "c5235a10-e243-42d7-979c-7f6234a21b60"
LAST_NAME = FieldRef("last_name")
STEVE = Person(obj(person_key=KEY, custom_fields=obj(last_name="Old")))


def change(session: PeopleSession) -> ChangeRecord:
    target = Identifier(IdentifierKind.PERSON_KEY, KEY)
    wanted = FieldChange(LAST_NAME, "Old", "Millar")
    request = SentRequest("PUT", f"/{KEY}", "{}")
    intention = Intention(session.profile.id, ChangeKind.UPDATE, target, STEVE, (wanted,), request, "me")
    journal = session.desk.journal
    number = journal.begin(intention, now=datetime.now(UTC))
    journal.sending(number)
    return journal.close(number, Outcome.VERIFIED, person=target)


def test_the_newest_change_is_planned_against_a_fresh_reading(
    bridge: Bridge, session: PeopleSession, qtbot: QtBot
) -> None:
    change(session)
    flow = UndoFlow(bridge, bridge)
    plans: list[UndoPlan] = []
    flow.planned.connect(plans.append)
    flow.start_last(session, STEVE)
    qtbot.waitUntil(lambda: bool(plans), timeout=WAIT_MS)
    assert plans[0].edit.value(LAST_NAME) == "Old"
    assert plans[0].edit.original(LAST_NAME) == "Millar"


def test_nothing_made_here_is_said(bridge: Bridge, session: PeopleSession, qtbot: QtBot) -> None:
    flow = UndoFlow(bridge, bridge)
    errors: list[VibesDesktopError] = []
    flow.failed.connect(errors.append)
    flow.start_last(session, STEVE)
    qtbot.waitUntil(lambda: bool(errors), timeout=WAIT_MS)
    assert errors[0].advice == NOTHING_MADE_HERE


def test_planning_can_be_stopped(
    bridge: Bridge, session: PeopleSession, sandbox: Sandbox, qtbot: QtBot
) -> None:
    record = change(session)
    sandbox.faults.add(Fault(FaultKind.NEVER_ANSWERS))
    flow = UndoFlow(bridge, bridge)
    told: list[object] = []
    flow.planned.connect(told.append)
    flow.failed.connect(told.append)
    flow.start(session, record)
    assert flow.stop()
    assert not flow.stop()
    qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)
    assert told == []


def test_a_plan_is_told_with_what_it_can_not_bring_back(session: PeopleSession, qtbot: QtBot) -> None:
    notice = OutcomeNotice()
    qtbot.addWidget(notice)
    edit = PersonEdit(STEVE, session.profile.api_version)
    record = change(session)
    tell_plan(notice, UndoPlan(record, edit.set(LAST_NAME, "x"), (UndoNote(FieldRef("zip"), "It can't."),)))
    assert "zip: It can't." in notice.text
    assert GO_ON in notice.text
    tell_plan(notice, UndoPlan(record, edit))
    assert "Nothing to undo" in notice.text
