"""The database file: durable, private, migrated whole, never lost."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.database import Database, Schema, set_aside
from vibes_desktop.storage.trouble import DamagedDatabase, DiskFull, FileBusy, FileForbidden, NewerDatabase

APPLICATION_ID = 0x7E57
KILLED_IN_STEP = """
import sys
from pathlib import Path
from vibes_desktop.storage.database import Database, Schema
def one(connection):
    connection.execute("CREATE TABLE things (name TEXT NOT NULL)")
def two(connection):
    connection.execute("ALTER TABLE things RENAME TO items")
    connection.execute("UPDATE items SET name = 'moved'")
    print("half-way", flush=True)
    sys.stdin.read()
Database.open(Path(sys.argv[1]), Schema(0x7E57, (one, two)))
"""
OPEN_AND_TELL = """
import sys
from pathlib import Path
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.database import Database, Schema
def one(connection):
    connection.execute("CREATE TABLE things (name TEXT NOT NULL)")
try:
    database = Database.open(Path(sys.argv[1]), Schema(0x7E57, (one,)))
    print(database.rows("SELECT name FROM things"), type(database.read_only_reason).__name__)
    with database.transaction() as connection:
        connection.execute("INSERT INTO things VALUES ('new')")
except StorageError as error:
    print(type(error).__name__)
"""
WITH_LITTLE_ROOM = """
import resource, sys
from pathlib import Path
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.database import Database, Schema
def one(connection):
    connection.execute("CREATE TABLE things (name TEXT NOT NULL)")
database = Database.open(Path(sys.argv[1]), Schema(0x7E57, (one,)))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
try:
    with database.transaction() as connection:
        connection.executemany("INSERT INTO things VALUES (?)", [("x" * 5000,)] * 1000)
except StorageError as error:
    print(error.title)
print(database.rows("SELECT count(*) FROM things"))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with database.transaction() as connection:
    connection.execute("INSERT INTO things VALUES ('after')")
print(database.rows("SELECT count(*) FROM things"))
"""


def make_things(connection: sqlite3.Connection) -> None:
    """Make a table: version 1."""
    connection.execute("CREATE TABLE things (name TEXT NOT NULL)")


def make_items(connection: sqlite3.Connection) -> None:
    """Rename it: version 2."""
    connection.execute("ALTER TABLE things RENAME TO items")


ONE = Schema(APPLICATION_ID, (make_things,))
TWO = Schema(APPLICATION_ID, (make_things, make_items))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file will be."""
    return tmp_path / "data" / "things.sqlite3"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """An open database of version 1."""
    opened = Database.open(path, ONE)
    yield opened
    opened.close()


def insert(database: Database, name: str) -> None:
    """Write one thing."""
    with database.transaction() as connection:
        connection.execute("INSERT INTO things VALUES (?)", (name,))


def names(database: Database) -> list[str]:
    """Read the things."""
    return [row[0] for row in database.rows("SELECT name FROM things ORDER BY rowid")]


def pragma(database: Database, name: str) -> object:
    """Ask the open connection."""
    return database.rows(f"PRAGMA {name}")[0][0]


def test_it_is_opened_for_durability(database: Database) -> None:
    assert pragma(database, "journal_mode") == "wal"
    assert pragma(database, "synchronous") == 2
    assert pragma(database, "fullfsync") == 1
    assert pragma(database, "checkpoint_fullfsync") == 1
    assert pragma(database, "foreign_keys") == 1
    assert pragma(database, "secure_delete") == 1
    assert pragma(database, "busy_timeout") == 5000
    assert pragma(database, "application_id") == APPLICATION_ID
    assert pragma(database, "user_version") == 1


