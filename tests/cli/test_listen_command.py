"""`vibes-desktop listen` as a program of its own: what it prints, stores, and how it ends."""

from __future__ import annotations

import contextlib
import http.client
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from vibes_desktop.cli.listen_command import ListenWish, line_of, run_listen
from vibes_desktop.model.capture import Capture, CaptureId, Delivery
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.folders import Folders

if TYPE_CHECKING:
    from tests.cli.conftest import Program

WAIT_SECONDS = 30.0
ADDRESS = re.compile(r"listening on http://127\.0\.0\.1:(\d+)/(\S+)\n")
LINES_OF_A_FULL_PIPE = 1200  # a pipe takes 64 kB
SECRET = b'{"mdn": "+13125550143", "name": "Ana"}'


class Running(NamedTuple):
    """A listener that said where it is."""

    process: subprocess.Popen[str]
    port: int
    path: str
    store: Path

    def post(self, body: bytes, path: str | None = None, **headers: str) -> int:
        """Send a callback, and return the status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_SECONDS)
        with contextlib.closing(connection):
            connection.request("POST", f"/{path or self.path}", body, headers)
            return connection.getresponse().status

    def line(self) -> str:
        """Read the next line it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def end(self, number: signal.Signals) -> tuple[int, str, str]:
        """Send a signal, and return the exit status and what else was said."""
        self.process.send_signal(number)
        said, complained = self.process.communicate(timeout=WAIT_SECONDS)
        return self.process.returncode, said, complained


@contextlib.contextmanager
def listening(program: Program, store: Path, *arguments: str) -> Iterator[Running]:
    """Start a listener and read its first line through a pipe."""
    process = subprocess.Popen(
        program.command("listen", "--store", str(store), *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=program.folder,
        env=program.environment,
    )
    with process:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = ADDRESS.fullmatch(first)
        if found is None:
            process.kill()
            assert process.stderr is not None
            pytest.fail(first + process.stderr.read())
        yield Running(process, int(found[1]), found[2], store)
        process.kill()


@pytest.fixture
def running(program: Program, tmp_path: Path) -> Iterator[Running]:
    """A listener on any port, with a path that is known."""
    with listening(program, tmp_path / "c.sqlite3", "--port", "0", "--token", "the-path") as started:
        yield started


def bodies(path: Path) -> list[bytes]:
    """Read a whole store."""
    store = CaptureStore.open_for_reading(path)
    found = [capture.body for block in store.blocks() for capture in block]
    store.close()
    return found


def test_every_callback_is_a_line_and_a_capture(running: Running) -> None:
    assert running.path == "the-path"
    assert running.post(SECRET) == 200
    assert re.fullmatch(r"\S+Z #1 POST 200 38 bytes from 127\.0\.0\.1 \(this computer\)\n", running.line())
    assert running.post(b"second") == 200
    assert "#2" in running.line()
    assert bodies(running.store) == [SECRET, b"second"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_well(running: Running, number: signal.Signals) -> None:
    assert running.post(b"1") == 200
    running.line()
    assert running.end(number) == (0, "", "")
    assert sorted(file.name for file in running.store.parent.glob("c.*")) == ["c.sqlite3", "c.sqlite3.lock"]
    assert bodies(running.store) == [b"1"]


def test_refusals_are_told_once_each_and_nothing_personal_is_printed(running: Running) -> None:
    for _ in range(3):
        assert running.post(SECRET, "+13125550143") == 404
        assert running.post(SECRET, Host="x.ngrok.app") == 503
    status, said, complained = running.end(signal.SIGTERM)
    assert (status, said) == (0, "")
    assert complained.splitlines() == [
        "refused with 404: The path is not the one of this endpoint",
        "refused with 503: It came under a host name that is not allowed yet ('x.ngrok.app')",
    ]


def test_the_store_is_read_by_others_meanwhile_but_not_written(running: Running, program: Program) -> None:
    running.post(b"1")
    done = program("listen", "--port", "0", "--store", str(running.store))
    assert (done.returncode, done.stdout) == (1, "")
    assert "Another program is receiving into this collection" in done.stderr
    assert running.post(b"2") == 200
    assert bodies(running.store) == [b"1", b"2"]


def test_a_taken_port_is_one_sentence(running: Running, program: Program, tmp_path: Path) -> None:
    done = program("listen", "--port", str(running.port), "--store", str(tmp_path / "other.sqlite3"))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"Can't listen on port {running.port} of 127.0.0.1: address already in use" in done.stderr
    assert "Traceback" not in done.stderr


def test_path_and_hosts_are_kept_from_one_start_to_the_next(program: Program, tmp_path: Path) -> None:
    store = tmp_path / "c.sqlite3"
    with listening(program, store, "--port", "0") as first:
        assert len(first.path) >= 32
        first.post(b"1")
        first.end(signal.SIGTERM)
    with listening(program, store, "--port", "0") as second:
        assert second.path == first.path
        second.post(b"2")
        second.end(signal.SIGTERM)
    assert bodies(store) == [b"1", b"2"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--token", "a/b"], "The path has letters"),
        (["--host", "nowhere.example"], "The address to listen on"),
        (["--host", "203.0.113.7", "--port", "0"], "Can't listen on port 0 of 203.0.113.7"),
        (["--store", "/proc/none/c.sqlite3"], "."),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(
    program: Program, arguments: list[str], complaint: str
) -> None:
    done = program("listen", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_that_others_can_reach_is_warned_of(program: Program, tmp_path: Path) -> None:
    process = subprocess.Popen(
        program.command("listen", "--host", "0.0.0.0", "--port", "0", "--store", str(tmp_path / "c.sqlite3")),  # noqa: S104
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=program.environment,
    )
    with process:
        assert process.stderr is not None
        assert process.stdout is not None
        assert "other computers can reach 0.0.0.0" in process.stderr.readline()
        assert process.stdout.readline().startswith("listening on http://0.0.0.0:")
        process.terminate()
        assert process.wait(WAIT_SECONDS) == 0


def test_it_ends_when_nobody_reads_its_lines(running: Running) -> None:
    assert running.process.stdout is not None
    running.process.stdout.close()
    assert running.post(b"1") == 200
    assert running.process.wait(WAIT_SECONDS) == 1
    assert bodies(running.store) == [b"1"]


def test_a_reader_who_stopped_reading_holds_nothing_up(running: Running) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=WAIT_SECONDS)
    with contextlib.closing(connection):
        for _ in range(LINES_OF_A_FULL_PIPE):
            connection.request("POST", "/the-path", b"{}")
            assert connection.getresponse().read() == b""
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(WAIT_SECONDS) == 0
    assert len(bodies(running.store)) == LINES_OF_A_FULL_PIPE


def test_a_line_holds_nothing_of_path_headers_or_body() -> None:
    delivery = Delivery(1_700_000_000_123_456, "52.32.61.199", 1, "PUT", "/secret", b"X: y\r\n", SECRET)
    line = line_of(Capture(CaptureId(7), delivery))
    assert line == (
        "2023-11-14T22:13:20.123Z #7 PUT 200 38 bytes"
        " from 52.32.61.199 (published address of the platform, US)"
    )


def test_bad_wishes_are_told_from_within_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_listen(ListenWish(token="a b", store=Folders.of_user().data / "x.sqlite3")) == 1
    assert "The path has letters" in capsys.readouterr().err
