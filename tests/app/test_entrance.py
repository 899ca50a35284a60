"""Entering profiles, and the lock of production."""

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.accounts.profiles import SANDBOX_ID, ProfileBook
from vibes_desktop.accounts.secret_keeper import SecretKeeper
from vibes_desktop.accounts.sign_in import SignedIn
from vibes_desktop.app.entrance import Entrance, Locks
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import Profile, ProfileId, Safety
from vibes_desktop.runtime import Runtime
from vibes_desktop.storage.settings import SettingsFile
from vibes_desktop.storage.settings_keeper import SettingsKeeper

PRODUCTION = Profile(ProfileId("p"), "Acme", "acme", "https://example.com", "a@example.com")
TEST = Profile(ProfileId("t"), "Try", "acme", "https://example.com", "a@example.com", Safety.TEST)


def entrance(tmp_path: Path) -> Entrance:
    book = ProfileBook(SettingsKeeper(SettingsFile(tmp_path / "settings.json")))
    return Entrance(book, SecretKeeper())


def test_the_sandbox_is_started_once_and_stopped(runtime: Runtime, tmp_path: Path) -> None:
    door = entrance(tmp_path)

    async def twice() -> tuple[SignedIn, SignedIn]:
        first, second = await door.enter(SANDBOX_ID), await door.enter(SANDBOX_ID)
        await asyncio.gather(first.aclose(), second.aclose())
        return first, second

    first, second = runtime.submit(twice()).result(30)
    assert first.profile == second.profile
    runtime.submit(door.close()).result(30)
    port = int(first.profile.base_url.rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_a_profile_that_is_gone_is_said(runtime: Runtime, tmp_path: Path) -> None:
    entering: Any = runtime.submit(entrance(tmp_path).enter(ProfileId("gone")))
    with pytest.raises(InvalidInput) as caught:
        entering.result(30)
    assert "gone" in caught.value.title


def test_production_alone_has_a_lock_and_begins_locked() -> None:
    locks = Locks()
    assert locks.is_locked(PRODUCTION)
    assert locks.state(TEST) is None
    assert not locks.is_locked(TEST)
    assert not locks.is_locked(None)
    locks.set_locked(PRODUCTION, is_locked=False)
    assert locks.state(PRODUCTION) is False
    locks.set_locked(PRODUCTION, is_locked=True)
    assert locks.is_locked(PRODUCTION)
