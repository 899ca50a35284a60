#!/usr/bin/env python3
"""Measure the listener; called by scripts/bench-listener. `serve` is how it starts its other process."""

import asyncio
import os
import platform
import resource
import selectors
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

from vibes_desktop.listener.server import Listener
from vibes_desktop.model.capture import CaptureId, Delivery
from vibes_desktop.model.endpoint import Endpoint
from vibes_desktop.storage.captures import CaptureStore

TOKEN = "bench"  # noqa: S105 - a path
CONNECTIONS = 16
EVENT_ID = b"EV00000000"  # another one in each request
START = (
    b'{"event_id":"%b","event_date":"2026-02-25T10:00:00Z","callback_type":"person_updated",'
    b'"delivery_attempt":"1","person":{"person_id":"987654","external_person_id":"EXT542342",'
    b'"mobile_phone":{"mdn":"+12065550143"},"custom_fields":{"notes":"' % EVENT_ID
)
END = b'"}}}'
BODY = START + b"x" * (760 - len(START) - len(END)) + END
SLOW_SENDERS = 1000
RECEIVED = 200_000
TURNS = 9
GOOD = b"HTTP/1.1 200"


def request_to(token: str) -> bytes:
    """Compose a callback."""
    head = (
        f"POST /{token} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: */*\r\n"
        f"User-Agent: bench\r\nContent-Length: {len(BODY)}\r\n\r\n"
    )
    return head.encode() + BODY


REQUEST = request_to(TOKEN)


class NoDisk:
    """A store that confirms at once and keeps nothing: what the server costs without storing."""

    read_only_reason = None

    def append(self, deliveries: Sequence[Delivery]) -> Future[tuple[CaptureId, ...]]:
        """Confirm."""
        done: Future[tuple[CaptureId, ...]] = Future()
        done.set_result(tuple(CaptureId(place) for place in range(len(deliveries))))
        return done


async def serve(path: str) -> None:
    """Listen until the standard input ends; print the port, then the greatest memory in MB."""
    store = NoDisk() if path == "-" else CaptureStore.open(Path(path))
    listener = Listener(store, Endpoint(token=TOKEN).on_port(0))  # type: ignore[arg-type]
    await listener.start()
    print(listener.port, flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await listener.stop()
    if isinstance(store, CaptureStore):
        store.close()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)


class Server:
    """The listener in a process of its own."""

    def __init__(self, path: str) -> None:
        command = [sys.executable, __file__, "serve", path]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None  # noqa: S101
        self.port = int(self._process.stdout.readline())

    def end(self) -> float:
        """Stop it; gives the greatest memory it had, in MB."""
        said, _ = self._process.communicate()
        return float(said)


@contextmanager
def serving(path: str) -> Iterator[Server]:
    """Run a server."""
    server = Server(path)
    try:
        yield server
    finally:
        server.end()


def numbered(request: bytes, number: int) -> bytes:
    """Give a request the ID of another event."""
    return request.replace(EVENT_ID, b"EV%08d" % number, 1)


def connect(port: int) -> socket.socket:
    """Open a connection."""
    line = socket.create_connection(("127.0.0.1", port))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def load(port: int, seconds: float, count: int = 1 << 60, request: bytes = REQUEST) -> float:
    """Send on sixteen connections, each as soon as its last is answered; gives requests a second."""
    chooser = selectors.DefaultSelector()
    lines = [connect(port) for _ in range(CONNECTIONS)]
    begun = time.perf_counter()
    for line in lines:
        chooser.register(line, selectors.EVENT_READ)
        line.sendall(request)
    answered = 0
    while answered < count and time.perf_counter() - begun < seconds:
        for key, _ in chooser.select():
            line = key.fileobj  # type: ignore[assignment]
            answer = line.recv(4096)
            if not answer.startswith(GOOD) or not answer.endswith(b"\r\n\r\n"):
                sys.exit(f"not stored: {answer[:100]!r}")
            answered += 1
            line.sendall(numbered(request, answered))
    spent = time.perf_counter() - begun
    for line in lines:
        line.close()
    return answered / spent


