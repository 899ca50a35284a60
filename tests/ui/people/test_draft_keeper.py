"""Drafts on disk while they are typed: what a kill costs, and that nothing overtakes anything."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion, ProfileId
from vibes_desktop.people.drafts import from_document
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.session import NEW_PERSON, PeopleSession, draft_key
from vibes_desktop.storage.desk import Desk
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.draft_keeper import KEPT, DraftKeeper

WAIT_MS = 20_000
NAME = FieldRef("first_name")
PROFILE = ProfileId("profile")

# Types a letter every 20 ms and says each one aloud, as soon as it is in the edit.
TYPIST = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion, Profile, ProfileId
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.runtime import Runtime
from vibes_desktop.storage.desk import Desk
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.draft_keeper import DraftKeeper

app = QCoreApplication([])
runtime = Runtime()
runtime.start()
profile = Profile(ProfileId("profile"), "Demo", "DEMO", "http://127.0.0.1:1", "demo")
desk = Desk(Path(sys.argv[1]))
edit = PersonEdit(Person(obj(person_key="k", custom_fields=obj(first_name="Steve"))), ApiVersion.V2)
keeper = DraftKeeper(Bridge(runtime), lambda: edit, app)
keeper.set_session(PeopleSession(None, profile, desk, "tester"))
count = 0

def type_one():
    global edit, count
    count += 1
    edit = edit.set(FieldRef("first_name"), "x" * count)
    keeper.note_change()
    print(count, flush=True)

timer = QTimer()
timer.timeout.connect(type_one)
timer.start(20)
app.exec()
"""
LETTERS_A_SECOND = 50


@pytest.fixture
def edits() -> list[PersonEdit]:
    """Return the edit under way, as the last of a list."""
    person = Person(obj(person_key="key-1", custom_fields=obj(first_name="Steve")))
    return [PersonEdit(person, ApiVersion.V2)]


@pytest.fixture
def keeper(
    qapp: QApplication, bridge: Bridge, session: PeopleSession, edits: list[PersonEdit], qtbot: QtBot
) -> DraftKeeper:
    owner = QObject(qapp)
    made = DraftKeeper(bridge, lambda: edits[-1], owner)
    made.set_session(session)
    return made


def kept(desk: Desk, person: Identifier) -> PersonEdit | None:
    draft = desk.drafts.get(PROFILE, person)
    return None if draft is None else from_document(draft.document)


def test_writes_what_was_typed_soon(
    keeper: DraftKeeper, edits: list[PersonEdit], desk: Desk, qtbot: QtBot
) -> None:
    words: list[str] = []
    keeper.kept.connect(words.append)
    for text in ("A", "An", "Ana"):
        edits.append(edits[0].set(NAME, text))
        keeper.note_change()
    qtbot.waitUntil(lambda: words == [KEPT], timeout=WAIT_MS)
    assert kept(desk, draft_key(edits[0])) == edits[-1]


def test_an_edit_without_changes_drops_the_draft(
    keeper: DraftKeeper, edits: list[PersonEdit], desk: Desk, bridge: Bridge, qtbot: QtBot
) -> None:
    keeper.keep(edits[0].set(NAME, "Ana"))
    keeper.keep(edits[0])
    qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)
    assert kept(desk, draft_key(edits[0])) is None


def test_writes_one_after_another_and_leaves_nobody_out(
    keeper: DraftKeeper, edits: list[PersonEdit], desk: Desk, bridge: Bridge, qtbot: QtBot
) -> None:
    """The record may be left while a write is under way: its last edit is still written, in its own name."""
    first = edits[0].set(NAME, "Ana")
    other = PersonEdit(Person(obj(person_key="key-2")), ApiVersion.V2).set(NAME, "Bea")
    new = PersonEdit.of_new_person(ApiVersion.V2).set(NAME, "New")
    for edit in (edits[0].set(NAME, "A"), first, other, new, edits[0].set(NAME, "An"), first):
        keeper.keep(edit)
    qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)
    assert kept(desk, draft_key(first)) == first
    assert kept(desk, Identifier(IdentifierKind.PERSON_KEY, "key-2")) == other
    assert kept(desk, NEW_PERSON) == new


def test_a_forgotten_person_is_not_written_again(
    keeper: DraftKeeper, edits: list[PersonEdit], desk: Desk, bridge: Bridge, qtbot: QtBot
) -> None:
    keeper.keep(PersonEdit.of_new_person(ApiVersion.V2).set(NAME, "New"))  # under way
    keeper.keep(edits[0].set(NAME, "Ana"))  # waits
    keeper.forget(draft_key(edits[0]))
    qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)
    assert kept(desk, draft_key(edits[0])) is None
    assert kept(desk, NEW_PERSON) is not None


def test_says_that_it_could_not_be_kept(
    keeper: DraftKeeper, edits: list[PersonEdit], desk: Desk, qtbot: QtBot
) -> None:
    words: list[str] = []
    keeper.kept.connect(words.append)
    desk.close()
    keeper.keep(edits[0].set(NAME, "Ana"))
    qtbot.waitUntil(lambda: bool(words), timeout=WAIT_MS)
    assert words[0].startswith("draft not kept: ")


def test_without_a_session_nothing_is_written(
    keeper: DraftKeeper, edits: list[PersonEdit], desk: Desk
) -> None:
    keeper.set_session(None)
    keeper.keep(edits[0].set(NAME, "Ana"))
    assert desk.drafts.all(PROFILE) == ()


def test_a_kill_costs_a_second_of_typing_at_most(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite3"
    typist = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(TYPIST), str(path)], stdout=subprocess.PIPE, text=True
    )
    assert typist.stdout is not None
    typed = 0
    try:
        for line in typist.stdout:
            typed = int(line)
            if typed >= 3 * LETTERS_A_SECOND:
                break
    finally:
        typist.kill()
        typist.wait()
        typist.stdout.close()
    desk = Desk(path)
    edit = kept(desk, Identifier(IdentifierKind.PERSON_KEY, "k"))
    desk.close()
    assert edit is not None
    found = edit.value(NAME)
    assert isinstance(found, str)
    assert typed - len(found) <= LETTERS_A_SECOND
