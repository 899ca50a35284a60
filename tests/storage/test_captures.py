"""The store of captures: what was confirmed is there, exactly, for one writer and any reader."""

import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from vibes_desktop.model.capture import CaptureId, Delivery
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.captures import CaptureStore, NoCollection
from vibes_desktop.storage.captures_lock import StoreInUse

Make = Callable[..., Delivery]
EVERY_BYTE = bytes(range(256))
OPEN_AND_TELL = """
import sys
from pathlib import Path
from vibes_desktop.storage.captures import CaptureStore
store = CaptureStore.open(Path(sys.argv[1]))
print(type(store.read_only_reason).__name__, store.totals().captures, store.body(1))
store.close()
"""

OPEN_IN_VAIN = """
import sys
from pathlib import Path
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.captures import CaptureStore
try:
    CaptureStore.open(Path(sys.argv[1]))
except StorageError as error:
    print(type(error).__name__)
"""


def test_what_was_stored_is_read_back_to_the_byte(captures: CaptureStore, delivery: Make) -> None:
    odd = replace(delivery(EVERY_BYTE, answered=503), trailers=b"Sum: 3\r\n", peer="2001:db8::1", peer_port=1)
    (first,) = captures.append([odd]).result()
    capture = captures.capture(first)
    assert capture is not None
    assert capture.delivery == odd
    assert captures.body(first) == EVERY_BYTE


def test_captures_are_numbered_in_the_order_they_came(captures: CaptureStore, delivery: Make) -> None:
    assert captures.append([delivery(), delivery()]).result() == (1, 2)
    assert captures.append([delivery()]).result() == (3,)
    assert captures.ids_after() == [1, 2, 3]
    assert captures.ids_after(1, limit=1) == [2]


def test_totals_are_kept(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery(b"x" * 100), delivery(b"")]).result()
    totals = captures.totals()
    assert (totals.captures, totals.last_id) == (2, 2)
    assert totals.wire_bytes == 100 + 2 * len(delivery().head)


def test_blocks_have_about_the_size_asked_for_and_skip_nothing(
    captures: CaptureStore, delivery: Make
) -> None:
    captures.append([delivery(b"x" * 1000) for _ in range(10)]).result()
    blocks = list(captures.blocks(after=2, block_bytes=2500))
    assert [[capture.id for capture in block] for block in blocks] == [[3, 4, 5], [6, 7, 8], [9, 10]]


def test_a_large_body_comes_alone_in_its_block(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery(b"x" * 3_000_000), delivery(b"y")]).result()
    assert [len(block) for block in captures.blocks()] == [1, 1]


def test_what_is_not_there_is_none(captures: CaptureStore) -> None:
    assert captures.capture(CaptureId(7)) is None
    assert captures.body(CaptureId(7)) is None
    assert list(captures.blocks()) == []


def test_every_commit_changes_the_version(captures: CaptureStore, delivery: Make) -> None:
    seen = captures.version()
    assert captures.version() == seen
    captures.append([delivery()]).result()
    assert captures.version() != seen


def test_it_is_all_there_after_closing_and_opening(
    captures: CaptureStore, delivery: Make, tmp_path: Path
) -> None:
    captures.append([delivery(b"first")]).result()
    captures.close()
    assert sorted(file.name for file in captures.path.parent.iterdir()) == ["c.sqlite3", "c.sqlite3.lock"]
    again = CaptureStore.open(captures.path)
    assert again.read_only_reason is None
    assert again.append([delivery(b"second")]).result() == (2,)
    assert again.body(CaptureId(1)) == b"first"
    again.close()


def test_closing_waits_for_what_is_queued(captures: CaptureStore, delivery: Make) -> None:
    waiting = [captures.append([delivery()]) for _ in range(50)]
    captures.close()
    assert [future.result()[0] for future in waiting] == list(range(1, 51))
    with pytest.raises(RuntimeError, match="closed"):
        captures.append([delivery()])
    captures.close()  # a second time does nothing


