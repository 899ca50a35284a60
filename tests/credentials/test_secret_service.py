"""The Secret Service is named, and unlocked only where there is something to unlock."""

from typing import Any

import pytest

from vibes_desktop.credentials.secret_service import SecretService
from vibes_desktop.model.errors import KeyringLocked, NoKeyring


def test_it_is_named_by_its_program(unlocked: Any) -> None:
    assert SecretService().name() == "GNOME Keyring (Secret Service)"


def test_an_unlocked_one_asks_nothing(unlocked: Any) -> None:
    prompter = unlocked.start_prompter("ignore")
    assert SecretService().unlock(for_writing=False)
    assert SecretService().unlock(for_writing=True)
    prompter.terminate()
    assert prompter.stdout.read() == ""


def test_where_there_is_no_collection_there_is_nothing_to_read(desktop: Any) -> None:
    desktop.start_keyring(unlocked=False)
    assert not SecretService().unlock(for_writing=False)


def test_a_locked_one_that_can_ask_nobody_is_locked(desktop: Any) -> None:
    desktop.start_locked_keyring()
    with pytest.raises(KeyringLocked):
        SecretService().unlock(for_writing=False)


def test_without_one_there_is_no_keyring(desktop: Any) -> None:
    with pytest.raises(NoKeyring):
        SecretService().name()
