"""Faults at the disk: nothing is acknowledged that is not stored, and it goes on without a restart."""

from __future__ import annotations

import contextlib
import errno
import http.client
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from vibes_desktop.storage.captures import CaptureStore

SHIM = Path(__file__).with_name("faulty_disk.c")
PATIENCE_SECONDS = 30.0
TRIES = 2000
LIMIT_BYTES, FIT_BELOW = 1_000_000, 40


@dataclass
class Listening:
    """A listener in a process of its own, and what it acknowledged."""

    process: subprocess.Popen[str]
    port: int
    store: Path
    acknowledged: list[bytes] = field(default_factory=list)
    sent: int = 0

    def post(self, size: int = 5000) -> int:
        """Send a callback on a connection of its own, and return its status."""
        self.sent += 1
        body = b"%d " % self.sent + os.urandom(size)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        with contextlib.closing(connection):
            connection.request("POST", "/the-path", body)
            status = connection.getresponse().status
        if status == 200:
            self.acknowledged.append(body)
        return status

    def post_until(self, status: int) -> None:
        """Send until this is the answer, and no other than 200 and 503 on the way."""
        for _ in range(TRIES):
            found = self.post()
            assert found in {200, 503}
            if found == status:
                return
        pytest.fail(f"{status} was never answered")

    def is_complete(self) -> bool:
        """Tell whether everything acknowledged is stored."""
        store = CaptureStore.open_for_reading(self.store)
        stored = {capture.body for block in store.blocks() for capture in block}
        store.close()
        return set(self.acknowledged) <= stored

    def end(self) -> None:
        """Stop it, and look at everything once more."""
        self.process.send_signal(signal.SIGTERM)
        _, complaints = self.process.communicate(timeout=PATIENCE_SECONDS)
        assert self.process.returncode == 0, complaints
        assert "Traceback" not in complaints
        assert self.is_complete()
        connection = sqlite3.connect(self.store)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()


Start = Callable[..., Listening]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a listener with some more in its environment."""
    running: list[subprocess.Popen[str]] = []

    def run(**more: str) -> Listening:
        store = tmp_path / "captures" / "c.sqlite3"
        words = ["listen", "--port", "0", "--token", "the-path", "--store", str(store)]
        process = subprocess.Popen(
            [sys.executable, "-m", "vibes_desktop", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **more},
        )
        running.append(process)
        assert process.stdout is not None
        port = int(process.stdout.readline().split(":")[2].split("/")[0])
        return Listening(process, port, store)

    yield run
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile what makes the disk fail."""
    library = tmp_path_factory.mktemp("shim") / "faulty_disk.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, SHIM, "-ldl"], check=True)
    return library


@pytest.mark.parametrize("kind", ["write", "sync"])
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EROFS])
def test_a_failing_disk_is_503_until_it_works_again(
    start: Start, shim: Path, tmp_path: Path, kind: str, number: int
) -> None:
    faults = tmp_path / "faults"
    faults.write_text("")
    listening = start(LD_PRELOAD=str(shim), FAULTS=str(faults))
    assert [listening.post() for _ in range(3)] == [200] * 3
    faults.write_text(f"{kind} {number}")
    assert [listening.post() for _ in range(10)] == [503] * 10
    assert listening.is_complete()
    faults.write_text("")
    listening.post_until(200)
    assert [listening.post() for _ in range(3)] == [200] * 3
    listening.end()


def test_a_limit_on_file_sizes_is_503_until_it_is_lifted(start: Start) -> None:
    listening = start()
    assert listening.post() == 200
    _, hard = resource.prlimit(listening.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(listening.process.pid, resource.RLIMIT_FSIZE, (LIMIT_BYTES, hard))
    listening.post_until(503)
    while (
        len(listening.acknowledged) < FIT_BELOW or listening.post() == 200
    ):  # it recovers while the log can shrink
        listening.post_until(503)
    assert listening.is_complete()
    resource.prlimit(listening.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
    listening.post_until(200)
    listening.end()


def test_a_deleted_store_is_503_and_begun_again(start: Start) -> None:
    listening = start()
    assert listening.post() == 200
    for file in listening.store.parent.iterdir():
        file.unlink()
    listening.acknowledged.clear()  # they were deleted
    assert listening.post() == 503
    listening.post_until(200)
    listening.end()


def test_a_folder_moved_away_is_503_and_begun_again(start: Start, tmp_path: Path) -> None:
    listening = start()
    assert listening.post() == 200
    listening.store.parent.rename(tmp_path / "elsewhere")
    listening.acknowledged.clear()
    assert listening.post() == 503
    listening.post_until(200)
    listening.end()


def test_a_store_found_damaged_after_a_fault_is_set_aside_and_begun_again(
    start: Start, shim: Path, tmp_path: Path
) -> None:
    faults = tmp_path / "faults"
    faults.write_text("")
    listening = start(LD_PRELOAD=str(shim), FAULTS=str(faults))
    assert [listening.post(20_000) for _ in range(60)] == [200] * 60
    connection = sqlite3.connect(listening.store)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # or the log would heal the file
    connection.close()
    with listening.store.open("rb+") as file:
        file.seek(16_384 * 5)
        file.write(b"\xa5" * 200_000)
    faults.write_text(f"sync {errno.EIO}")
    assert listening.post() == 503
    listening.acknowledged.clear()
    faults.write_text("")
    listening.post_until(200)
    (aside,) = listening.store.parent.glob("*.broken-????-??-??.sqlite3")
    assert b"\xa5" * 200_000 in aside.read_bytes()
    listening.end()