def test_a_disk_that_hangs_does_not_keep_it_from_closing(
    captures: CaptureStore, delivery: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vibes_desktop.storage.captures.CLOSE_SECONDS", 0.01)
    go = threading.Event()
    monkeypatch.setattr(captures._writer, "append", lambda _: go.wait())
    hanging = captures.append([delivery()])
    with pytest.raises(StorageError) as told:
        captures.close()
    assert "does not answer" in told.value.title
    go.set()
    hanging.result()
    captures.close()


def test_files_are_for_this_user_alone(captures: CaptureStore, delivery: Make) -> None:
    captures.append([delivery()]).result()
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in captures.path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert {"c.sqlite3", "c.sqlite3-wal", "c.sqlite3.lock"} <= set(modes)


def test_a_folder_that_somebody_chose_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    CaptureStore.open(tmp_path / "c.sqlite3").close()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_second_opening_reads_only_and_follows(captures: CaptureStore, delivery: Make) -> None:
    second = CaptureStore.open(captures.path)
    assert isinstance(second.read_only_reason, StoreInUse)
    with pytest.raises(StoreInUse):
        second.append([delivery()])
    seen = second.version()
    captures.append([delivery(b"new")]).result()
    assert second.version() != seen
    assert second.body(CaptureId(1)) == b"new"
    second.close()


def test_another_process_reads_only_and_its_end_harms_nothing(
    captures: CaptureStore, delivery: Make, unprivileged: Callable[..., str]
) -> None:
    captures.append([delivery(b"first")]).result()
    assert unprivileged(OPEN_AND_TELL, captures.path) == "StoreInUse 1 b'first'\n"
    captures.append([delivery(b"second")]).result()
    captures.close()
    again = CaptureStore.open(captures.path)
    assert again.totals().captures == 2
    again.close()


def test_a_store_opened_for_reading_is_written_by_nobody(captures: CaptureStore) -> None:
    captures.close()
    reading = CaptureStore.open_for_reading(captures.path)
    assert reading.read_only_reason is not None
    reading.close()


def test_a_file_without_the_right_to_write_is_opened_for_reading(
    captures: CaptureStore, delivery: Make, unprivileged: Callable[..., str]
) -> None:
    captures.append([delivery(b"first")]).result()
    captures.close()
    captures.path.chmod(0o400)
    assert unprivileged(OPEN_AND_TELL, captures.path) == "FileForbidden 1 b'first'\n"


def test_a_folder_without_the_right_to_write_is_enough_for_reading(
    captures: CaptureStore, delivery: Make, unprivileged: Callable[..., str]
) -> None:
    captures.append([delivery(b"first")]).result()
    captures.close()
    captures.path.chmod(0o400)
    captures.path.with_name("c.sqlite3.lock").unlink()
    captures.path.parent.chmod(0o500)
    try:
        assert unprivileged(OPEN_AND_TELL, captures.path) == "FileForbidden 1 b'first'\n"
    finally:
        captures.path.parent.chmod(0o700)


def test_a_folder_that_may_not_be_entered_is_told(
    captures: CaptureStore, unprivileged: Callable[..., str]
) -> None:
    captures.close()
    captures.path.parent.chmod(0)
    try:
        for path in (captures.path, captures.path.parent / "deeper" / "c.sqlite3"):
            assert unprivileged(OPEN_IN_VAIN, path) == "FileForbidden\n"
    finally:
        captures.path.parent.chmod(0o700)


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        CaptureStore.open_for_reading(tmp_path / "none.sqlite3")
    foreign = tmp_path / "foreign.sqlite3"
    foreign.write_bytes(b"not a database at all" * 100)
    for opening in (CaptureStore.open, CaptureStore.open_for_reading):
        with pytest.raises(NoCollection):
            opening(foreign)
    assert foreign.read_bytes() == b"not a database at all" * 100
    foreign.unlink()
    CaptureStore.open(foreign).close()  # the failed opening has left no lock behind


@pytest.mark.parametrize("content", [b"somebody's notes", b"SQLite format 3\x00" + b"x" * 5000])
def test_somebody_elses_file_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    foreign = tmp_path / "foreign"
    foreign.write_bytes(content)
    foreign.chmod(0o644)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (foreign, tmp_path, pipe):
        before = path.stat().st_mode
        with pytest.raises(NoCollection):
            CaptureStore.open(path)
        assert path.stat().st_mode == before
    assert foreign.read_bytes() == content
    assert sorted(tmp_path.iterdir()) == [foreign, pipe]


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE things (name TEXT)")
    connection.close()
    foreign.chmod(0o644)
    with pytest.raises(NoCollection):
        CaptureStore.open(foreign)
    assert stat.S_IMODE(foreign.stat().st_mode) == 0o644
    assert list(tmp_path.iterdir()) == [foreign]


def test_an_empty_file_becomes_a_store_for_this_user_alone(tmp_path: Path) -> None:
    (tmp_path / "empty").touch(0o644)
    CaptureStore.open(tmp_path / "empty").close()
    assert stat.S_IMODE((tmp_path / "empty").stat().st_mode) == 0o600


def test_a_store_that_is_all_in_its_log_is_one(captures: CaptureStore) -> None:
    copy = captures.path.with_name("copy.sqlite3")
    for suffix in ("", "-wal"):
        shutil.copy(f"{captures.path}{suffix}", f"{copy}{suffix}")
    again = CaptureStore.open(copy)
    assert again.read_only_reason is None
    again.close()


def test_any_thread_may_read_while_one_writes(captures: CaptureStore, delivery: Make) -> None:
    found: list[int] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            ids = captures.ids_after()
            found.append(len(ids))
            assert all(captures.body(number) == b"{}" for number in ids[-3:])

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(100):
        captures.append([delivery()]).result()
    stop.set()
    for reader in readers:
        reader.join()
    assert captures.totals().captures == 100
    assert found


def test_space_is_measured(captures: CaptureStore, delivery: Make) -> None:
    before = captures.space()
    captures.append([delivery(b"x" * 100_000)]).result()
    after = captures.space()
    assert after.used >= before.used + 100_000
    assert after.free > 0
    assert not replace(after, free=2_000_000_000).is_low
    assert replace(after, free=10).is_low


def test_opening_in_vain_leaves_nothing_open(captures: CaptureStore) -> None:
    CaptureStore.open(captures.path).close()  # SQLite keeps one handle for later, with the locks of the first
    handles = open_handles()
    for _ in range(5):
        CaptureStore.open(captures.path).close()
    assert open_handles() == handles


def open_handles() -> int:
    """Count what this process has open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())
