"""A demo person, and the People page over a sandbox, a record store and the bridge."""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
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
from vibes_desktop.ui.people.field_row import FieldRow
from vibes_desktop.ui.people.page import PeoplePage
from vibes_desktop.ui.people.review_sheet import ReviewSheet
from vibes_desktop.ui.shell.commands import CommandRegistry
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.top_bar import ProfileActions
from vibes_desktop.ui.shell.window import MainWindow
from vibes_desktop.ui.widgets.send_sheet import SendSheet
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.pace import Pace
from vibes_desktop.vibes.transport import Transport

WAIT_SECONDS = 30.0
CALLS_A_SECOND = 100_000  # the program's own pace would make every test wait
WAIT_MS = 20_000
STEVE = "EXT542342"  # the external ID of the sandbox's demo person

STEVE_PATH = f"/external/{STEVE}"

T = TypeVar("T")
SheetT = TypeVar("SheetT", bound=SheetDialog)
OpenPerson = Callable[..., PeoplePage]
Shown = Callable[[QWidget], QWidget]

CHOICES = (
    obj(option_key="red", id=JsonNumber("1"), name="Red"),
    obj(option_key="green", id=JsonNumber("2"), name="Green"),
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
def in_window(shown: Shown) -> Iterator[Shown]:
    """Return a function that puts a widget into a window and shows that; what was hidden stays hidden."""
    windows: list[QWidget] = []

    def put(widget: QWidget) -> QWidget:
        window = QWidget()
        windows.append(window)
        QVBoxLayout(window).addWidget(widget)
        return shown(window)

    yield put
    windows.clear()


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
        transport = Transport(base_url=sandbox.url, pace=Pace(CALLS_A_SECOND))
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


@dataclass
class Stage:
    """The page in the program's window, driven by keys, with a look at the platform past the client."""

    window: MainWindow
    page: PeoplePage
    bridge: Bridge
    sandbox: Sandbox
    session: PeopleSession
    runtime: Runtime
    qtbot: QtBot

    def result_of(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run something on the loop, past the page."""
        return self.runtime.submit(coroutine).result(WAIT_SECONDS)

    def settle(self) -> None:
        """Wait until nothing runs in the background and every row is there."""
        custom = self.page.record.custom
        self.qtbot.waitUntil(lambda: not self.bridge.running and custom.is_complete, timeout=WAIT_MS)

    def look_up(self, text: str = STEVE) -> None:
        """Look somebody up, and wait for all that belongs to them."""
        self.page.look_up(text)
        self.settle()

    def press(self, *keys: str) -> None:
        """Press keys in whatever has them; a shortcut acts as it does in the program."""
        for key in keys:
            QTest.keySequence(self.focus(), QKeySequence(key))

    def write(self, text: str) -> None:
        """Type into whatever has the focus."""
        for character in text:
            if character.isascii():
                QTest.keyClicks(self.focus(), character)
            else:  # QTest knows no other keys
                key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
                QApplication.sendEvent(self.focus(), key)

    def focus(self) -> QWidget:
        """What has the focus."""
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def row(self, name: str) -> FieldRow:
        """The row of a field, by the platform's name."""
        for row in (*self.page.record.identity.rows, *self.page.record.custom.rows):
            if row.name.name == name:
                return row
        raise AssertionError(f"no row {name}")

    def put(self, name: str, text: str) -> None:
        """Type a text over what a field holds."""
        self.row(name).take_focus()
        self.press("Ctrl+A")
        self.write(text)

    def sheet(self, kind: type[SheetT]) -> SheetT:
        """The sheet that is open."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=WAIT_MS)
        opened: QWidget | None = QApplication.activeModalWidget()
        if not isinstance(opened, kind):
            raise TypeError(kind)
        return opened

    def review(self) -> ReviewSheet:
        """Open the review, and wait until it can send or has to be decided."""
        self.press("Ctrl+Return")
        sheet = self.sheet(ReviewSheet)
        self.qtbot.waitUntil(lambda: sheet.review is not None, timeout=WAIT_MS)
        return sheet

    def send(self, sheet: SendSheet) -> None:
        """Send by its key, once that is possible, and wait for the outcome."""
        self.qtbot.waitUntil(sheet.send.isEnabled, timeout=WAIT_MS)
        QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=WAIT_MS)
        self.settle()

    def raw(self, method: str, below_persons: str, body: object = None) -> tuple[int, Any]:
        """Make a call past the client; the sandbox's faults meet it too."""
        token = base64.b64encode(f"{self.sandbox.username}:{self.sandbox.password}".encode()).decode()
        connection = http.client.HTTPConnection("127.0.0.1", self.sandbox.port, timeout=WAIT_SECONDS)
        try:
            path = f"/companies/{self.sandbox.company_key}/mobiledb/persons{below_persons}"
            headers = {
                "Authorization": f"Basic {token}",
                "X-API-Version": "2",
                "Content-Type": "application/json",
            }
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else None
        finally:
            connection.close()

    def stored(self, name: str, person: str = STEVE_PATH) -> Any:
        """Read a custom field past the client, with all faults off."""
        self.sandbox.faults.clear()
        return self.raw("GET", person)[1]["custom_fields"][name]

    def received(self, method: str) -> int:
        """Count the requests of a method that reached the platform."""
        return sum(request.method == method for request in self.sandbox.requests)


@pytest.fixture
def stage(
    bridge: Bridge, session: PeopleSession, sandbox: Sandbox, runtime: Runtime, shown: Shown, qtbot: QtBot
) -> Iterator[Stage]:
    """Open the program's window with the People page in it, signed in."""
    navigator = Navigator()
    page = PeoplePage(bridge, navigator)
    actions = ProfileActions(_do_nothing, _do_nothing, _do_nothing, _do_nothing)
    window = MainWindow([page], CommandRegistry(), navigator, actions)
    window.resize(1092, 614)
    page.set_session(session)
    shown(window)
    made = Stage(window, page, bridge, sandbox, session, runtime, qtbot)
    made.settle()
    yield made
    modal = QApplication.activeModalWidget()
    if isinstance(modal, SheetDialog):
        modal.done(0)
    qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)  # before the connections are closed


def _do_nothing(*_arguments: object) -> None:
    """Stand in for what the program does with profiles."""
