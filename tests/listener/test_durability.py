"""What the operating system sees: before every 200, the disk was made to confirm the log."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from vibes_desktop.storage.database import PRAGMAS

CONNECTIONS, REQUESTS_EACH = 4, 10
PATIENCE_SECONDS = 30.0
LISTEN = """
import sys
from vibes_desktop.storage import database
database.PRAGMAS = tuple(sys.argv[1].split())
from vibes_desktop.cli.main import main
sys.exit(main(["listen", "--port", "0", "--token", "the-path", "--store", sys.argv[2]]))
"""
STRACE = ("strace", "-f", "-y", "-s64", "-esignal=none", "-etrace=recvfrom,sendto,fsync,fdatasync")
SYNCS = ("fsync", "fdatasync")
CALL = re.compile(r"(\d+) +(\w+)\((\d+)<([^>]*)>(.*)")
RESUMED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>(.*)")


def traced(folder: Path, pragmas: tuple[str, ...]) -> list[str]:
    """Trace a listener while callbacks come to it, one after the other on a few connections."""
    trace = folder / "trace"
    listen = [sys.executable, "-c", LISTEN, " ".join(pragmas), str(folder / "c.sqlite3")]
    command = [*STRACE, "-o", str(trace), *listen]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().split(":")[2].split("/")[0])
        with ThreadPoolExecutor(CONNECTIONS) as senders:
            list(senders.map(send, [port] * CONNECTIONS))
        listener = int(trace.read_text().split()[0])
        assert listener != process.pid
        os.kill(listener, signal.SIGTERM)  # strace would not pass it on
        process.communicate(timeout=PATIENCE_SECONDS)
    return trace.read_text().splitlines()


def send(port: int) -> None:
    """Send callbacks, each once the last was answered."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as line:
        for _ in range(REQUESTS_EACH):
            line.sendall(b"POST /the-path HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}")
            assert line.recv(4096).startswith(b"HTTP/1.1 200 ")


def unconfirmed(lines: list[str]) -> tuple[int, int]:
    """Count the answers, and those before which no sync of the log began after their request and ended."""
    waiting: dict[str, tuple[int, str]] = {}  # by thread: when the call under way began, and its handle
    latest_begin = -1  # of the syncs of the log that have ended
    received: dict[str, int] = {}  # when the request on a connection came
    answers = too_early = 0
    for moment, line in enumerate(lines):
        begin = moment
        if found := RESUMED.match(line):
            thread, call, rest = found.groups()
            begin, handle = waiting.pop(thread, (moment, ""))
        elif found := CALL.match(line):
            thread, call, handle, name, rest = found.groups()
            if call in SYNCS and not name.endswith("-wal"):
                continue
            if "<unfinished" in rest:
                waiting[thread] = (moment, handle)
        else:
            continue
        if call in SYNCS and handle and "<unfinished" not in rest:
            latest_begin = max(latest_begin, begin)
        elif call == "recvfrom" and '"POST' in rest:
            received[handle] = moment
        elif call == "sendto" and '"HTTP/1.1 200' in rest:
            answers += 1
            too_early += latest_begin < received[handle]
    return answers, too_early


def test_every_200_comes_after_the_disk_confirmed_its_capture(tmp_path: Path) -> None:
    assert unconfirmed(traced(tmp_path, PRAGMAS)) == (CONNECTIONS * REQUESTS_EACH, 0)


def test_a_lower_synchronous_would_be_noticed(tmp_path: Path) -> None:
    lowered = tuple(pragma.replace("synchronous=FULL", "synchronous=NORMAL") for pragma in PRAGMAS)
    assert lowered != PRAGMAS
    answers, too_early = unconfirmed(traced(tmp_path, lowered))
    assert answers == CONNECTIONS * REQUESTS_EACH
    assert too_early > answers / 2
