"""The record store: opened somehow, forgotten to the byte, and whole after any kill."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from vibes_desktop.model.change import ChangeId, ChangeRecord, Intention, Outcome
from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.fields import FieldKind, FieldSpec
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage.desk import SCHEMA, Desk, Erased
from vibes_desktop.storage.folders import Folders
from vibes_desktop.storage.trouble import DamagedDatabase, NewerDatabase

KEY = Identifier(IdentifierKind.PERSON_KEY, "key-1")
MAIN = ProfileId("main")
STEPS_PROGRAM = Path(__file__).with_name("journal_steps.py")
WRITER_PROGRAM = Path(__file__).with_name("journal_writer.py")
CHILD_SECONDS = 60
RANKS = {Outcome.INTENDED: 0, Outcome.SENDING: 1, Outcome.VERIFIED: 2}
OPEN_SOMEHOW = """
import sys
from pathlib import Path
from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.storage.desk import Desk
desk = Desk.open_somehow(Path(sys.argv[1]))
print(type(desk.trouble).__name__, desk.is_writable, len(desk.journal.records(None)))
try:
    desk.recents.touch("main", Identifier(IdentifierKind.PERSON_KEY, "k"))
except StorageError as error:
    print(type(error).__name__)
"""


@dataclass(frozen=True)
class Killed:
    """What a killed child had said."""

    done: list[str]
    reached_end: bool


def kill_after(path: Path, statements: int) -> Killed:
    """Let the child pass some statements, and kill it there."""
    command = [sys.executable, str(STEPS_PROGRAM), str(path), str(statements)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        done: list[str] = []
        for line in child.stdout:
            match line.split():
                case ["done", step]:
                    done.append(step)
                case ["halt", *_]:
                    child.send_signal(signal.SIGKILL)
                    assert child.wait(CHILD_SECONDS) == -signal.SIGKILL
                    return Killed(done, reached_end=False)
        assert child.wait(CHILD_SECONDS) == 0
        return Killed(done, reached_end=True)


def check_after(path: Path, killed: Killed) -> None:
    """Find in the file exactly what had been done, and go on with it."""
    desk = Desk(path)
    records = desk.journal.records(MAIN)
    expected = [
        outcome
        for step, outcome in (
            ("close", Outcome.VERIFIED),
            ("sending", Outcome.SENDING),
            ("begin", Outcome.INTENDED),
        )
        if step in killed.done
    ][:1]
    assert [record.outcome for record in records] == expected
    is_forgotten = any(record.is_erased for record in records)
    assert is_forgotten == any(not record.intention.before for record in records)
    assert "forget" not in killed.done or is_forgotten
    assert bool(desk.drafts.all(MAIN)) == ("draft" in killed.done and not is_forgotten)
    open_records = [record for record in records if record.outcome.is_open]
    assert list(desk.journal.open_records(MAIN)) == open_records
    for record in open_records:
        desk.journal.close(record.id, Outcome.UNKNOWN)
    desk.close()


def test_killed_before_any_statement_it_holds_what_had_been_done(tmp_path: Path) -> None:
    def attempt(statements: int) -> Killed:
        path = tmp_path / str(statements) / "desk.sqlite3"
        killed = kill_after(path, statements)
        if path.exists():
            check_after(path, killed)
        return killed

    seen: list[Killed] = []
    with ThreadPoolExecutor(4) as pool:
        while not any(killed.reached_end for killed in seen):
            seen += pool.map(attempt, range(len(seen), len(seen) + 12))
    stopped_after = {killed.done[-1] for killed in seen if killed.done and not killed.reached_end}
    assert stopped_after == {"open", "begin", "draft", "sending", "close"}
    assert seen[-1].done[-1] == "forget"


@pytest.mark.parametrize("lines", [1, 2, 3, 50, 200])
def test_killed_while_writing_no_step_that_returned_is_lost(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "desk.sqlite3"
    command = [sys.executable, str(WRITER_PROGRAM), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = [child.stdout.readline().split() for _ in range(lines)]
        child.send_signal(signal.SIGKILL)
        said += [line.split() for line in child.stdout if line.endswith("\n")]
        assert child.wait(CHILD_SECONDS) == -signal.SIGKILL
    told = {int(number): Outcome(outcome) for number, outcome in said}
    desk = Desk(path)
    records = {record.id: record.outcome for record in desk.journal.records(MAIN, limit=100_000)}
    desk.close()
    assert all(RANKS[records[ChangeId(number)]] >= RANKS[outcome] for number, outcome in told.items())
    assert len(told) <= len(records) <= len(told) + 1


def fill(desk: Desk, intend: Callable[..., Intention], now: datetime, name: str) -> ChangeRecord:
    """Write a person into everything there is."""
    record = f"""{{"person_key": "{name}-key", "external_person_id": "{name}-external",
      "mobile_phone": {{"mdn": "+1{name}"}},
      "custom_fields": {{"first_name": "{name}-Ana", "big": "{"x" * 9000}"}}}}"""
    person = Identifier(IdentifierKind.PERSON_KEY, f"{name}-key")
    change = desk.journal.begin(intend(record, target=person, reason=f"{name} called"), now=now)
    desk.journal.sending(change)
    closed = desk.journal.close(
        change, Outcome.VERIFIED, person=person, display_name=f"{name}-Ana", detail=f"{name} saved"
    )
    desk.drafts.put(MAIN, person, f'{{"first_name": "{name}-draft"}}', now=now)
    desk.recents.touch(MAIN, Identifier(IdentifierKind.MDN, f"+1{name}"), now=now)
    desk.recents.touch(MAIN, person, now=now)
    return closed


def test_a_forgotten_person_is_gone_from_the_bytes_of_every_file(
    desk: Desk,
    tmp_path: Path,
    intend: Callable[..., Intention],
    now: datetime,
    holds: Callable[[Path, str], list[str]],
) -> None:
    for number in range(5):
        fill(desk, intend, now, f"bystander{number}")
        fill(desk, intend, now, "canary")
    assert holds(tmp_path, "canary")
    erased = desk.forget(
        [
            Identifier(IdentifierKind.PERSON_KEY, "canary-key"),
            Identifier(IdentifierKind.EXTERNAL_ID, "canary-external"),
            Identifier(IdentifierKind.MDN, "+1canary"),
        ]
    )
    assert erased == Erased(changes=5, drafts=1, recents=2)
    assert holds(tmp_path, "canary") == []
    assert holds(tmp_path, "bystander4-Ana") == ["desk.sqlite3"]
    assert len(desk.drafts.all(MAIN)) == 5
    assert len(desk.recents.list(MAIN)) == 10


def test_what_is_expired_is_gone_from_the_bytes(
    desk: Desk,
    tmp_path: Path,
    intend: Callable[..., Intention],
    now: datetime,
    holds: Callable[[Path, str], list[str]],
) -> None:
    fill(desk, intend, now - timedelta(days=90, seconds=1), "canary")
    young = fill(desk, intend, now - timedelta(days=89), "bystander")
    assert desk.expire(now - timedelta(days=90)) == Erased(changes=1, drafts=1, recents=2)
    assert holds(tmp_path, "canary-Ana") == []
    assert holds(tmp_path, "canary-draft") == []
    assert holds(tmp_path, "+1canary") == []
    assert desk.journal.record(young.id) == young
    assert desk.expire(now - timedelta(days=90)) == Erased(0, 0, 0)


def test_personal_data_is_in_the_record_store_alone(
    tmp_path: Path, intend: Callable[..., Intention], now: datetime, holds: Callable[[Path, str], list[str]]
) -> None:
    folders = Folders.under(tmp_path)
    folders.create()
    desk = Desk(folders.desk_file)
    fill(desk, intend, now, "canary")
    assert set(holds(tmp_path, "canary")) <= {"desk.sqlite3", "desk.sqlite3-wal", "desk.sqlite3-shm"}
    desk.close()
    assert holds(tmp_path, "canary") == ["desk.sqlite3"]


def test_a_removed_profile_leaves_its_history_alone(
    desk: Desk, intend: Callable[..., Intention], now: datetime
) -> None:
    fill(desk, intend, now, "ana")
    desk.catalogues.save(MAIN, [FieldSpec("a", FieldKind.TEXT)])
    desk.recents.touch(ProfileId("other"), KEY)
    desk.drop_profile(MAIN)
    assert (desk.drafts.all(MAIN), desk.recents.list(MAIN), desk.catalogues.load(MAIN)) == ((), (), ())
    assert len(desk.journal.records(MAIN)) == 1
    assert desk.recents.list(ProfileId("other")) == (KEY,)


def test_a_good_file_is_opened_without_trouble(tmp_path: Path) -> None:
    desk = Desk.open_somehow(tmp_path / "desk.sqlite3")
    assert desk.trouble is None
    assert desk.is_writable
    desk.close()


def test_a_damaged_file_is_kept_aside_and_a_new_one_begun(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite3"
    path.write_bytes(b"garbage" * 1000)
    with pytest.raises(DamagedDatabase):
        Desk(path)
    desk = Desk.open_somehow(path)
    assert desk.is_writable
    assert desk.trouble is not None
    desk.recents.touch(MAIN, KEY)
    desk.close()
    (aside,) = (file for file in tmp_path.iterdir() if "broken" in file.name)
    assert str(aside) in desk.trouble.done
    assert aside.read_bytes() == b"garbage" * 1000


def test_where_no_file_can_be_made_a_stand_in_refuses_to_write(
    folder: Path, unprivileged: Callable[..., str]
) -> None:
    folder.chmod(0o555)
    told = unprivileged(OPEN_SOMEHOW, folder / "data" / "desk.sqlite3").splitlines()
    assert told == ["FileForbidden False 0", "FileForbidden"]


def test_a_file_on_a_read_only_disk_is_read(
    folder: Path, unprivileged: Callable[..., str], intend: Callable[..., Intention], now: datetime
) -> None:
    path = folder / "desk.sqlite3"
    desk = Desk(path)
    desk.journal.begin(intend(), now=now)
    desk.close()
    path.chmod(0o444)
    folder.chmod(0o555)
    assert unprivileged(OPEN_SOMEHOW, path).splitlines() == ["FileForbidden False 1", "FileForbidden"]


def test_a_damaged_file_that_cannot_be_moved_is_stood_in_for(
    folder: Path, unprivileged: Callable[..., str]
) -> None:
    path = folder / "desk.sqlite3"
    path.write_bytes(b"garbage" * 1000)
    path.chmod(0o666)
    folder.chmod(0o555)
    assert unprivileged(OPEN_SOMEHOW, path).splitlines() == ["FileForbidden False 0", "FileForbidden"]
    assert path.read_bytes() == b"garbage" * 1000


def test_a_newer_file_shows_its_history(
    tmp_path: Path, intend: Callable[..., Intention], now: datetime
) -> None:
    path = tmp_path / "desk.sqlite3"
    desk = Desk(path)
    desk.journal.begin(intend(), now=now)
    desk.close()
    connection = sqlite3.connect(path)
    connection.execute("ALTER TABLE changes ADD COLUMN colour TEXT")
    connection.execute(f"PRAGMA user_version={len(SCHEMA.steps) + 1}")
    connection.close()
    newer = Desk(path)
    assert isinstance(newer.trouble, NewerDatabase)
    assert len(newer.journal.records(None)) == 1
    with pytest.raises(NewerDatabase):
        newer.journal.begin(intend(), now=now)
    with pytest.raises(NewerDatabase):
        newer.forget([KEY])
    newer.close()


def test_a_failure_leaves_nothing_half_forgotten(
    desk: Desk, intend: Callable[..., Intention], now: datetime
) -> None:
    fill(desk, intend, now, "ana")
    with desk._database.transaction() as connection:
        connection.execute(
            "CREATE TRIGGER broken BEFORE DELETE ON recents BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
    with pytest.raises(StorageError):
        desk.forget([Identifier(IdentifierKind.PERSON_KEY, "ana-key")])
    assert not desk.journal.records(None)[0].is_erased
    assert len(desk.drafts.all(MAIN)) == 1
