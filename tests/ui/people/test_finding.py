"""From the box to what is shown."""

from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.lookup import Found
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.people import SHARED_MDN
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.finding import Finding
from vibes_desktop.ui.people.search_bar import SearchBar
from vibes_desktop.ui.people.views import Views

WAIT_MS = 20_000


def made(qtbot: QtBot, bridge: Bridge, session: PeopleSession | None) -> tuple[Finding, SearchBar, Views]:
    bar, views = SearchBar(), Views()
    qtbot.addWidget(bar)
    qtbot.addWidget(views)
    finding = Finding(bridge, bar, views)
    finding.set_session(session)
    return finding, bar, views


def ask(bar: SearchBar, text: str) -> None:
    bar.set_text(text)
    bar.submit()


def test_without_a_profile_the_ways_to_one_are_shown(qtbot: QtBot, bridge: Bridge) -> None:
    finding, bar, views = made(qtbot, bridge, None)
    assert views.currentWidget() is finding.signed_out
    assert not bar.isEnabled()
    errors: list[VibesDesktopError] = []
    finding.failed.connect(errors.append)
    ask(bar, "EXT542342")
    assert "signed in" in errors[0].title


def test_one_person_is_told(qtbot: QtBot, bridge: Bridge, session: PeopleSession) -> None:
    finding, bar, _ = made(qtbot, bridge, session)
    found: list[Found] = []
    finding.found.connect(found.append)
    ask(bar, "EXT542342")
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT_MS)
    assert found[0].person.external_person_id == "EXT542342"


def test_several_are_to_be_chosen_from(qtbot: QtBot, bridge: Bridge, session: PeopleSession) -> None:
    finding, bar, views = made(qtbot, bridge, session)
    found: list[Found] = []
    finding.found.connect(found.append)
    ask(bar, SHARED_MDN)
    qtbot.waitUntil(lambda: views.currentWidget() is finding.several, timeout=WAIT_MS)
    assert found == []
    assert finding.several.list.count() == 3


def test_nobody_leads_to_adding(qtbot: QtBot, bridge: Bridge, session: PeopleSession) -> None:
    finding, bar, views = made(qtbot, bridge, session)
    wanted: list[object] = []
    finding.add_wanted.connect(wanted.append)
    ask(bar, "CRM-NOBODY")
    qtbot.waitUntil(lambda: views.currentWidget() is finding.nobody, timeout=WAIT_MS)
    finding.nobody.add.click()
    assert len(wanted) == 1


def test_a_failure_brings_back_what_was_there(
    qtbot: QtBot, bridge: Bridge, session: PeopleSession, sandbox: Sandbox
) -> None:
    finding, bar, views = made(qtbot, bridge, session)
    sandbox.faults.add(Fault(FaultKind.STATUS, status=401))
    errors: list[VibesDesktopError] = []
    finding.failed.connect(errors.append)
    ask(bar, "EXT542342")
    qtbot.waitUntil(lambda: bool(errors), timeout=WAIT_MS)
    assert views.currentWidget() is finding.start


def test_a_draft_of_a_new_person_is_gone_on_with(
    qtbot: QtBot, bridge: Bridge, session: PeopleSession
) -> None:
    finding, _, _ = made(qtbot, bridge, session)
    edits: list[PersonEdit] = []
    finding.edit_found.connect(edits.append)
    edit = PersonEdit.of_new_person(session.profile.api_version)
    finding.resume(edit)
    assert edits == [edit]
