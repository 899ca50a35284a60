"""`vibes-desktop listen`: receive callbacks without a window."""

from __future__ import annotations

import asyncio
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from vibes_desktop.listener.refusals import Reason
from vibes_desktop.listener.senders import sender_of
from vibes_desktop.listener.server import Listener
from vibes_desktop.listener.status import ListenerState, ListenerStatus
from vibes_desktop.model.capture import Capture
from vibes_desktop.model.endpoint import Endpoint
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.captures_endpoint import EndpointFile
from vibes_desktop.storage.captures_folder import CaptureFolder
from vibes_desktop.storage.folders import Folders

MICROSECONDS = 1_000_000
LAST_LINES_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class ListenWish:
    """What was asked for on the command line; None leaves it as it is kept for this user."""

    host: str | None = None
    port: int | None = None
    store: Path | None = None
    token: str | None = None


def run_listen(wish: ListenWish) -> int:
    """Receive until SIGINT or SIGTERM; returns the exit status."""
    folders = Folders.of_user()
    try:
        endpoint = _endpoint(wish, folders)
        store = CaptureStore.open(wish.store or CaptureFolder.of(folders).default)
    except VibesDesktopError as error:
        return _complain(error)
    try:
        with closing(store):
            return asyncio.run(_listen(store, endpoint))
    except VibesDesktopError as error:
        return _complain(error)
    except KeyboardInterrupt:  # where the loop can't take signals over, as on Windows
        return 0


def _endpoint(wish: ListenWish, folders: Folders) -> Endpoint:
    """Take the kept endpoint, with what was asked for in its place; raises VibesDesktopError."""
    kept = EndpointFile.of(folders)
    if wish.token is None:
        endpoint = kept.load()
    else:
        hosts = kept.load().allowed_hosts if kept.exists else frozenset[str]()
        endpoint = Endpoint(token=wish.token, allowed_hosts=hosts)
    if wish.host is not None:
        endpoint = replace(endpoint, host=wish.host)
    return endpoint if wish.port is None else endpoint.on_port(wish.port)


async def _listen(store: CaptureStore, endpoint: Endpoint) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: Ctrl+C arrives as KeyboardInterrupt
            break
    lines = Lines(lambda: loop.call_soon_threadsafe(stop.set))
    news = News(lines)
    listener = Listener(store, endpoint, changed=news.tell_status, stored=news.tell_captures)
    try:
        address = await listener.start()
        if not endpoint.is_for_this_computer:
            lines.complain(f"warning: other computers can reach {endpoint.host}")
        lines.say(f"listening on {address}")
        await stop.wait()
    finally:
        await listener.stop()
        lines.end()
    return 1 if lines.is_broken else 0


class Lines:
    """Writes lines on a thread of its own, each at once: a slow reader must not hold up an answer.

    Past Python's own buffers: a reader who stopped reading would keep their locks, and the program, for ever.
    """

    def __init__(self, broken: Callable[[], object]) -> None:
        self._waiting: queue.SimpleQueue[tuple[str, bool] | None] = queue.SimpleQueue()
        self._broken = broken
        self.is_broken = False
        self._thread = threading.Thread(target=self._write_all, name="lines", daemon=True)
        self._thread.start()

    def say(self, line: str) -> None:
        """Write to standard output."""
        self._waiting.put((line, False))

    def complain(self, line: str) -> None:
        """Write to standard error."""
        self._waiting.put((line, True))

    def end(self) -> None:
        """Write what waits, as long as somebody reads it, and end."""
        self._waiting.put(None)
        self._thread.join(LAST_LINES_SECONDS)

    def _write_all(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            line, is_complaint = waiting
            if self.is_broken:
                continue
            try:
                _write(sys.stderr.fileno() if is_complaint else sys.stdout.fileno(), f"{line}\n".encode())
            except OSError:  # nobody reads any more
                self.is_broken = True
                self._broken()


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


class News:
    """Words for what the listener tells. Nothing of a body, a header or a path is in them."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._told: set[tuple[Reason, str | None]] = set()
        self._state = ListenerState.LISTENING

    def tell_captures(self, captures: Sequence[Capture]) -> None:
        """Print a line for each callback."""
        for capture in captures:
            self._lines.say(line_of(capture))

    def tell_status(self, status: ListenerStatus) -> None:
        """Tell of trouble with the disk as it comes and goes, and of each kind of refusal once."""
        if status.state is ListenerState.IN_TROUBLE and self._state is not status.state and status.trouble:
            self._lines.complain(f"nothing can be stored, and 503 is answered: {status.trouble.title}")
        if status.state is ListenerState.LISTENING and self._state is ListenerState.IN_TROUBLE:
            self._lines.complain("storing works again")
        self._state = status.state
        for refusal in status.refusals:
            kind = (refusal.reason, refusal.host)
            if kind not in self._told:
                self._told.add(kind)
                host = "" if refusal.host is None else f" ({refusal.host!r})"
                self._lines.complain(f"refused with {refusal.reason.status}: {refusal.reason.value}{host}")


def line_of(capture: Capture) -> str:
    """Describe a capture in one line."""
    delivery = capture.delivery
    received = datetime.fromtimestamp(delivery.received_us / MICROSECONDS, UTC)
    stamp = received.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    sender = sender_of(delivery)
    return (
        f"{stamp} #{capture.id} {delivery.method} {delivery.answered} {len(delivery.body)} bytes"
        f" from {delivery.peer} ({sender.words})"
    )


def _complain(error: VibesDesktopError) -> int:
    print(f"{error.title}. {error.done} {error.advice}", file=sys.stderr)
    return 1
