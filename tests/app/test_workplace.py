"""The profile in use, and what the pages are given."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from vibes_desktop.accounts.profiles import SANDBOX_ID
from vibes_desktop.accounts.secret_keeper import Keeping
from vibes_desktop.app.program import Program
from vibes_desktop.app.workplace import Workplace
from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.profile import Profile, ProfileId, Safety, Secrets
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.storage.folders import Folders
from vibes_desktop.ui.people.review_sheet import ReviewSheet
from vibes_desktop.ui.shell.page import PageId

Start = Callable[..., Program]
READY_MS = 20_000
LAST_NAME = FieldRef("last_name")


def production_of(sandbox: Sandbox) -> Profile:
    """A production profile whose platform is a sandbox."""
    return Profile(
        ProfileId("acme"), "Acme", sandbox.company_key, sandbox.url, sandbox.username, Safety.PRODUCTION
    )


def enrol(place: Workplace, profile: Profile, password: str) -> None:
    """Add a profile whose password is kept for the session only."""
    place.runtime.submit(place.secrets.keep(profile, Secrets(password), Keeping.SESSION)).result(10)
    place.book.put(profile)


def test_the_sandbox_is_signed_in_to_without_a_keyring(at_work: Workplace) -> None:
    session = at_work.session
    assert session is not None
    assert session.profile.id == SANDBOX_ID
    assert session.profile.safety is Safety.SANDBOX


def test_once_signed_in_the_box_is_ready_to_type(at_work: Workplace) -> None:
    assert at_work.people.window().focusWidget() is at_work.people.search.edit


def test_a_production_profile_is_locked_until_it_is_unlocked(
    at_work: Workplace, sandbox: Sandbox, qtbot: QtBot
) -> None:
    profile = production_of(sandbox)
    enrol(at_work, profile, sandbox.password)
    with qtbot.waitSignal(at_work.signed_in, timeout=READY_MS):
        at_work.use_profile(profile.id)
    at_work.people.look_up("EXT542342")
    qtbot.waitUntil(lambda: at_work.people.record.isVisible(), timeout=READY_MS)
    at_work.people.desk.set(LAST_NAME, "Miller")
    at_work.people.changes.review()
    assert not _sheets(at_work)
    at_work.set_locked(is_locked=False)
    at_work.people.desk.set(LAST_NAME, "Miller")
    at_work.people.changes.review()
    sheets = _sheets(at_work)
    assert len(sheets) == 1
    sheets[0].reject()


def test_without_a_password_the_profiles_form_says_so(
    at_work: Workplace, sandbox: Sandbox, qtbot: QtBot
) -> None:
    profile = replace(production_of(sandbox), id=ProfileId("bare"))
    enrol(at_work, profile, sandbox.password)
    at_work.runtime.submit(at_work.secrets.delete(profile.id)).result(10)
    at_work.use_profile(profile.id)
    window = at_work.people.window()
    qtbot.waitUntil(
        lambda: at_work.preferences.isVisible() or at_work.people.problem.isVisible(), timeout=READY_MS
    )
    assert window.isVisible()
    session = at_work.session
    assert session is not None
    assert session.profile.id == SANDBOX_ID


def test_a_removed_profile_is_left(at_work: Workplace, sandbox: Sandbox, qtbot: QtBot) -> None:
    profile = production_of(sandbox)
    enrol(at_work, profile, sandbox.password)
    with qtbot.waitSignal(at_work.signed_in, timeout=READY_MS):
        at_work.use_profile(profile.id)
    at_work.book.remove(profile.id)
    at_work._profile_changed(profile.id)
    assert at_work.session is None
    at_work._navigator.show_page(PageId.PEOPLE)
    qtbot.waitUntil(at_work.people.finding.signed_out.isVisible)


def test_the_last_profile_is_signed_in_to_at_the_next_start(
    start: Start, sandbox: Sandbox, qtbot: QtBot, folders: Folders
) -> None:
    first = start()
    place = first.workplace
    assert place is not None
    profile = production_of(sandbox)
    enrol(place, profile, sandbox.password)
    with qtbot.waitSignal(place.signed_in, timeout=READY_MS):
        place.use_profile(profile.id)
    qtbot.waitUntil(lambda: place.book.current == profile, timeout=READY_MS)
    saved = json.loads(Path(folders.settings_file).read_text(encoding="utf-8"))
    assert sandbox.password not in json.dumps(saved)


def test_a_broken_settings_file_is_one_notice_and_the_program_goes_on(
    start: Start, folders: Folders, qtbot: QtBot
) -> None:
    folders.settings_file.write_bytes(b"\0" * 300)
    program = start()
    place = program.workplace
    assert place is not None
    qtbot.waitUntil(place.people.problem.isVisible)
    assert "settings" in place.people.problem.text.casefold()
    assert list(folders.config.glob("settings.broken-*"))


def test_what_was_wrong_at_the_start_is_still_said_once_signed_in(
    start: Start, folders: Folders, qtbot: QtBot
) -> None:
    folders.settings_file.write_bytes(b"\0" * 300)
    place = start(in_sandbox=True).workplace
    assert place is not None
    qtbot.waitUntil(lambda: place.session is not None, timeout=READY_MS)
    qtbot.waitUntil(place.people.problem.isVisible)
    assert "settings" in place.people.problem.text.casefold()


def test_an_edit_under_way_is_kept_when_the_program_ends(start: Start, qtbot: QtBot) -> None:
    first = start(in_sandbox=True, person="EXT542342")
    place = first.workplace
    assert place is not None
    qtbot.waitUntil(lambda: place.people.record.isVisible(), timeout=READY_MS)
    place.people.desk.set(LAST_NAME, "Miller")
    first.frame.close()
    first.stop()
    second = start(in_sandbox=True)
    again = second.workplace
    assert again is not None
    qtbot.waitUntil(lambda: again.session is not None, timeout=READY_MS)
    session = again.session
    assert session is not None
    drafts = again.runtime.submit(session.drafts()).result(10)
    assert [draft.person.value for draft in drafts] == ["c5235a10-e243-42d7-979c-7f6234a21b60"]


def _sheets(place: Workplace) -> list[ReviewSheet]:
    return [sheet for sheet in place.people.window().findChildren(ReviewSheet) if sheet.isVisible()]
