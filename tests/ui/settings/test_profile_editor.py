"""Adding and changing a profile on screen, with the real sandbox behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.accounts.profiles import ProfileBook
from vibes_desktop.accounts.secret_keeper import SecretKeeper
from vibes_desktop.credentials.trouble import keyring_dismissed, keyring_locked, no_keyring
from vibes_desktop.model.errors import InvalidInput, SecretError, StorageError
from vibes_desktop.model.profile import Profile, Safety, Secrets
from vibes_desktop.runtime import Runtime
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.settings.entries import FormEntries
from vibes_desktop.ui.settings.profile_editor import TYPE_IT, ProfileEditor
from vibes_desktop.ui.settings.profile_form import Place
from vibes_desktop.ui.settings.profile_work import ProfileWork
from vibes_desktop.ui.widgets.form import FormRow

WAIT_SECONDS = 30
LONG_MS = 15_000
PASSWORD = "swordfish"


class FailingKeyring(Protocol):
    """What these tests need of the keyring."""

    failures: list[SecretError]


@pytest.fixture
def editor(bridge: Bridge, work: ProfileWork, qtbot: QtBot) -> ProfileEditor:
    made = ProfileEditor(bridge, work)
    qtbot.addWidget(made)
    made.resize(772, 700)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def fill(editor: ProfileEditor, demo: Profile) -> Callable[..., None]:
    """Return a function that begins a profile and fills the form."""

    def begin(password: str = PASSWORD, profile: Profile = demo) -> None:
        editor.open_new()
        editor.form.set_entries(replace(FormEntries.of(profile), password=password))

    return begin


@pytest.fixture
def idle(editor: ProfileEditor, bridge: Bridge, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not editor.is_busy and not bridge.running, timeout=LONG_MS)


def test_a_profile_is_typed_and_saved_by_keyboard(
    editor: ProfileEditor, book: ProfileBook, bridge: Bridge, qtbot: QtBot
) -> None:
    editor.open_new()
    editor.initial_focus().setFocus()
    qtbot.waitUntil(editor.form.name.edit.hasFocus)
    for text, tabs in (("Acme", 2), ("ACME", 1), ("mia", 1), ("swordfish", 0)):
        focus = editor.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)
        for _ in range(tabs):
            QTest.keyClick(editor, Qt.Key.Key_Tab)
    with qtbot.waitSignal(editor.saved, timeout=LONG_MS):
        QTest.keyClick(editor.save_button, Qt.Key.Key_Return)
    [profile] = book.profiles
    assert (profile.name, profile.company_key, profile.username) == ("Acme", "ACME", "mia")
    assert editor.form.entries.password == ""


def test_problems_stand_at_their_places_and_nothing_is_saved(
    editor: ProfileEditor, book: ProfileBook, idle: Callable[[], None]
) -> None:
    editor.open_new()
    editor.save()
    idle()
    assert editor.form.name.edit.hasFocus()
    described = (editor.form.name, editor.form.company_key, editor.form.username, editor.form.password)
    assert all(field.edit.accessibleDescription() for field in described)
    assert book.profiles == ()


@pytest.mark.parametrize("trouble", [no_keyring("None."), keyring_locked("Test"), keyring_dismissed("Test")])
def test_a_keyring_in_trouble_says_so_and_the_session_will_do(
    editor: ProfileEditor,
    fill: Callable[..., None],
    idle: Callable[[], None],
    book: ProfileBook,
    secrets: SecretKeeper,
    keyring: FailingKeyring,
    runtime: Runtime,
    qtbot: QtBot,
    trouble: SecretError,
) -> None:
    fill()
    keyring.failures = [trouble, trouble]  # reading what is kept, and writing
    editor.save()
    idle()
    assert editor.keyring_notice.isVisible()
    assert editor.keyring_notice.text.startswith(trouble.title)
    assert book.profiles == ()
    with qtbot.waitSignal(editor.saved, timeout=LONG_MS):
        editor.keyring_notice.session_button.click()
    (profile,) = editor._work._book.profiles
    kept = runtime.submit(secrets.read(profile)).result(WAIT_SECONDS)
    assert kept is not None
    assert kept.password == "swordfish"


def test_trying_again_saves_once_the_keyring_is_open(
    editor: ProfileEditor,
    fill: Callable[..., None],
    idle: Callable[[], None],
    keyring: FailingKeyring,
    qtbot: QtBot,
) -> None:
    fill()
    keyring.failures = [keyring_locked("Test"), keyring_locked("Test")]
    editor.save()
    idle()
    with qtbot.waitSignal(editor.saved, timeout=LONG_MS):
        editor.keyring_notice.again_button.click()
    assert not editor.keyring_notice.isVisible()


def test_without_a_typed_password_the_session_asks_for_it(
    editor: ProfileEditor,
    idle: Callable[[], None],
    book: ProfileBook,
    keyring: FailingKeyring,
    demo: Profile,
) -> None:
    book.put(demo)
    keyring.failures = [keyring_locked("Test"), keyring_locked("Test")]  # whereabouts, and reading
    editor.open_profile(demo)
    idle()
    editor.save()
    idle()
    editor.keyring_notice.session_button.click()
    assert editor.form.session_only.isChecked()
    assert editor.form.password.edit.accessibleDescription() == TYPE_IT
    assert editor.form.password.edit.hasFocus()


def test_an_open_profile_says_where_its_secret_is_and_never_shows_it(
    editor: ProfileEditor,
    idle: Callable[[], None],
    book: ProfileBook,
    secrets: SecretKeeper,
    runtime: Runtime,
    demo: Profile,
) -> None:
    book.put(demo)
    runtime.submit(secrets.keep(demo, Secrets("swordfish"))).result(WAIT_SECONDS)
    editor.open_profile(demo)
    idle()
    assert editor.form._rows["password"]._note.text() == "In Test Keyring."
    assert editor.form.entries == FormEntries.of(demo)


def test_problems_of_a_sign_in_are_shown_when_it_opens(
    editor: ProfileEditor, idle: Callable[[], None], book: ProfileBook, demo: Profile
) -> None:
    book.put(demo)
    editor.open_profile(demo, [InvalidInput("No password is stored", "Type it.", field="password")])
    idle()
    assert editor.form.password.edit.accessibleDescription() == "No password is stored. Type it."


def test_the_connection_test_climbs_against_the_sandbox(
    editor: ProfileEditor,
    fill: Callable[..., None],
    idle: Callable[[], None],
    real: Profile,
    sandbox: Sandbox,
) -> None:
    fill(sandbox.password, real)
    editor.test()
    idle()
    assert editor.ladder.isVisible()
    assert editor.ladder.text.endswith("Version 2 works.\nEverything works.")


def test_a_failed_rung_gives_its_advice(
    editor: ProfileEditor,
    fill: Callable[..., None],
    idle: Callable[[], None],
    real: Profile,
    book: ProfileBook,
) -> None:
    fill("wrong", real)
    editor.test()
    idle()
    assert "Check the user name and the password" in editor.ladder.text
    assert editor.ladder.text.endswith("Nothing was changed.")
    assert book.profiles == ()


def test_a_test_can_be_stopped(
    editor: ProfileEditor,
    fill: Callable[..., None],
    idle: Callable[[], None],
    real: Profile,
    sandbox: Sandbox,
    qtbot: QtBot,
) -> None:
    sandbox.faults.add(Fault(FaultKind.NEVER_ANSWERS))
    fill(sandbox.password, real)
    editor.test()
    qtbot.waitUntil(lambda: "Proxy" in editor.ladder.text, timeout=LONG_MS)
    editor._stop()
    idle()
    assert editor.ladder.text.endswith("Stopped. Nothing was changed.")
    assert editor.test_button.isEnabled()


def test_leaving_forgets_what_was_typed(
    editor: ProfileEditor, fill: Callable[..., None], book: ProfileBook, qtbot: QtBot
) -> None:
    fill()
    with qtbot.waitSignal(editor.left):
        editor.cancel_button.click()
    assert editor.form.entries.password == ""
    assert book.profiles == ()


def test_a_profile_that_holds_until_the_end_only_says_so(
    editor: ProfileEditor, fill: Callable[..., None], book: ProfileBook, qtbot: QtBot
) -> None:
    fill()
    book._keeper._file._blocked = StorageError("The disk is full", "Nothing was written.", "Make space.")
    with qtbot.waitSignal(editor.saved_badly, timeout=LONG_MS) as told:
        editor.save()
    assert told.args is not None
    assert told.args[1].title == "The disk is full"
    assert len(book.profiles) == 1


def test_the_first_profile_needs_four_things_and_is_kept_once_the_ladder_was_climbed(
    editor: ProfileEditor,
    book: ProfileBook,
    sandbox: Sandbox,
    idle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    editor.open_first()
    form = editor.form
    shown = [row.label for row in form.findChildren(FormRow) if row.isVisibleTo(form)]
    assert [label for label in shown if label] == ["Region", "Company key", "User name", "Password"]
    assert not editor.test_button.isVisible()
    form.place.choose(Place.OTHER)
    form.base_url.set_text(sandbox.url)
    form.company_key.set_text(sandbox.company_key)
    form.username.set_text(sandbox.username)
    form.password.set_text("wrong")
    editor.save_button.click()
    idle()
    assert not book.profiles
    assert editor.ladder.isVisible()
    form.password.set_text(sandbox.password)
    with qtbot.waitSignal(editor.saved, timeout=LONG_MS):
        editor.save_button.click()
    (profile,) = book.profiles
    assert (profile.name, profile.safety) == (sandbox.company_key, Safety.PRODUCTION)


def test_more_settings_are_one_key_away(editor: ProfileEditor) -> None:
    editor.open_first()
    editor.form.more.click()
    assert editor.form.name.isVisible()
    assert editor.test_button.isVisible()
    assert not editor.form.more.isVisible()
    assert editor.save_button.text() == "Save profile"
