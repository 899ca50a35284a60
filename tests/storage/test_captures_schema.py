"""Stores of other versions: an older one is migrated whole, a newer one is read."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vibes_desktop.model.capture import CaptureId, Delivery
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.captures_schema import (
    APPLICATION_ID,
    SCHEMA,
    capture_of,
    insert,
    row_of,
    weight,
)
from vibes_desktop.storage.trouble import NewerDatabase

Make = Callable[..., Delivery]
STEPS = Path(__file__).with_name("captures_steps.py")


def make_older(path: Path, delivery: Delivery) -> None:
    """Make a store as the first version did, with one capture, and leave it in its log."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("BEGIN")
    SCHEMA.steps[0](connection)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute("PRAGMA user_version=1")
    connection.execute(insert(1), row_of(1, weight(delivery), delivery))
    connection.execute("COMMIT")
    connection.close()


def run_to(path: Path, statement: int) -> bool:
    """Open the store in a process that is killed before a statement; tells whether it came to its end."""
    command = [sys.executable, str(STEPS), str(path), str(statement)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        line = program.stdout.readline()
        program.send_signal(signal.SIGKILL)
    assert line in {"halt\n", "end\n"}
    return line == "end\n"


def test_a_row_is_the_delivery_again(delivery: Make) -> None:
    assert capture_of(row_of(5, 9, delivery(b"\x00\xff"))).delivery == delivery(b"\x00\xff")


def test_an_older_store_opens_after_migration(tmp_path: Path, delivery: Make) -> None:
    path = tmp_path / "c.sqlite3"
    make_older(path, delivery(b"older"))
    store = CaptureStore.open(path)
    assert store.read_only_reason is None
    assert store.body(CaptureId(1)) == b"older"
    assert store.append([delivery(b"newer")]).result() == (2,)
    store.tell({"name": "x"}).result()
    assert store.about() == {"name": "x"}
    store.close()


def test_killed_before_any_statement_of_the_migration_nothing_is_lost(tmp_path: Path, delivery: Make) -> None:
    statement, is_over = 0, False
    while not is_over:
        path = tmp_path / f"{statement}.sqlite3"
        make_older(path, delivery(b"older"))
        is_over = run_to(path, statement)
        store = CaptureStore.open(path)
        assert store.read_only_reason is None
        assert store.body(CaptureId(1)) == b"older"
        assert store.totals().captures == 1
        assert store.append([delivery()]).result() == (2,)
        store.close()
        statement += 1
    assert statement > len(SCHEMA.steps)


def test_a_newer_store_is_read_and_says_why_it_is_not_written(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery(b"kept")]).result()
    captures.close()
    connection = sqlite3.connect(captures.path, isolation_level=None)
    connection.execute("ALTER TABLE captures ADD COLUMN of_the_future TEXT")
    connection.execute(f"PRAGMA user_version={len(SCHEMA.steps) + 1}")
    connection.close()
    newer = CaptureStore.open(captures.path)
    assert isinstance(newer.read_only_reason, NewerDatabase)
    assert newer.body(CaptureId(1)) == b"kept"
    with pytest.raises(NewerDatabase):
        newer.append([delivery()])
    newer.close()
