"""Files are replaced whole or not at all."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.atomic import atomic_write, free_name_beside
from vibes_desktop.storage.trouble import DiskFull

WRITE_WITH_LITTLE_ROOM = """
import resource, sys
from pathlib import Path
from vibes_desktop.storage.atomic import atomic_write
from vibes_desktop.storage.trouble import DiskFull
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    atomic_write(Path(sys.argv[1]), [b"x" * 100_000])
except DiskFull as error:
    print(error.title, error.done, error.advice, sep="\\n")
"""
WRITE_AND_WAIT = """
import sys
from pathlib import Path
from vibes_desktop.storage.atomic import atomic_write
def chunks():
    yield b"half of the new"
    print("half", flush=True)
    sys.stdin.read()
    yield b" content"
atomic_write(Path(sys.argv[1]), chunks())
"""
WRITE_FORBIDDEN = """
import sys
from pathlib import Path
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.atomic import atomic_write
try:
    atomic_write(Path(sys.argv[1]), [b"new"])
except StorageError as error:
    print(type(error).__name__, error.done)
"""


def test_a_file_is_made_for_this_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    previous = os.umask(0)
    try:
        atomic_write(path, [b"one ", b"two"])
    finally:
        os.umask(previous)
    assert path.read_bytes() == b"one two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    command = [sys.executable, "-c", WRITE_WITH_LITTLE_ROOM, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[0] == "The disk is full"
    assert str(path) in done.stdout
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_kill_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    command = [sys.executable, "-c", WRITE_AND_WAIT, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"half\n"
        child.send_signal(signal.SIGKILL)
        assert child.wait(60) == -signal.SIGKILL
    assert path.read_bytes() == b"old"


def test_a_folder_without_rights_is_a_storage_error(folder: Path, unprivileged: Callable[..., str]) -> None:
    path = folder / "file"
    path.write_bytes(b"old")
    folder.chmod(0o555)
    assert unprivileged(WRITE_FORBIDDEN, path).startswith("FileForbidden Nothing was written")
    assert path.read_bytes() == b"old"


def test_a_failing_source_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"new"
        raise KeyboardInterrupt

    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        atomic_write(path, chunks())
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_folder_in_the_way_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(StorageError) as caught:
        atomic_write(tmp_path / "file", [b"new"])
    assert not isinstance(caught.value, DiskFull)
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "file").symlink_to(tmp_path / "elsewhere" / "real")
    atomic_write(tmp_path / "file", [b"new"])
    assert (tmp_path / "file").is_symlink()
    assert (tmp_path / "elsewhere" / "real").read_bytes() == b"new"


def test_a_free_name_is_one_that_nothing_has(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    first = free_name_beside(path, "broken-2025-11-23")
    assert first.name == "settings.broken-2025-11-23.json"
    first.symlink_to(tmp_path / "nowhere")
    second = free_name_beside(path, "broken-2025-11-23")
    assert second.name == "settings.broken-2025-11-23-2.json"
