"""A demo person, and the People page over a sandbox, a record store and the bridge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.jsonvalue import JsonArray, JsonNumber, JsonObject, obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion, Profile, ProfileId, Safety
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.runtime import Runtime
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.storage.desk import Desk
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.page import PeoplePage
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.transport import Transport

WAIT_SECONDS = 30.0
WAIT_MS = 20_000
STEVE = "EXT542342"  # the external ID of the sandbox's demo person

OpenPerson = Callable[..., PeoplePage]
Shown = Callable[[QWidget], QWidget]

CHOICES = (
    obj(choice_id=JsonNumber("1"), description="Red"),
    obj(choice_id=JsonNumber("2"), description="Green"),
)


def some_person() -> Person:
    """Make a person with a custom field of every kind."""
    return Person(
        obj(
            person_key="key-1",
            external_person_id="EXT1",
            mobile_phone=obj(mdn="+13125550143", carrier_code="103"),
            created_at="2026-01-02T10:00:00Z",
            custom_fields=JsonObject(
                (
                    ("first_name", "Steve"),
                    ("points", JsonNumber("12.50")),
                    ("is_member", True),
                    ("birthday", "1990-12-31T00:00:00Z"),
                    ("colour", CHOICES[0]),
                    ("colours", JsonArray((CHOICES[0],))),
                    ("basket", obj(size=JsonNumber("1"))),
                    ("nothing", None),
                )
            ),
        )
    )


@pytest.fixture
def person() -> Person:
    """Return a person who is nowhere but here."""
    return some_person()


@pytest.fixture
def edit_desk(qapp: QApplication, person: Person) -> EditDesk:
    """Return a desk with that person's record on it."""
    return EditDesk(PersonEdit(person, ApiVersion.V2))


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """Return a function that shows a widget in an active window of its own, and closes it after the test."""

    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Open a record store in a folder of its own."""
    opened = Desk(tmp_path / "desk.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def bridge(qapp: QApplication, runtime: Runtime) -> Iterator[Bridge]:
    """Connect the window's thread with the loop's."""
    made = Bridge(runtime)
    yield made
    made.close()


@pytest.fixture
def profile(sandbox: Sandbox) -> Profile:
    """Return the profile of the sandbox."""
    return Profile(
        id=ProfileId("profile"),
        name="Demo",
        company_key=sandbox.company_key,
        base_url=sandbox.url,
        username=sandbox.username,
        safety=Safety.SANDBOX,
    )


@pytest.fixture
def session(sandbox: Sandbox, runtime: Runtime, profile: Profile, desk: Desk) -> Iterator[PeopleSession]:
    """Sign in to the sandbox."""

    async def connect() -> tuple[VibesClient, Transport]:
        transport = Transport(base_url=sandbox.url)
        account = Account(
            sandbox.company_key, sandbox.url, sandbox.username, profile.api_version, sandbox.password
        )
        return VibesClient(account, transport), transport

    client, transport = runtime.submit(connect()).result(WAIT_SECONDS)
    yield PeopleSession(client, profile, desk, "tester")
    runtime.submit(transport.aclose()).result(WAIT_SECONDS)


@pytest.fixture
def page(bridge: Bridge, session: PeopleSession, shown: Shown, qtbot: QtBot) -> PeoplePage:
    """Show the page in a small window, signed in."""
    made = PeoplePage(bridge, Navigator())
    made.resize(1092, 560)
    made.set_session(session)
    shown(made)
    qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)
    return made


@pytest.fixture
def open_person(page: PeoplePage, bridge: Bridge, qtbot: QtBot) -> OpenPerson:
    """Return a function that opens a person on the page, and waits for all that belongs to them."""

    def open_one(text: str = STEVE) -> PeoplePage:
        page.look_up(text)
        qtbot.waitUntil(lambda: page.views.currentWidget() is page.record, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)
        return page

    return open_one
