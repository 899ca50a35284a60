"""What stands beside the record is read after it."""

from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from vibes_desktop.model.heard import Heard, HeardCallback
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.record_heading import RecordHeading
from vibes_desktop.ui.people.side_loader import SideLoader
from vibes_desktop.ui.people.side_pane import SidePane

WAIT_MS = 20_000
STEVE = Person(obj(person_key="c5235a10-e243-42d7-979c-7f6234a21b60"))


def made(qtbot: QtBot, bridge: Bridge) -> tuple[SideLoader, RecordHeading, SidePane]:
    heading, pane = RecordHeading(QMenu()), SidePane()
    qtbot.addWidget(heading)
    qtbot.addWidget(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    return SideLoader(bridge, heading, pane), heading, pane


def texts(pane: SidePane) -> str:
    labels = [label for label in pane.findChildren(QLabel) if label.isVisible()]
    return "|".join(label.accessibleName() or label.text() for label in labels)


def test_names_and_the_count_of_lists_arrive(bridge: Bridge, session: PeopleSession, qtbot: QtBot) -> None:
    loader, heading, pane = made(qtbot, bridge)
    loader.load(session, STEVE)
    qtbot.waitUntil(lambda: "Weekly deals" in texts(pane), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "Example Model 0" in texts(pane), timeout=WAIT_MS)
    assert any(label.text() == "2 active lists" for label in heading.findChildren(QLabel))
    qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)


def test_a_new_person_ends_the_reading_of_the_former(
    bridge: Bridge, session: PeopleSession, sandbox: Sandbox, qtbot: QtBot
) -> None:
    sandbox.faults.add(Fault(FaultKind.NEVER_ANSWERS, pattern="c5235a10"))
    loader, _, pane = made(qtbot, bridge)
    loader.load(session, STEVE)
    loader.load(session, Person(obj(person_key="no-such-person")))
    qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "Reading" not in texts(pane), timeout=WAIT_MS)
    assert "Weekly deals" not in texts(pane)


def test_lists_that_can_not_be_read_any_more_are_not_counted(
    bridge: Bridge, session: PeopleSession, sandbox: Sandbox, qtbot: QtBot
) -> None:
    loader, heading, pane = made(qtbot, bridge)
    loader.load(session, STEVE)
    qtbot.waitUntil(lambda: "Weekly deals" in texts(pane), timeout=WAIT_MS)
    sandbox.faults.add(Fault(FaultKind.STATUS, status=403, pattern="/subscriptions"))
    loader.load(session, STEVE)
    qtbot.waitUntil(lambda: "Not known" in texts(pane), timeout=WAIT_MS)
    assert not [e for e in heading.findChildren(QLabel) if "list" in e.text() and not e.isHidden()]
    qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)


def test_the_open_callbacks_are_asked(bridge: Bridge, session: PeopleSession, qtbot: QtBot) -> None:
    loader, _, pane = made(qtbot, bridge)
    asked: list[object] = []

    def hear(identifiers: object) -> Heard:
        asked.append(identifiers)
        return Heard((HeardCallback(None, "person_added", "x"),), "july.jsonl")

    loader.hear_about = hear
    loader.load(session, STEVE)
    qtbot.waitUntil(lambda: "person_added" in texts(pane), timeout=WAIT_MS)
    loader.hear()
    qtbot.waitUntil(lambda: len(asked) == 2 and not bridge.running, timeout=WAIT_MS)


def test_stopping_ends_everything(
    bridge: Bridge, session: PeopleSession, sandbox: Sandbox, qtbot: QtBot
) -> None:
    sandbox.faults.add(Fault(FaultKind.NEVER_ANSWERS))
    loader, _, _ = made(qtbot, bridge)
    loader.load(session, STEVE)
    loader.stop()
    qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)
