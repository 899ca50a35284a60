"""Reading a store: what is no store is refused, and a file that was replaced is followed."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from vibes_desktop.model.capture import CaptureId, Delivery
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.captures_reading import CaptureReader, identity
from vibes_desktop.storage.captures_schema import APPLICATION_ID
from vibes_desktop.storage.trouble import DamagedDatabase, FileBusy

Make = Callable[..., Delivery]


def make_file(path: Path, application: int, version: int) -> None:
    """Make a database of somebody's."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id={application}")
    connection.execute(f"PRAGMA user_version={version}")
    connection.execute("CREATE TABLE things (name TEXT)")
    connection.close()


def test_somebody_elses_database_is_no_store(tmp_path: Path) -> None:
    make_file(tmp_path / "x.sqlite3", 1, 2)
    with pytest.raises(DamagedDatabase):
        CaptureReader(tmp_path / "x.sqlite3")


def test_an_older_store_waits_for_its_writer(tmp_path: Path) -> None:
    make_file(tmp_path / "x.sqlite3", APPLICATION_ID, 1)
    with pytest.raises(FileBusy):
        CaptureReader(tmp_path / "x.sqlite3")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        CaptureReader(tmp_path / "none.sqlite3")
    with pytest.raises(StorageError):
        identity(tmp_path / "none.sqlite3")


def test_a_replaced_file_is_followed(captures: CaptureStore, delivery: Make) -> None:
    reader = CaptureReader(captures.path)
    captures.append([delivery(b"old")]).result()
    captures.path.unlink()
    seen = reader.version()
    assert reader.body(CaptureId(1)) == b"old"  # deleted, and still open here
    captures.reopen(thoroughly=True).result()
    captures.append([delivery(b"new")]).result()
    assert reader.version() != seen
    assert reader.body(CaptureId(2)) == b"new"
    reader.close()


def test_readers_wait_while_the_file_is_put_aside(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery()]).result()
    reader = CaptureReader(captures.path)
    with reader.put_aside():
        pass
    assert reader.totals().captures == 1
    reader.close()


def test_asking_for_changes_never_waits(captures: CaptureStore, delivery: Make) -> None:
    reader = CaptureReader(captures.path)
    seen = reader.version()
    captures.append([delivery()]).result()
    begun, go = threading.Event(), threading.Event()

    def read_long() -> None:
        with reader.put_aside():
            begun.set()
            go.wait()

    reading = threading.Thread(target=read_long)
    reading.start()
    begun.wait()
    assert reader.version() == seen
    go.set()
    reading.join()
    assert reader.version() != seen
    reader.close()


def test_a_closed_reader_says_so_as_any_failure(captures: CaptureStore) -> None:
    reader = CaptureReader(captures.path)
    reader.close()
    with pytest.raises(StorageError):
        reader.totals()


def test_an_unfinished_reading_does_not_hold_the_log(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery() for _ in range(10)]).result()
    blocks = captures.blocks(block_bytes=1)
    next(blocks)
    captures.compact().result()
    assert len(next(blocks)) == 1
