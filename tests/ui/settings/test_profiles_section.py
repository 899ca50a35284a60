"""The list of profiles and the editor in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vibes_desktop.accounts.profiles import ProfileBook
from vibes_desktop.credentials.trouble import keyring_locked
from vibes_desktop.model.errors import InvalidInput, SecretError, StorageError
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.settings.confirm_sheet import ConfirmSheet
from vibes_desktop.ui.settings.entries import FormEntries
from vibes_desktop.ui.settings.profile_work import ProfileWork
from vibes_desktop.ui.settings.profiles_section import ProfileCallbacks, ProfilesSection
from vibes_desktop.ui.widgets.buttons import Button

PASSWORD = "swordfish"


class FailingKeyring(Protocol):
    """What these tests need of the keyring."""

    failures: list[SecretError]


@dataclass
class Told:
    """What the window was told, in order."""

    what: list[tuple[str, ProfileId]] = field(default_factory=list)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def section(
    bridge: Bridge, book: ProfileBook, work: ProfileWork, told: Told, qtbot: QtBot
) -> ProfilesSection:
    callbacks = ProfileCallbacks(
        lambda which: told.what.append(("changed", which)), lambda which: told.what.append(("use", which))
    )
    made = ProfilesSection(bridge, book, work, callbacks)
    qtbot.addWidget(made)
    made.resize(772, 700)
    made.show()
    return made


@pytest.fixture
def idle(bridge: Bridge, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not bridge.running)


def _press(section: ProfilesSection, name: str) -> None:
    [button] = [
        each
        for each in section.list.findChildren(Button)
        if each.accessibleName() == name and each.isVisibleTo(section.list)
    ]
    button.click()


def _confirm() -> None:
    [sheet] = [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, ConfirmSheet) and widget.isVisible()
    ]
    sheet.confirm_button.click()


def _type(section: ProfilesSection, profile: Profile) -> None:
    section.editor.form.set_entries(replace(FormEntries.of(profile), password=PASSWORD))


def test_the_first_profile_that_is_added_is_used(
    section: ProfilesSection, told: Told, book: ProfileBook, demo: Profile, idle: Callable[[], None]
) -> None:
    _press(section, "Add a profile")
    assert section.editor.isVisible()
    _type(section, demo)
    section.editor.save()
    idle()
    [profile] = book.profiles
    assert told.what == [("changed", profile.id), ("use", profile.id)]
    assert section.list.isVisible()


def test_another_one_is_not_used_by_itself(
    section: ProfilesSection,
    told: Told,
    book: ProfileBook,
    demo: Profile,
    acme: Profile,
    idle: Callable[[], None],
) -> None:
    book.put(demo)
    section.set_profile(demo)
    section.add_profile()
    _type(section, acme)
    section.editor.save()
    idle()
    assert [what for what, _ in told.what] == ["changed"]
    _press(section, f"Use {acme.name}")
    assert told.what[-1] == ("use", book.profiles[1].id)


def test_changing_a_profile_keeps_its_id(
    section: ProfilesSection, told: Told, book: ProfileBook, demo: Profile, idle: Callable[[], None]
) -> None:
    book.put(demo)
    section.set_profile(demo)
    _press(section, f"Edit {demo.name}")
    _type(section, replace(demo, name="Renamed"))
    section.editor.save()
    idle()
    assert book.profiles == (replace(demo, name="Renamed"),)
    assert told.what == [("changed", demo.id)]


def test_removing_asks_first(
    section: ProfilesSection, told: Told, book: ProfileBook, demo: Profile, idle: Callable[[], None]
) -> None:
    book.put(demo)
    section.activate()
    _press(section, f"Remove {demo.name}")
    assert book.profiles == (demo,)
    _confirm()
    idle()
    assert told.what == [("changed", demo.id)]
    assert section.list.initial_focus() is not None


def test_a_password_that_stays_in_the_keyring_is_said(
    section: ProfilesSection,
    told: Told,
    book: ProfileBook,
    keyring: FailingKeyring,
    demo: Profile,
    idle: Callable[[], None],
) -> None:
    book.put(demo)
    section.activate()
    keyring.failures = [keyring_locked("Test")]
    _press(section, f"Remove {demo.name}")
    _confirm()
    idle()
    assert not book.profiles
    assert "Its password is still in the keyring" in section.overview.notice.text
    assert told.what == [("changed", demo.id)]


def test_a_profile_that_could_not_be_written_down_is_used_and_said(
    section: ProfilesSection, told: Told, book: ProfileBook, demo: Profile, idle: Callable[[], None]
) -> None:
    section.add_profile()
    _type(section, demo)
    book._keeper._file._blocked = StorageError("The disk is full", "Nothing was written.", "Make space.")
    section.editor.save()
    idle()
    assert section.overview.notice.text.startswith("The disk is full")
    assert [what for what, _ in told.what] == ["changed", "use"]


def test_a_sign_in_that_failed_leads_to_its_field(
    section: ProfilesSection, book: ProfileBook, demo: Profile, idle: Callable[[], None], qtbot: QtBot
) -> None:
    book.put(demo)
    section.activateWindow()
    section.edit_profile(demo.id, [InvalidInput("No password", "Type it.", field="password")])
    idle()
    qtbot.waitUntil(section.editor.form.password.edit.hasFocus)


def test_a_profile_that_is_gone_shows_the_list(section: ProfilesSection) -> None:
    section.add_profile()
    section.edit_profile(ProfileId("gone"))
    assert section.list.isVisible()


def test_cancel_goes_back_to_the_list(section: ProfilesSection, told: Told) -> None:
    section.add_profile()
    section.editor.cancel_button.click()
    assert section.list.isVisible()
    assert told.what == []
