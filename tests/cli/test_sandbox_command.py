"""The sandbox as a program of its own, over real HTTP."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pytest

from vibes_desktop.cli.sandbox_command import run_sandbox

if TYPE_CHECKING:
    from tests.cli.conftest import Program

WAIT_SECONDS = 30.0
ANNOUNCEMENT = re.compile(
    r"sandbox on http://127\.0\.0\.1:(\d+) company_key=(\S+) username=(\S+) password=(\S+)\n"
)


class Running(NamedTuple):
    """A sandbox that said where it is."""

    process: subprocess.Popen[str]
    port: int
    company_key: str
    token: str

    def get(self, target: str) -> tuple[int, bytes]:
        """Read something, signed in with what was announced."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_SECONDS)
        with contextlib.closing(connection):
            connection.request("GET", target, headers={"Authorization": f"Basic {self.token}"})
            answer = connection.getresponse()
            return answer.status, answer.read()

    def end(self, number: signal.Signals) -> tuple[int, str, str]:
        """Send a signal, and return the exit status and what else was said."""
        self.process.send_signal(number)
        said, complained = self.process.communicate(timeout=WAIT_SECONDS)
        return self.process.returncode, said, complained


@pytest.fixture
def running(program: Program) -> Iterator[Running]:
    """Start a sandbox on any free port, and read its first line through a pipe."""
    process = subprocess.Popen(
        program.command("sandbox", "--port", "0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=program.folder,
        env=program.environment,
    )
    with process:
        assert process.stdout is not None
        found = ANNOUNCEMENT.fullmatch(process.stdout.readline())
        assert found
        port, company_key, username, password = found.groups()
        token = base64.b64encode(f"{username}:{password}".encode()).decode()
        yield Running(process, int(port), company_key, token)
        process.kill()


def test_it_answers_where_it_says(running: Running) -> None:
    status, body = running.get(f"/companies/{running.company_key}/mobiledb/persons/external/EXT542342")
    assert status == 200
    assert json.loads(body)["external_person_id"] == "EXT542342"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_well_even_with_a_connection_open(running: Running, number: signal.Signals) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=WAIT_SECONDS) as line:
        line.sendall(b"GET / HTTP/1.1\r\n")
        assert running.end(number) == (0, "", "")


def test_the_port_is_free_again_afterwards(running: Running, program: Program) -> None:
    running.end(signal.SIGTERM)
    again = subprocess.Popen(
        program.command("sandbox", "--port", str(running.port)),
        stdout=subprocess.PIPE,
        text=True,
        cwd=program.folder,
        env=program.environment,
    )
    with again:
        assert again.stdout is not None
        assert f"sandbox on http://127.0.0.1:{running.port} " in again.stdout.readline()
        again.terminate()


def test_a_taken_port_is_one_sentence(running: Running, program: Program) -> None:
    done = program("sandbox", "--port", str(running.port))
    sentence = f"The sandbox can't use port {running.port}: address already in use.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)


def test_a_taken_port_is_told_from_within_too(running: Running, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_sandbox(running.port) == 1
    assert str(running.port) in capsys.readouterr().err


def test_it_ends_quietly_when_nobody_reads_where_it_is(program: Program) -> None:
    process = subprocess.Popen(
        program.command("sandbox"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=program.folder,
        env=program.environment,
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(WAIT_SECONDS) == 1
