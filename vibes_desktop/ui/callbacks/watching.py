"""Looks after the open files: what is added to them becomes rows, and what else became of them is said."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.following import Follower, Look
from vibes_desktop.callbacks.source import FileSource
from vibes_desktop.callbacks.stopping import Stopped
from vibes_desktop.ui.bridge import Task
from vibes_desktop.ui.callbacks.viewer import Viewer

LOOK_EVERY_MS = 1_000
WATCHED_AT_MOST = 1_000  # files


@dataclass(frozen=True, slots=True)
class Round:
    """The files of one collection, looked at one after the other."""

    collection: Collection
    followers: dict[int, Follower]
    given_up: threading.Event

    def go(self, report: Callable[[Look], None]) -> None:
        """Look at all, in a background thread; a file that can't be read is looked at again next time."""
        for number, source in enumerate(tuple(self.collection.sources)[:WATCHED_AT_MOST]):
            if isinstance(source, FileSource) and source.path is not None:
                try:
                    if number not in self.followers:
                        self.followers[number] = Follower(source, number)
                    self._look(self.followers[number], report)
                except (OSError, ValueError):  # it was closed meanwhile, or the disk is gone for a moment
                    continue
                except Stopped:
                    return

    def _look(self, follower: Follower, report: Callable[[Look], None]) -> None:
        look = Look(has_more=True)
        while look.has_more:
            look = follower.look(self._check)
            if look.part is not None or look.notice is not None:
                report(look)

    def _check(self) -> None:
        if self.given_up.is_set():
            raise Stopped


class Watch(QObject):
    """Makes a round every second, while something is open and nothing is being opened."""

    def __init__(self, viewer: Viewer, say: Callable[[str], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self._say = say
        self._round: Round | None = None
        self._looking: Task[None] | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        viewer.replaced.connect(self._begin_anew)
        viewer.opened.connect(self._timer.start)

    def look(self) -> None:
        """Make a round now, unless one is being made."""
        viewer = self._viewer
        if viewer.is_opening or (self._looking is not None and self._looking.is_running):
            return
        if self._round is None:
            self._round = Round(viewer.collection, {}, threading.Event())
        made = self._round

        def found(look: Look) -> None:
            if made is self._round:
                self._take(look)

        work = asyncio.to_thread(made.go, viewer.bridge.reporter(found, self))
        self._looking = viewer.bridge.start(work, lambda _: None, viewer.failed.emit, owner=self)

    def _take(self, look: Look) -> None:
        if look.part is not None and len(look.part.columns):
            self._viewer.take(look.part)
        if look.notice is not None:
            self._say(look.notice.sentence)

    def _begin_anew(self) -> None:
        if self._round is not None:
            self._round.given_up.set()
        self._round = None
        if not self._viewer.collection.sources:
            self._timer.stop()
