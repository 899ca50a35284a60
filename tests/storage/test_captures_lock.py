"""One writer at a time, whichever process it is in, and none when it is gone."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.captures_lock import StoreInUse, StoreLock

HOLD = """
import sys
from pathlib import Path
from vibes_desktop.storage.captures_lock import StoreLock
lock = StoreLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where a store would be."""
    return tmp_path / "c.sqlite3"


def test_a_second_lock_in_this_process_is_refused(store: Path) -> None:
    lock = StoreLock(store)
    with pytest.raises(StoreInUse):
        StoreLock(store)
    lock.release()
    StoreLock(store).release()


def test_it_is_held_against_other_processes_and_ends_with_them(store: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(StoreInUse):
            StoreLock(store)
        other.send_signal(signal.SIGKILL)
    StoreLock(store).release()


def test_it_is_taken_again_where_its_file_was_deleted(store: Path) -> None:
    lock = StoreLock(store)
    lock.path.unlink()
    lock.renew()
    with pytest.raises(StoreInUse):
        StoreLock(store)
    lock.renew()  # nothing to do
    lock.release()


def test_another_writer_who_came_meanwhile_is_respected(store: Path) -> None:
    lock = StoreLock(store)
    lock.path.unlink()
    other = StoreLock(store)
    with pytest.raises(StoreInUse):
        lock.renew()
    other.release()
    lock.release()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        StoreLock(tmp_path / "none" / "c.sqlite3")
