"""One look-up at a time."""

from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.people.lookup import Found, LookupResult
from vibes_desktop.people.recognise import recognise
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.look_up_flow import LOOKING, LookUpFlow

WAIT_MS = 20_000
STEVE = recognise("EXT542342", "US")
SHARED = recognise("+1 206 555 0143", "US")


def test_what_was_found_arrives_and_the_work_is_over(
    bridge: Bridge, session: PeopleSession, qtbot: QtBot
) -> None:
    flow = LookUpFlow(bridge, bridge)
    busy: list[str] = []
    flow.busy.connect(lambda words, _: busy.append(words))
    found: list[LookupResult] = []
    flow.found.connect(found.append)
    flow.start(session, STEVE)
    assert flow.is_running
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT_MS)
    assert isinstance(found[0], Found)
    assert busy == [LOOKING, ""]
    assert not flow.is_running


def test_a_new_look_up_ends_the_former(
    bridge: Bridge, session: PeopleSession, sandbox: Sandbox, qtbot: QtBot
) -> None:
    sandbox.faults.add(Fault(FaultKind.NEVER_ANSWERS, pattern="external", times=1))
    flow = LookUpFlow(bridge, bridge)
    found: list[LookupResult] = []
    flow.found.connect(found.append)
    flow.start(session, STEVE)
    qtbot.waitUntil(lambda: len(sandbox.requests) > 0, timeout=WAIT_MS)
    flow.start(session, SHARED)
    qtbot.waitUntil(lambda: bool(found) and not bridge.running, timeout=WAIT_MS)
    assert len(found) == 1


def test_stopping_tells_of_no_result(
    bridge: Bridge, session: PeopleSession, sandbox: Sandbox, qtbot: QtBot
) -> None:
    sandbox.faults.add(Fault(FaultKind.NEVER_ANSWERS))
    flow = LookUpFlow(bridge, bridge)
    told: list[object] = []
    flow.found.connect(told.append)
    flow.failed.connect(told.append)
    flow.start(session, STEVE)
    with qtbot.waitSignal(flow.stopped, timeout=WAIT_MS):
        flow.stop()
    qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)
    assert told == []


def test_a_failure_has_its_words(
    bridge: Bridge, session: PeopleSession, sandbox: Sandbox, qtbot: QtBot
) -> None:
    sandbox.faults.add(Fault(FaultKind.STATUS, status=401))
    flow = LookUpFlow(bridge, bridge)
    errors: list[VibesDesktopError] = []
    flow.failed.connect(errors.append)
    flow.start(session, STEVE)
    qtbot.waitUntil(lambda: bool(errors), timeout=WAIT_MS)
    assert errors[0].title
    assert errors[0].advice
