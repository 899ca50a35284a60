"""A record store with a few things in it, and the bridge to reach it through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vibes_desktop.accounts.profiles import ProfileBook
from vibes_desktop.accounts.secret_keeper import SecretKeeper
from vibes_desktop.credentials.keyring import SessionSecrets
from vibes_desktop.model.errors import SecretError
from vibes_desktop.model.profile import Origin, Profile, ProfileId, Region, Safety, Secrets
from vibes_desktop.runtime import Runtime
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.settings import SettingsFile
from vibes_desktop.storage.settings_keeper import SettingsKeeper
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.settings.profile_work import ProfileWork


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Open a record store in a folder of its own."""
    opened = Desk(tmp_path / "desk.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def bridge(qapp: object, runtime: Runtime) -> Bridge:
    return Bridge(runtime)


@pytest.fixture
def demo() -> Profile:
    """Return the profile in use."""
    return Profile(ProfileId("demo"), "Demo Retail", "DEMO", Region.US.base_url, "demo", Safety.SANDBOX)


@pytest.fixture
def acme() -> Profile:
    """Return another profile, of a name that would be markup and a mnemonic."""
    base_url = "https://127.0.0.1:8443/base"
    return Profile(ProfileId("acme"), "<b>A&cme</b>", "ACME", base_url, "acme", Safety.PRODUCTION)


class Keyring:
    """A keyring in memory, whose next calls can be made to fail as a real one does."""

    backend_name = "Test Keyring"
    is_persistent = True

    def __init__(self) -> None:
        self.failures: list[SecretError] = []
        self.kept = SessionSecrets()

    def read(self, profile_id: ProfileId, origin: Origin) -> Secrets | None:
        """Read, or fail."""
        self._fail()
        return self.kept.read(profile_id, origin)

    def write(self, profile_id: ProfileId, origin: Origin, secrets: Secrets) -> None:
        """Keep, or fail."""
        self._fail()
        self.kept.write(profile_id, origin, secrets)

    def delete(self, profile_id: ProfileId) -> None:
        """Drop, or fail."""
        self._fail()
        self.kept.delete(profile_id)

    def _fail(self) -> None:
        if self.failures:
            raise self.failures.pop(0)


@pytest.fixture
def keyring() -> Keyring:
    return Keyring()


@pytest.fixture
def secrets(keyring: Keyring) -> SecretKeeper:
    return SecretKeeper(lambda: keyring)


@pytest.fixture
def settings(tmp_path: Path) -> SettingsKeeper:
    return SettingsKeeper(SettingsFile(tmp_path / "config" / "settings.json"))


@pytest.fixture
def book(settings: SettingsKeeper) -> ProfileBook:
    return ProfileBook(settings)


@pytest.fixture
def work(book: ProfileBook, secrets: SecretKeeper, desk: Desk) -> ProfileWork:
    return ProfileWork(book, secrets, desk, lambda _: None)


@pytest.fixture
def real(sandbox: Sandbox) -> Profile:
    """Return a profile of the running sandbox, as if it were any platform."""
    return Profile(ProfileId("real"), "Real", sandbox.company_key, sandbox.url, sandbox.username, Safety.TEST)
