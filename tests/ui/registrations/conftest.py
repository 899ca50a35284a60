"""A signed-in account on a real sandbox, and the bridge to speak to it through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from vibes_desktop.accounts.profiles import sandbox_profile
from vibes_desktop.accounts.registering import Draft, Registering
from vibes_desktop.accounts.secret_keeper import Keeping, SecretKeeper
from vibes_desktop.accounts.sign_in import SignedIn, SignIn
from vibes_desktop.credentials.keyring import SessionSecrets
from vibes_desktop.model.profile import Secrets
from vibes_desktop.runtime import Runtime
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.registrations.desk import RegistrationDesk
from vibes_desktop.ui.registrations.registrations_sheet import RegistrationsSheet

WAIT_MS = 20_000
WAIT_SECONDS = 20.0
URL = "https://example.com/callbacks"


@dataclass
class Stage:
    """The sheet of the registrations, and who works with it."""

    bridge: Bridge
    runtime: Runtime
    sandbox: Sandbox
    desk: RegistrationDesk
    qtbot: QtBot
    locked: list[bool] = field(default_factory=lambda: [False])

    def register(self, callback_type: str = "person_updated") -> None:
        """Have something registered already."""
        plan = self.desk.registering.plan_register(Draft(callback_type, URL))
        self.runtime.submit(self.desk.registering.send(plan)).result(WAIT_SECONDS)

    def open(self, address: str = "") -> RegistrationsSheet:
        """Show the sheet and wait until it has read the list."""
        sheet = RegistrationsSheet(self.bridge, self.desk, address)
        self.qtbot.addWidget(sheet)
        sheet.open()
        self.settle()
        return sheet

    def settle(self) -> None:
        """Wait until nothing runs."""
        self.qtbot.waitUntil(lambda: not self.bridge.running, timeout=WAIT_MS)

    def modal(self, kind: type[QDialog]) -> QDialog:
        """Wait for a dialog to be in front."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=WAIT_MS)
        found = QApplication.activeModalWidget()
        assert isinstance(found, kind)
        return found


@pytest.fixture
def sandbox(runtime: Runtime) -> Iterator[Sandbox]:
    """Start a sandbox."""
    platform = Sandbox(people=20)
    runtime.submit(platform.start()).result(WAIT_SECONDS)
    yield platform
    runtime.submit(platform.stop()).result(WAIT_SECONDS)


@pytest.fixture
def signed_in(runtime: Runtime, sandbox: Sandbox, tmp_path: Path) -> Iterator[SignedIn]:
    """Sign in to it."""
    profile = sandbox_profile(sandbox.url, sandbox.company_key, sandbox.username)
    keeper = SecretKeeper(SessionSecrets)
    runtime.submit(keeper.keep(profile, Secrets(sandbox.password), Keeping.SESSION)).result(WAIT_SECONDS)
    entered = runtime.submit(SignIn(keeper).enter(profile)).result(WAIT_SECONDS)
    yield entered
    runtime.submit(entered.aclose()).result(WAIT_SECONDS)


@pytest.fixture
def stage(qtbot: QtBot, runtime: Runtime, sandbox: Sandbox, signed_in: SignedIn) -> Stage:
    """Give all of it."""
    locked = [False]
    profile = signed_in.profile
    desk = RegistrationDesk(
        Registering(signed_in.client, is_here=profile.is_here), profile, lambda: locked[0]
    )
    return Stage(Bridge(runtime), runtime, sandbox, desk, qtbot, locked)
