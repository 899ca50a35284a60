"""Listening, for the window: starts and stops the listener, and puts what arrives among the rows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from vibes_desktop.callbacks.following import Look
from vibes_desktop.callbacks.live import CaptureFollower, CaptureSource
from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.listener.server import Listener
from vibes_desktop.listener.status import ListenerState, ListenerStatus
from vibes_desktop.model.endpoint import Endpoint
from vibes_desktop.model.errors import InvalidInput, StorageError, VibesDesktopError
from vibes_desktop.storage.captures import CaptureStore, Space
from vibes_desktop.storage.captures_endpoint import EndpointFile
from vibes_desktop.storage.captures_folder import (
    CaptureFolder,
    Retention,
    enforce,
    keep,
    name_of,
    retention_of,
)
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.callbacks.viewer import Viewer

T = TypeVar("T")
LOOK_MS = 250
LEAST_GAP_SECONDS = 0.2  # between two looks: each costs the listener time, however few came
TIDY_MS = 60_000
STOPPED = ListenerStatus(ListenerState.STOPPED, None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the collection that is received into."""

    path: Path
    name: str
    captures: int
    wire_bytes: int
    cleared: int  # can still be brought back
    space: Space
    retention: Retention
    read_only: StorageError | None


@dataclass(slots=True, eq=False)
class _Open:
    """An open store and the endpoint it is received for."""

    store: CaptureStore
    name: str
    endpoint: Endpoint
    listener: Listener | None = None


