"""Profiles, keepers, a record store, and a way to run coroutines."""

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.accounts.profiles import ProfileBook
from vibes_desktop.accounts.secret_keeper import SecretKeeper
from vibes_desktop.credentials.keyring import SessionSecrets
from vibes_desktop.model.errors import SecretError
from vibes_desktop.model.profile import Origin, Profile, ProfileId, Safety, Secrets
from vibes_desktop.runtime import Runtime
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.settings import SettingsFile
from vibes_desktop.storage.settings_keeper import SettingsKeeper

CALL_SECONDS = 60.0


class Vault(SessionSecrets):
    """A keyring to be held open, or to fail with `trouble`; counts how often it was opened."""

    backend_name = "The test's vault"
    is_persistent = True

    def __init__(self) -> None:
        super().__init__()
        self.opened = 0
        self.trouble: SecretError | None = None

    def open(self) -> "Vault":
        """Open it."""
        self.opened += 1
        return self

    def read(self, profile_id: ProfileId, origin: Origin) -> Secrets | None:
        """Read, or fail."""
        self._fail()
        return super().read(profile_id, origin)

    def write(self, profile_id: ProfileId, origin: Origin, secrets: Secrets) -> None:
        """Write, or fail."""
        self._fail()
        super().write(profile_id, origin, secrets)

    def delete(self, profile_id: ProfileId) -> None:
        """Delete, or fail."""
        self._fail()
        super().delete(profile_id)

    def _fail(self) -> None:
        if self.trouble is not None:
            raise self.trouble


@pytest.fixture
def run(runtime: Runtime) -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Run a coroutine on the background loop and return what it returns."""
    return lambda coroutine: runtime.submit(coroutine).result(CALL_SECONDS)


@pytest.fixture
def vault() -> Vault:
    """A keyring."""
    return Vault()


@pytest.fixture
def keeper(vault: Vault) -> SecretKeeper:
    """A keeper with that keyring."""
    return SecretKeeper(vault.open)


@pytest.fixture
def book(tmp_path: Path) -> ProfileBook:
    """An empty book on the disk."""
    return ProfileBook(SettingsKeeper(SettingsFile(tmp_path / "settings.json")))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An open record store."""
    opened = Desk(tmp_path / "desk.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def make_profile() -> Callable[..., Profile]:
    """Make a good profile with anything in it replaced."""
    good = Profile(
        ProfileId("main"), "Acme", "AcMe1", "https://api.example.com", "agnes@example.com", Safety.TEST
    )
    return lambda **other: replace(good, **other)


@pytest.fixture
def of_sandbox(sandbox: Sandbox, make_profile: Callable[..., Profile]) -> Profile:
    """A profile that fits the running sandbox."""
    return make_profile(
        base_url=sandbox.url, company_key=sandbox.company_key, username=sandbox.username, name="Sandbox"
    )
