"""What is said when the keyring can't keep a password."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.credentials.trouble import keyring_dismissed, keyring_locked, no_keyring
from vibes_desktop.model.errors import SecretError
from vibes_desktop.ui.settings.keyring_notice import KeyringNotice


@pytest.fixture
def chosen() -> list[str]:
    return []


@pytest.fixture
def notice(chosen: list[str], qtbot: QtBot) -> KeyringNotice:
    made = KeyringNotice(lambda: chosen.append("session"), lambda: chosen.append("again"))
    qtbot.addWidget(made)
    made.resize(760, 100)
    return made


def test_each_trouble_has_its_own_sentences(notice: KeyringNotice) -> None:
    troubles: list[SecretError] = [no_keyring("None."), keyring_locked("Test"), keyring_dismissed("Test")]
    said = []
    for trouble in troubles:
        notice.show_error(trouble)
        said.append(notice.text)
    assert len(set(said)) == len(troubles)
    assert all("session only" in text for text in said)


def test_both_ways_out_are_buttons(notice: KeyringNotice, chosen: list[str]) -> None:
    notice.show_error(keyring_locked("Test"))
    notice.again_button.click()
    notice.session_button.click()
    assert chosen == ["again", "session"]