class ListeningDesk(QObject):
    """One collection is received into at a time; all of it is done in the background."""

    changed = Signal()  # .status, .endpoint
    arrived = Signal(int)  # so many rows came
    rewritten = Signal()  # captures were cleared, brought back or deleted
    failed = Signal(object)  # VibesDesktopError

    def __init__(
        self,
        bridge: Bridge,
        viewer: Viewer,
        folder: CaptureFolder,
        endpoints: EndpointFile,
        *,
        is_allowed: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_allowed = is_allowed  # an organisation may forbid listening
        self.status = STOPPED
        self.space: Space | None = None  # as last measured, once a minute while something is open
        self.folder = folder
        self._bridge = bridge
        self.viewer = viewer
        self._endpoints = endpoints
        self._open: _Open | None = None
        self._source: CaptureSource | None = None
        self._follower: CaptureFollower | None = None
        self._seen_version = -1
        self._looked_at = 0.0  # seconds, monotonic
        self._looking: Task[Look] | None = None
        self._busy: Task[Any] | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look_if_changed)
        self._tidy = QTimer(self, interval=TIDY_MS)
        self._tidy.timeout.connect(self._enforce)
        self._tidy.timeout.connect(self.measure)
        viewer.opened.connect(self._attach)

    # What is told

    @property
    def is_listening(self) -> bool:
        """Tell whether callbacks are taken."""
        return self.status.state is not ListenerState.STOPPED

    @property
    def is_busy(self) -> bool:
        """Tell whether it is being started or stopped."""
        return self._busy is not None and self._busy.is_running

    @property
    def endpoint(self) -> Endpoint | None:
        """Where it listens; None before anything was opened."""
        return None if self._open is None else self._open.endpoint

    @property
    def source(self) -> CaptureSource | None:
        """The captures among the viewer's rows."""
        return self._source

    @property
    def name(self) -> str:
        """The name of the collection that is open."""
        return "" if self._open is None else self._open.name

    @property
    def path(self) -> Path | None:
        """Where the collection is that is open; None before anything was opened."""
        return None if self._open is None else self._open.store.path

    # What is done

    def start(self) -> None:
        """Listen, and show what arrives."""
        if not self.is_allowed:
            self.failed.emit(
                InvalidInput("Your organisation has switched the listener off", "Ask your IT department.")
            )
            return
        if not self.is_listening and not self.is_busy:
            self._busy = self._run(self._start(), lambda _: self._started(), "Starting to listen")

    def stop(self) -> None:
        """Take no more; what was received stays."""
        if self.is_listening and not self.is_busy:
            self._busy = self._run(self._stop(), lambda _: self.changed.emit(), "Stopping to listen")

    def prepare(self) -> None:
        """Find out where it would listen, and into what, without showing what is there."""
        if self._open is None and not self.is_busy:
            self._busy = self._run(
                self._opened(self.folder.default), lambda _: self.changed.emit(), "Opening the collection"
            )

    def show_collection(self, path: Path | None = None) -> None:
        """Show what was received: into the collection in use, or into another one from now on."""
        work = self._change_store(path or (self._open.store.path if self._open else self.folder.default))
        self._busy = self._run(work, lambda _: self._started(), "Opening the collection")

    def admit(self, endpoint: Endpoint) -> None:
        """Take over another path, other allowed hosts, another port, and keep them."""
        self._run(self._admit(endpoint), lambda _: self.changed.emit(), "Changing the endpoint")

    def rehearse(self, rehearsal: Rehearsal | None) -> None:
        """Rehearse answers, or answer properly again."""
        self._run(self._rehearse(rehearsal), lambda _: self.changed.emit(), "Rehearsing")

    def ask_facts(self, show: Callable[[Facts], object]) -> None:
        """Measure the collection that is open."""
        opened = self._open
        if opened is not None:
            self._run(asyncio.to_thread(_facts, opened), show, "Measuring the collection")

    def measure(self) -> None:
        """Find out whether the disk is almost full."""
        self.ask_facts(self._take_facts)

    def clear(self) -> None:
        """Hide every capture; `take_back_clearing` shows them again."""
        self._write(lambda store: asyncio.wrap_future(store.clear()), self._show_anew, "Clearing")

    def take_back_clearing(self) -> None:
        """Show again what was cleared."""
        self._write(lambda store: asyncio.wrap_future(store.take_back_clearing()), self._show_anew, "Undoing")

    def forget_cleared(self) -> None:
        """Delete for good what was cleared."""
        self._write(
            lambda store: asyncio.wrap_future(store.forget_cleared()), self.rewritten.emit, "Deleting"
        )

    def compact(self, done: Callable[[], object]) -> None:
        """Give the space of deleted captures back to the disk."""
        self._write(lambda store: asyncio.wrap_future(store.compact()), done, "Compacting")

    def keep(self, retention: Retention) -> None:
        """Decide how long captures are kept."""
        self._write(lambda store: asyncio.to_thread(keep, store, retention), self._enforce, "Saving")

    async def aclose(self) -> None:
        """Stop after the last commit, and close the store: the program ends."""
        opened, self._open = self._open, None
        if opened is not None:
            if opened.listener is not None:
                await opened.listener.stop()
            await asyncio.to_thread(opened.store.close)

    # Inside: on the loop

    async def _start(self) -> None:
        opened = await self._opened(self._open.store.path if self._open else self.folder.default)
        if opened.listener is None:
            opened.listener = Listener(
                opened.store, opened.endpoint, changed=self._bridge.reporter(self._take_status, self)
            )
        await opened.listener.start()
        self._bridge.reporter(self._take_status, self)(opened.listener.status)

    async def _stop(self) -> None:
        if self._open is not None and self._open.listener is not None:
            await self._open.listener.stop()

    async def _opened(self, path: Path) -> _Open:
        if self._open is None:
            self._open = await asyncio.to_thread(_open_store, path, self._endpoints)
        return self._open

    async def _change_store(self, path: Path) -> None:
        """Receive into another collection; listening goes on where it was on."""
        former = self._open
        if former is None or former.store.path != path:
            was_listening = former is not None and former.listener is not None and bool(former.listener.port)
            await self.aclose()
            await self._opened(path)
            if was_listening:
                await self._start()

    async def _admit(self, endpoint: Endpoint) -> None:
        await asyncio.to_thread(self._endpoints.save, endpoint)
        opened = self._open
        if opened is None:
            return
        moved = (endpoint.host, endpoint.first_port, endpoint.last_port) != (
            opened.endpoint.host,
            opened.endpoint.first_port,
            opened.endpoint.last_port,
        )
        opened.endpoint = endpoint
        if opened.listener is not None:
            opened.listener.admit(endpoint)
            if moved and opened.listener.port:
                await opened.listener.stop()
                await opened.listener.start()

    async def _rehearse(self, rehearsal: Rehearsal | None) -> None:
        if self._open is not None and self._open.listener is not None:
            self._open.listener.rehearse(rehearsal)

    # Inside: in the window

    def _started(self) -> None:
        opened = self._open
        if opened is not None and (self._source is None or self._source.store is not opened.store):
            self._source = CaptureSource(opened.name, opened.store)
            self._follower = None
        self._attach()
        self._timer.start()
        self._tidy.start()
        self.changed.emit()
        self.measure()

    def _attach(self) -> None:
        """Put the captures among the rows, but never while files are opened: they number themselves."""
        source = self._source
        if source is None or self.viewer.is_opening:
            return
        if source not in self.viewer.collection.sources:
            self._follower = CaptureFollower(source, self.viewer.attach(source))
            self._seen_version, self._looked_at = -1, 0.0
        self._look_if_changed()

    def _show_anew(self) -> None:
        """Show the captures that are left, beside the files that were open."""
        paths, opened = self.viewer.paths, self._open
        if opened is not None:
            self._source = CaptureSource(opened.name, opened.store)
        self.viewer.close()
        if paths:
            self.viewer.open(paths)
        else:
            self._attach()
        self.rewritten.emit()

    def _take_facts(self, facts: Facts) -> None:
        self.space = facts.space
        self.changed.emit()

    def _take_status(self, status: ListenerStatus) -> None:
        self.status = status
        self.changed.emit()
        self._look_if_changed()

    def _look_if_changed(self) -> None:
        source, follower = self._source, self._follower
        if time.monotonic() - self._looked_at < LEAST_GAP_SECONDS:
            return  # the timer comes
        is_looking = self._looking is not None and self._looking.is_running
        if source is None or follower is None or is_looking or self._open is None:
            return
        if source not in self.viewer.collection.sources:
            return
        try:
            version = source.store.version()
        except StorageError as error:
            self._timer.stop()
            self.failed.emit(error)
            return
        if version != self._seen_version:
            self._seen_version = version
            self._looked_at = time.monotonic()
            self._look(follower)

    def _look(self, follower: CaptureFollower) -> None:
        def found(look: Look) -> None:
            if follower is not self._follower or look.part is None:
                return
            before = len(self.viewer.collection)
            self.viewer.take(look.part)
            self.arrived.emit(len(self.viewer.collection) - before)
            if look.has_more:
                self._look(follower)

        self._looking = self._bridge.start(
            asyncio.to_thread(follower.look), found, self._lost, title="Reading what arrived", owner=self
        )

    def _lost(self, error: VibesDesktopError) -> None:
        self._timer.stop()
        self.failed.emit(error)

    def _enforce(self) -> None:
        opened = self._open
        if opened is not None and opened.store.read_only_reason is None:
            now = datetime.now(UTC)
            work = asyncio.to_thread(enforce, opened.store, now)
            self._run(work, lambda _: self.rewritten.emit(), "Keeping to the limits")

    def _write(self, change: Callable[[CaptureStore], Any], done: Callable[[], object], title: str) -> None:
        opened = self._open
        if opened is None:
            return

        async def work() -> None:
            await change(opened.store)

        self._run(work(), lambda _: done(), title)

    def _run(self, work: Coroutine[Any, Any, T], done: Callable[[T], object], title: str) -> Task[T]:
        return self._bridge.start(work, done, self._fail, title=title, owner=self)

    def _fail(self, error: VibesDesktopError) -> None:
        self.changed.emit()
        self.failed.emit(error)


def _open_store(path: Path, endpoints: EndpointFile) -> _Open:
    store = CaptureStore.open(path)
    try:
        return _Open(store, name_of(store), endpoints.load())
    except BaseException:
        store.close()
        raise


def _facts(opened: _Open) -> Facts:
    store = opened.store
    totals = store.totals()
    return Facts(
        store.path,
        opened.name,
        totals.captures,
        totals.wire_bytes,
        totals.cleared,
        store.space(),
        retention_of(store),
        store.read_only_reason,
    )