def test_its_files_are_for_this_user_alone(path: Path) -> None:
    previous = os.umask(0)
    try:
        database = Database.open(path, ONE)
        insert(database, "a")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        database.close()
    finally:
        os.umask(previous)
    assert modes == {"things.sqlite3": 0o600, "things.sqlite3-wal": 0o600, "things.sqlite3-shm": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_open_to_others_is_narrowed(path: Path) -> None:
    Database.open(path, ONE).close()
    path.chmod(0o644)
    Database.open(path, ONE).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    def fail_half_way() -> None:
        with database.transaction() as connection:
            connection.execute("INSERT INTO things VALUES ('dropped')")
            insert(database, "dropped too")
            raise KeyError

    insert(database, "kept")
    with pytest.raises(KeyError):
        fail_half_way()
    assert names(database) == ["kept"]


def test_what_sqlite_refuses_is_a_storage_error(database: Database) -> None:
    with pytest.raises(StorageError), database.transaction() as connection:
        connection.execute("INSERT INTO things VALUES (NULL)")
    with pytest.raises(StorageError):
        database.rows("SELECT nothing FROM nowhere")
    insert(database, "after")
    assert names(database) == ["after"]


def test_after_closing_every_call_is_a_storage_error(path: Path) -> None:
    database = Database.open(path, ONE)
    database.close()
    with pytest.raises(StorageError):
        names(database)
    with pytest.raises(StorageError):
        insert(database, "a")


def test_many_threads_share_it(database: Database) -> None:
    def work(number: int) -> None:
        for count in range(20):
            insert(database, f"{number}-{count}")
            names(database)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(names(database)) == sorted(
        f"{number}-{count}" for number in range(8) for count in range(20)
    )


def test_another_process_that_writes_is_waited_for_and_then_named(database: Database, path: Path) -> None:
    database.rows("PRAGMA busy_timeout=50")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(FileBusy):
        insert(database, "a")
    other.execute("ROLLBACK")
    insert(database, "b")
    other.close()
    assert names(database) == ["b"]


def test_an_older_file_is_migrated(path: Path) -> None:
    older = Database.open(path, ONE)
    insert(older, "kept")
    older.close()
    newer = Database.open(path, TWO)
    assert newer.rows("SELECT name FROM items") == [("kept",)]
    assert pragma(newer, "user_version") == 2
    newer.close()


def test_killed_in_the_middle_of_a_migration_nothing_was_done(path: Path) -> None:
    older = Database.open(path, ONE)
    insert(older, "kept")
    older.close()
    command = [sys.executable, "-c", KILLED_IN_STEP, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"half-way\n"
        child.send_signal(signal.SIGKILL)
        assert child.wait(60) == -signal.SIGKILL
    again = Database.open(path, ONE)
    assert names(again) == ["kept"]
    again.close()
    newer = Database.open(path, TWO)
    assert newer.rows("SELECT name FROM items") == [("kept",)]
    newer.close()


def test_a_failing_migration_leaves_the_file_as_it_was(path: Path) -> None:
    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE things")
        connection.execute("nonsense")

    Database.open(path, ONE).close()
    with pytest.raises(StorageError):
        Database.open(path, Schema(APPLICATION_ID, (make_things, broken)))
    database = Database.open(path, ONE)
    assert names(database) == []
    database.close()


def test_a_newer_file_is_read_and_not_written(path: Path) -> None:
    newer = Database.open(path, Schema(APPLICATION_ID, (make_things, lambda connection: None)))
    insert(newer, "kept")
    newer.close()
    database = Database.open(path, ONE)
    assert isinstance(database.read_only_reason, NewerDatabase)
    assert names(database) == ["kept"]
    with pytest.raises(NewerDatabase):
        insert(database, "a")
    with pytest.raises(NewerDatabase):
        database.wipe_deleted()
    with pytest.raises(StorageError):
        database.rows("DELETE FROM things")
    database.close()


@pytest.mark.parametrize("content", [b"garbage" * 1000, bytes(8192), b"x"], ids=["garbage", "zeros", "short"])
def test_a_file_that_is_none_is_damaged(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(DamagedDatabase) as caught:
        Database.open(path, ONE)
    assert str(path) in caught.value.advice
    assert path.read_bytes() == content


def test_a_torn_page_is_damage(path: Path) -> None:
    database = Database.open(path, ONE)
    for _ in range(50):
        insert(database, "x" * 1000)
    database.close()
    content = bytearray(path.read_bytes())
    content[4096:12288] = os.urandom(8192)
    path.write_bytes(content)
    with pytest.raises(DamagedDatabase):
        Database.open(path, ONE)


def test_a_cut_file_is_damage(path: Path) -> None:
    database = Database.open(path, ONE)
    for _ in range(50):
        insert(database, "x" * 1000)
    database.close()
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(DamagedDatabase):
        Database.open(path, ONE)


def test_somebody_elses_database_is_not_touched(path: Path) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (a)")
    other.close()
    content = path.read_bytes()
    with pytest.raises(DamagedDatabase):
        Database.open(path, ONE)
    assert path.read_bytes() == content


def test_a_good_file_that_the_quick_check_of_sqlite_3_40_dislikes_is_not_damaged(path: Path) -> None:
    def without_rowid(connection: sqlite3.Connection) -> None:
        connection.execute(
            "CREATE TABLE things (number INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (name, number))"
            " STRICT, WITHOUT ROWID"
        )
        connection.execute("INSERT INTO things VALUES (1, 'kept')")

    schema = Schema(APPLICATION_ID, (without_rowid,))
    Database.open(path, schema).close()
    database = Database.open(path, schema)
    assert database.rows("SELECT name FROM things") == [("kept",)]
    database.close()


def test_a_folder_in_the_way_is_a_storage_error(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StorageError):
        Database.open(path, ONE)


def test_a_damaged_file_is_set_aside_with_its_companions(path: Path) -> None:
    path.parent.mkdir()
    for name in ("things.sqlite3", "things.sqlite3-wal", "things.sqlite3-shm"):
        (path.parent / name).write_text(name)
    aside = set_aside(path)
    assert aside.name.startswith("things.broken-2")
    assert {file.name.removeprefix(aside.name): file.read_text() for file in path.parent.iterdir()} == {
        "": "things.sqlite3",
        "-wal": "things.sqlite3-wal",
        "-shm": "things.sqlite3-shm",
    }


def test_setting_aside_what_is_not_there_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        set_aside(tmp_path / "nothing")


def test_a_full_disk_is_named_and_nothing_half_written(database: Database) -> None:
    def fill() -> None:
        with database.transaction():
            insert(database, "dropped")
            insert(database, "x" * 100_000)

    insert(database, "kept")
    database.rows("PRAGMA max_page_count=4")
    with pytest.raises(DiskFull):
        fill()
    assert names(database) == ["kept"]
    database.rows("PRAGMA max_page_count=100000")
    insert(database, "after")
    assert names(database) == ["kept", "after"]


def test_a_disk_that_ends_in_the_middle_of_a_commit_costs_that_commit_alone(path: Path) -> None:
    command = [sys.executable, "-c", WITH_LITTLE_ROOM, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    title, before, after = done.stdout.splitlines()
    assert title in {"The disk is full", "The disk failed or is full"}
    assert (before, after) == ("[(0,)]", "[(1,)]")
    database = Database.open(path, ONE)
    assert names(database) == ["after"]
    database.close()


def test_on_a_read_only_disk_it_is_read(folder: Path, unprivileged: Callable[..., str]) -> None:
    path = folder / "things.sqlite3"
    database = Database.open(path, ONE)
    insert(database, "kept")
    database.close()
    path.chmod(0o444)
    folder.chmod(0o555)
    assert unprivileged(OPEN_AND_TELL, path).splitlines() == ["[('kept',)] FileForbidden", "FileForbidden"]


def test_in_a_read_only_folder_a_writable_file_is_read(
    folder: Path, unprivileged: Callable[..., str]
) -> None:
    path = folder / "things.sqlite3"
    database = Database.open(path, ONE)
    insert(database, "kept")
    database.close()
    path.chmod(0o666)
    folder.chmod(0o555)
    assert unprivileged(OPEN_AND_TELL, path).splitlines() == ["[('kept',)] FileForbidden", "FileForbidden"]


def test_with_a_log_that_would_have_to_be_replayed_it_is_not(
    folder: Path, unprivileged: Callable[..., str]
) -> None:
    path = folder / "things.sqlite3"
    Database.open(path, ONE).close()
    (folder / "things.sqlite3-wal").write_bytes(b"frames")
    path.chmod(0o444)
    folder.chmod(0o555)
    assert unprivileged(OPEN_AND_TELL, path).splitlines() == ["FileForbidden"]


def test_an_unreadable_file_is_forbidden(folder: Path, unprivileged: Callable[..., str]) -> None:
    path = folder / "things.sqlite3"
    Database.open(path, ONE).close()
    path.chmod(0o000)
    folder.chmod(0o555)
    assert unprivileged(OPEN_AND_TELL, path).splitlines() == ["FileForbidden"]


def test_a_stand_in_is_empty_and_refuses(path: Path) -> None:
    database = Database.stand_in(path, TWO, FileForbidden(path))
    assert database.rows("SELECT * FROM items") == []
    with pytest.raises(FileForbidden), database.transaction():
        pytest.fail("nothing must be begun")
    database.close()
    assert not path.parent.exists()


def test_deleted_bytes_are_gone(database: Database, path: Path, holds: Callable[..., list[str]]) -> None:
    for number in range(200):
        insert(database, f"canary-{number}-" + "x" * (number * 10 % 3000))
    assert holds(path.parent, "canary-")
    with database.transaction() as connection:
        connection.execute("DELETE FROM things WHERE rowid % 2")
        connection.execute("UPDATE things SET name = 'short'")
    database.wipe_deleted()
    assert holds(path.parent, "canary-") == []
    assert len(names(database)) == 100


def test_while_another_program_reads_it_says_that_traces_remain(database: Database, path: Path) -> None:
    insert(database, "a")
    database.rows("PRAGMA busy_timeout=50")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM things").fetchall()
    insert(database, "b")
    with pytest.raises(FileBusy) as caught:
        database.wipe_deleted()
    assert "traces" in caught.value.done
    other.execute("COMMIT")
    other.close()
    database.wipe_deleted()