def paced(port: int, per_second: int, seconds: float, request: bytes = REQUEST) -> list[float]:
    """Send at a steady pace on sixteen connections; gives the answers' times in seconds, sorted."""
    spent: list[float] = []
    share = per_second / CONNECTIONS
    start = time.perf_counter() + 0.2

    def send(place: int) -> None:
        line = connect(port)
        for number in range(int(share * seconds)):
            due = start + (number + place / CONNECTIONS) / share
            time.sleep(max(0.0, due - time.perf_counter()))
            begun = time.perf_counter()
            line.sendall(request)
            answer = line.recv(4096)
            spent.append(time.perf_counter() - begun)
            if not answer.startswith(GOOD):
                sys.exit(f"not stored: {answer[:100]!r}")
        line.close()

    threads = [threading.Thread(target=send, args=(place,)) for place in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(spent)


def single_commits(folder: Path, seconds: float) -> float:
    """Commit one body at a time, as durably; gives commits a second."""
    connection = sqlite3.connect(folder / "single.sqlite3", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "fullfsync=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE IF NOT EXISTS bodies (id INTEGER PRIMARY KEY, body BLOB)")
    begun, commits = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bodies (body) VALUES (?)", (REQUEST,))
        connection.execute("COMMIT")
        commits += 1
    rate = commits / (time.perf_counter() - begun)
    connection.close()
    return rate


def beside_slow_senders(port: int) -> float:
    """Answer time of a proper callback while a thousand others dawdle, in seconds."""
    slow = []
    for _ in range(SLOW_SENDERS):
        line = connect(port)
        line.sendall(REQUEST[:40])
        slow.append(line)
    begun = time.perf_counter()
    line = connect(port)
    line.sendall(REQUEST)
    if not line.recv(4096).startswith(GOOD):
        sys.exit("the proper callback was not stored")
    spent = time.perf_counter() - begun
    for each in (*slow, line):
        each.close()
    return spent


def put_on(address: str, seconds: float) -> None:
    """Put the load on a listener that runs already, and print what it does."""
    place, _, token = address.removeprefix("http://").partition("/")
    port, request = int(place.rpartition(":")[2]), request_to(token)
    print(f"durable requests a second: {load(port, seconds, request=request):.0f}", flush=True)
    spent = paced(port, 500, seconds, request)
    print(f"p99 at 500 requests a second, ms: {spent[int(len(spent) * 0.99)] * 1000:.1f}", flush=True)


def main(place: str, seconds: float) -> None:
    """Print the table."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4096)), hard))
    folder = Path(tempfile.mkdtemp(dir=place))
    print(f"{platform.platform()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} before")
    print("\n| what | measured | against | aim |\n|---|---|---|---|")
    try:
        rates(folder, 3 * seconds)
        others(folder, seconds)
    finally:
        shutil.rmtree(folder)


def rates(folder: Path, seconds: float) -> None:
    """Measure requests a second; the three kinds take turns, so that a busy moment strikes all of them."""
    turns: list[tuple[float, float, float]] = []
    with serving("-") as idle, serving(str(folder / "rates.sqlite3")) as durable:
        for _ in range(TURNS):
            each = seconds / TURNS
            turns.append((single_commits(folder, each), load(idle.port, each), load(durable.port, each)))
    single, none, stored = (max(turn[kind] for turn in turns) for kind in range(3))
    against_single = statistics.median(turn[2] / turn[0] for turn in turns)
    against_none = statistics.median(turn[2] / turn[1] for turn in turns)
    print(f"| single commits on this disk | {single:,.0f}/s | | |")
    print(f"| answered without storing, 16 connections | {none:,.0f}/s | | |")
    print(f"| durable requests, 16 connections | {stored:,.0f}/s | {against_single:.2f} × single | 1.5 × |")
    print(f"| | | {against_none:.0%} of not storing | 60 % |", flush=True)


def others(folder: Path, seconds: float) -> None:
    """Measure times and memory."""
    with serving(str(folder / "paced.sqlite3")) as server:
        spent = paced(server.port, 500, 2 * seconds)
        p50, p99 = spent[len(spent) // 2], spent[int(len(spent) * 0.99)]
        print(f"| p99 answer at 500 requests/s | {p99 * 1000:.1f} ms | {p50 * 1000:.1f} ms p50 | 20 ms |")
    with serving(str(folder / "slow.sqlite3")) as server:
        spent_slow = beside_slow_senders(server.port)
        print(f"| a proper callback beside 1,000 slow ones | {spent_slow * 1000:.0f} ms | | 1,000 ms |")
    filled = Server(str(folder / "memory.sqlite3"))
    rate = load(filled.port, 3600, RECEIVED)
    print(f"| memory after {RECEIVED:,} received | {filled.end():.0f} MB | at {rate:,.0f}/s | 300 MB |")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.argv[1] == "serve":
        asyncio.run(serve(sys.argv[2]))
    elif len(sys.argv) > 3:
        put_on(sys.argv[3], float(sys.argv[2]))
    else:
        main(sys.argv[1], float(sys.argv[2]))
