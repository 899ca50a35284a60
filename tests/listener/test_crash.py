"""The listener is killed under load, again and again: what it acknowledged is in the store, byte for byte."""

from __future__ import annotations

import os
import random
import selectors
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vibes_desktop.storage.captures import CaptureStore

NURSERY = Path(__file__).with_name("nursery.py")
CONNECTIONS = 8
KILLS = 25
KILLS_IN_FULL, LANES = 10_000, 4
MOST_ANSWERS = 60  # before a kill
PATIENCE_SECONDS = 20.0


class Nursery:
    """Starts listeners in processes that can be killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(NURSERY)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, store: Path) -> tuple[int, int]:
        """Start one; returns its process and port."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{store}\n")
        self._process.stdin.flush()
        process, port = self._process.stdout.readline().split()
        return int(process), int(port)

    def close(self) -> None:
        """End it."""
        self._process.communicate(timeout=PATIENCE_SECONDS)


class Sender:
    """A connection that sends one callback after the other, and remembers which were acknowledged."""

    def __init__(self, port: int, bodies: Iterator[bytes], acknowledged: list[bytes]) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        self._bodies = bodies
        self._acknowledged = acknowledged
        self._received = b""
        self._send()

    def _send(self) -> None:
        self._body = next(self._bodies)
        head = f"POST /the-path HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(self._body)}\r\n\r\n"
        self.line.sendall(head.encode() + self._body)

    def receive(self, *, goes_on: bool) -> bool:
        """Read what came; tells whether the connection is still there."""
        try:
            piece = self.line.recv(4096)
            self._received += piece
            if self._received.endswith(b"\r\n\r\n"):
                assert self._received.startswith(b"HTTP/1.1 200 ")
                self._received = b""
                self._acknowledged.append(self._body)
                if goes_on:
                    self._send()
        except ConnectionError:
            return False
        return bool(piece)


def crash_once(nursery: Nursery, store: Path, bodies: Iterator[bytes], answers: int) -> list[bytes]:
    """Load a listener until so many answers came, kill it, and return what it acknowledged to the last."""
    process, port = nursery.start(store)
    acknowledged: list[bytes] = []
    senders = [Sender(port, bodies, acknowledged) for _ in range(CONNECTIONS)]
    with selectors.DefaultSelector() as chooser:
        for sender in senders:
            chooser.register(sender.line, selectors.EVENT_READ, sender)
        while len(acknowledged) < answers:
            for key, _ in chooser.select():
                assert key.data.receive(goes_on=True)
        os.kill(process, signal.SIGKILL)
        for sender in senders:
            while sender.receive(goes_on=False):
                pass
            sender.line.close()
    return acknowledged


def stored_after(path: Path, after: int) -> tuple[set[bytes], int]:
    """Read what was stored since a capture; also returns the newest."""
    store = CaptureStore.open_for_reading(path)
    found = {capture.body for block in store.blocks(after) for capture in block}
    newest = store.totals().last_id
    store.close()
    return found, newest


def bodies_of(source: random.Random) -> Iterator[bytes]:
    """Make bodies of which no two are the same."""
    number = 0
    while True:
        number += 1
        yield b"%d " % number + source.randbytes(source.choice([20, 760, 760, 760, 9000]))


def crash(path: Path, kills: int, seed: int) -> int:
    """Kill a listener so many times; returns how many callbacks were acknowledged."""
    source = random.Random(seed)
    bodies = bodies_of(source)
    nursery = Nursery()
    total = newest = 0
    for _ in range(kills):
        acknowledged = crash_once(nursery, path, bodies, source.randint(0, MOST_ANSWERS))
        stored, newest = stored_after(path, newest)
        assert set(acknowledged) <= stored
        total += len(acknowledged)
    nursery.close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    return total


def test_killed_under_load_it_has_what_it_acknowledged(tmp_path: Path) -> None:
    assert crash(tmp_path / "c.sqlite3", KILLS, seed=1) > KILLS


@pytest.mark.full
def test_killed_ten_thousand_times_it_has_what_it_acknowledged(tmp_path: Path) -> None:
    with ThreadPoolExecutor(LANES) as lanes:
        each = KILLS_IN_FULL // LANES
        runs = [lanes.submit(crash, tmp_path / f"{lane}.sqlite3", each, lane) for lane in range(LANES)]
        assert sum(run.result() for run in runs) > KILLS_IN_FULL


def test_a_store_that_lost_one_would_be_noticed(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    nursery = Nursery()
    acknowledged = crash_once(nursery, path, bodies_of(random.Random(3)), 10)
    nursery.close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE captures SET body = x'00' WHERE id = 1")
    connection.commit()
    connection.close()
    assert not set(acknowledged) <= stored_after(path, 0)[0]
