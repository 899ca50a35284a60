"""The writer after a failure: nothing counts as stored that isn't, and it comes back without a restart."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vibes_desktop.model.capture import CaptureId, Delivery
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage import captures_writer, database
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.captures_schema import insert
from vibes_desktop.storage.captures_writer import StoreGone
from vibes_desktop.storage.trouble import DiskFull, FileForbidden

Make = Callable[..., Delivery]
PAGES = 60
WITH_A_LIMIT = """
import resource, sys, time
from pathlib import Path
from vibes_desktop.model.capture import Delivery
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.captures import CaptureStore
store = CaptureStore.open(Path(sys.argv[1]))
delivery = Delivery(1, "127.0.0.1", 1, "POST", "/", b"", b"x" * 5000)
stored = 0
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
try:
    for _ in range(1000):
        store.append([delivery]).result()
        stored += 1
except StorageError as error:
    print(error.title)
try:
    store.reopen(thoroughly=False).result()
except StorageError as error:
    print(error.title)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.reopen(thoroughly=True).result()
store.append([delivery]).result()
print(store.totals().captures - stored, 0 < stored < 1000)
store.close()
"""


def sound(path: Path) -> bool:
    """Check a whole closed file."""
    connection = sqlite3.connect(path)
    result: list[tuple[str]] = connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()
    return result == [("ok",)]


def fill(store: CaptureStore, make: Make) -> int:
    """Store until it fails; returns how many were."""
    for stored in range(10_000):
        try:
            store.append([make(b"x" * 5000)]).result()
        except DiskFull:
            return stored
    raise AssertionError("it never got full")


def test_a_full_store_is_told_and_recovers_once_there_is_room(
    tmp_path: Path, delivery: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(database, "PRAGMAS", (*database.PRAGMAS, f"max_page_count={PAGES}"))
        store = CaptureStore.open(tmp_path / "c.sqlite3")
        stored = fill(store, delivery)
        assert stored > 10
        with pytest.raises(DiskFull):
            store.reopen(thoroughly=False).result()
        assert store.totals().captures == stored
    assert not store.reopen(thoroughly=False).result().is_new
    assert store.append([delivery()]).result() == (stored + 1,)
    assert store.totals().captures == stored + 1
    store.close()
    assert sound(store.path)


def test_a_limit_on_file_sizes_is_told_and_recovered_from(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    done = subprocess.run(
        [sys.executable, "-c", WITH_A_LIMIT, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    first, *_, last = done.stdout.splitlines()
    assert "full" in first
    assert last == "1 True"
    assert sound(path)


def test_a_deleted_store_confirms_nothing_and_is_begun_again(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery()]).result()
    captures.path.unlink()
    with pytest.raises(StoreGone):
        captures.append([delivery()]).result()
    assert captures.reopen(thoroughly=True).result().is_new
    (number,) = captures.append([delivery(b"again")]).result()
    assert number > 1  # a number is never used twice
    assert captures.body(number) == b"again"


def test_a_deleted_log_loses_nothing_that_was_confirmed(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery(b"confirmed")]).result()
    captures.path.with_name("c.sqlite3-wal").unlink()
    with pytest.raises(StoreGone):
        captures.append([delivery()]).result()
    captures.reopen(thoroughly=True).result()
    assert captures.body(CaptureId(1)) == b"confirmed"
    captures.append([delivery()]).result()
    captures.close()
    assert sound(captures.path)


def test_a_deleted_folder_is_made_again(captures: CaptureStore, delivery: Make, tmp_path: Path) -> None:
    captures.path.parent.rename(tmp_path / "elsewhere")
    with pytest.raises(StoreGone):
        captures.append([delivery()]).result()
    captures.reopen(thoroughly=True).result()
    captures.append([delivery(b"x")]).result()
    assert captures.totals().captures == 1


def test_a_damaged_store_is_set_aside_and_a_new_one_begun(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery(b"x" * 100_000) for _ in range(20)]).result()
    captures.compact().result()
    data = bytearray(captures.path.read_bytes())
    data[4096 * 3 : 4096 * 40] = b"\xa5" * (4096 * 37)
    captures.path.write_bytes(data)
    recovery = captures.reopen(thoroughly=True).result()
    assert recovery.is_new
    assert recovery.aside is not None
    assert recovery.aside.read_bytes()[4096 * 3 : 4096 * 4] == b"\xa5" * 4096
    assert captures.append([delivery()]).result() == (21,)
    assert captures.totals().captures == 1


def test_a_store_that_became_read_only_confirms_nothing(
    captures: CaptureStore, delivery: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(database, "PRAGMAS", (*database.PRAGMAS, "query_only=ON"))
        with pytest.raises(FileForbidden):
            captures.reopen(thoroughly=True).result()
        with pytest.raises(StorageError):
            captures.append([delivery()]).result()
    captures.reopen(thoroughly=True).result()
    assert captures.append([delivery()]).result() == (1,)


def test_a_failed_batch_leaves_nothing_behind(
    captures: CaptureStore, delivery: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(captures_writer, "insert", lambda count: insert(count).replace("captures", "captives"))
        with pytest.raises(StorageError):
            captures.append([delivery()]).result()
    assert captures.totals().captures == 0
    assert captures.append([delivery()]).result() == (1,)


def test_nothing_to_store_is_stored_at_once(captures: CaptureStore) -> None:
    assert captures.append([]).result() == ()
