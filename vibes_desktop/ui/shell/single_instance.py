"""One window per person and folder: a second start hands its arguments to the first."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

LARGEST_MESSAGE = 65_536  # bytes
MOST_WAITING = 8  # connections
READ_DEADLINE_MS = 2_000
HAND_OVER_SECONDS = 5.0
RETRY_SECONDS = 0.05
ACCEPTED = b"ok\n"


class SingleInstance(QObject):
    """Claims a folder for this process, or reaches the process that holds it.

    The claim is a lock file, which the system gives up when its process ends, however it ends; the
    messages go through a local socket that only the same person may open.
    """

    arguments_received = Signal(tuple)  # of str: what a second start was given

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._address = socket_address(folder)
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        self._visits: set[_Visit] = set()

    def claim(self) -> bool:
        """Try to become the first; tells whether this process is it.

        Where no lock can be written nobody can be found either: every process is the first then.
        """
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def listen(self) -> None:
        """Take messages of second starts from now on; raises OSError when no socket can be made."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.setMaxPendingConnections(MOST_WAITING)
        QLocalServer.removeServer(self._address)  # left by a process that was killed: we hold the lock
        if not server.listen(self._address):
            raise OSError(server.errorString())
        server.newConnection.connect(self._accept)
        self._server = server

    def hand_over(self, arguments: Sequence[str]) -> bool:
        """Give arguments to the first process, which may still be starting; tells whether it took them."""
        message = json.dumps(list(arguments)).encode() + b"\n"
        if len(message) > LARGEST_MESSAGE:
            return False
        deadline = time.monotonic() + HAND_OVER_SECONDS
        while time.monotonic() < deadline:
            if _send(self._address, message):
                return True
            time.sleep(RETRY_SECONDS)
        return False

    def release(self) -> None:
        """Stop listening and give the claim up."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _accept(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            visit = _Visit(self._server.nextPendingConnection(), self.arguments_received.emit)
            self._visits.add(visit)
            visit.socket.disconnected.connect(partial(self._visits.discard, visit))
            visit.socket.disconnected.connect(visit.socket.deleteLater)


class _Visit:
    """Reads one message of a second start, within its time and size."""

    def __init__(self, socket: QLocalSocket, take: Callable[[tuple[str, ...]], object]) -> None:
        self.socket = socket
        self._take = take
        self._read = bytearray()
        deadline = QTimer(socket)
        deadline.setSingleShot(True)
        deadline.timeout.connect(self._give_up)
        deadline.start(READ_DEADLINE_MS)
        socket.readyRead.connect(self._more)

    def _more(self) -> None:
        self._read += self.socket.readAll().data()
        if len(self._read) > LARGEST_MESSAGE:
            self.socket.abort()
        elif self._read.endswith(b"\n"):
            self._finish(parsed(bytes(self._read)))

    def _give_up(self) -> None:
        self.socket.abort()

    def _finish(self, arguments: tuple[str, ...] | None) -> None:
        if arguments is None:
            self.socket.abort()
            return
        self.socket.write(ACCEPTED)
        self.socket.flush()
        self.socket.disconnectFromServer()
        self._take(arguments)


def parsed(message: bytes) -> tuple[str, ...] | None:
    """Return the arguments of a message; None if it is not one of ours."""
    try:
        value = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        return None
    return tuple(value)


def socket_address(folder: Path) -> str:
    """Return the address that belongs to a folder: inside it where that fits, out of others' reach."""
    path = folder / "window.socket"
    if sys.platform != "win32" and len(str(path).encode()) < LONGEST_UNIX_PATH:
        return str(path)
    import hashlib

    return "vibes-desktop-" + hashlib.sha256(str(folder).encode()).hexdigest()[:24]


LONGEST_UNIX_PATH = 100  # the system's limit is 104 bytes on macOS, 108 on Linux


def _send(address: str, message: bytes) -> bool:
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(READ_DEADLINE_MS):
        return False
    socket.write(message)
    while socket.bytesToWrite():
        if not socket.waitForBytesWritten(READ_DEADLINE_MS):
            return False
    answer = b""
    while not answer.endswith(b"\n") and socket.waitForReadyRead(READ_DEADLINE_MS):
        answer += socket.readAll().data()
    return answer == ACCEPTED
