"""Changes of numbers on the disk: each step stays, and what is forgotten is gone."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.number_change import NumberChange, NumberChangeId, NumberStep
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage import catalogues, drafts, journal, recents
from vibes_desktop.storage.desk import APPLICATION_ID, Desk

MAIN = ProfileId("main")
OLD, NEW = "+12065550143", "+12065550177"
KEY = Identifier(IdentifierKind.PERSON_KEY, "key-1")


def change(now: datetime, **other: object) -> NumberChange:
    made = NumberChange(
        NumberChangeId(0), MAIN, KEY, "CRM-1", OLD, NEW, ("SL1", "SL2"), "agnes", "Ticket 1", now
    )
    return replace(made, **other)  # type: ignore[arg-type]


def test_every_part_comes_back_after_a_restart(desk: Desk, now: datetime) -> None:
    begun = desk.number_changes.begin(change(now))
    moved = desk.number_changes.step(begun, NumberStep.REMOVED, detail="gone", now=now)
    path = desk._database.path
    desk.close()
    again = Desk(path)
    assert again.number_changes.unfinished(MAIN) == (moved,)
    assert again.number_changes.unfinished(ProfileId("other")) == ()
    again.close()


def test_somebody_without_a_number_comes_back(desk: Desk, now: datetime) -> None:
    desk.number_changes.begin(change(now, old_number=None, lists=()))
    (found,) = desk.number_changes.unfinished(MAIN)
    assert (found.old_number, found.lists) == (None, ())


@pytest.mark.parametrize("step", list(NumberStep))
def test_what_is_over_is_not_unfinished(desk: Desk, now: datetime, step: NumberStep) -> None:
    desk.number_changes.step(desk.number_changes.begin(change(now)), step)
    assert bool(desk.number_changes.unfinished(MAIN)) is not step.is_over


@pytest.mark.parametrize(
    "known",
    [
        KEY,
        Identifier(IdentifierKind.EXTERNAL_ID, "CRM-1"),
        Identifier(IdentifierKind.MDN, OLD),
        Identifier(IdentifierKind.MDN, NEW),
    ],
)
def test_forgotten_by_any_identifier_down_to_the_bytes(
    desk: Desk, now: datetime, known: Identifier, holds: Callable[[Path, str], list[str]]
) -> None:
    begun = desk.number_changes.begin(change(now))
    assert desk.forget([known]).number_changes == 1
    assert desk.number_changes.unfinished(MAIN) == ()
    folder = desk._database.path.parent
    assert holds(folder, NEW) == holds(folder, "CRM-1") == []
    with pytest.raises(StorageError):
        desk.number_changes.step(begun, NumberStep.REMOVING)


def test_others_stay_when_one_is_forgotten(desk: Desk, now: datetime) -> None:
    desk.number_changes.begin(change(now))
    assert desk.forget([Identifier(IdentifierKind.EXTERNAL_ID, "key-1")]).number_changes == 0
    assert len(desk.number_changes.unfinished(MAIN)) == 1


def test_they_expire_by_their_last_step(desk: Desk, now: datetime) -> None:
    begun = desk.number_changes.begin(change(now))
    desk.number_changes.step(begun, NumberStep.REMOVED, now=now + timedelta(days=2))
    assert desk.expire(now + timedelta(days=1)).number_changes == 0
    assert desk.expire(now + timedelta(days=3)).number_changes == 1


def test_a_removed_profile_takes_them_along(desk: Desk, now: datetime) -> None:
    desk.number_changes.begin(change(now))
    desk.drop_profile(MAIN)
    assert desk.number_changes.unfinished(MAIN) == ()


def test_a_file_of_version_1_is_brought_along(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "old.sqlite3"
    connection = sqlite3.connect(path)
    for part in (journal, drafts, recents, catalogues):
        part.create_tables(connection)
    connection.execute(
        "INSERT INTO changes (profile_id, kind, outcome, started_at, os_user, reason, display_name, detail,"
        " changes, request, differing, is_erased, searched) VALUES ('main', 'update', 'verified', ?, 'a', '',"
        " 'Ana', '', '[]', '[\"PUT\", \"/p\", \"{}\"]', '[]', 0, 'ana')",
        (now.isoformat(),),
    )
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute("PRAGMA user_version=1")
    connection.commit()
    connection.close()
    desk = Desk(path)
    (record,) = desk.journal.records(MAIN)
    assert (record.display_name, record.intention.list_id) == ("Ana", None)
    desk.number_changes.begin(change(now))
    assert len(desk.number_changes.unfinished(MAIN)) == 1
    desk.close()
