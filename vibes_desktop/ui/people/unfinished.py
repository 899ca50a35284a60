"""What was left unfinished at the last start: drafts and changes that owe an answer."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.storage.drafts import Draft
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.start_view import StartView

T = TypeVar("T")


class UnfinishedWork(QObject):
    """Lists it on the start view, drops discarded drafts, finds out about open changes."""

    resolved = Signal(object)  # SaveResult
    failed = Signal(object)  # VibesDesktopError

    def __init__(self, bridge: Bridge, view: StartView) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view
        self._session: PeopleSession | None = None
        self._drafts: tuple[Draft, ...] = ()
        self._open: tuple[ChangeRecord, ...] = ()
        view.draft_discarded.connect(self._discard)
        view.resolve_requested.connect(self.resolve)

    def set_session(self, session: PeopleSession | None) -> None:
        """Look in another profile."""
        self._session = session
        self._drafts, self._open = (), ()
        self._show()
        self.refresh()

    def refresh(self) -> None:
        """Read what waits, and show it."""
        if self._session is not None:
            self._start(self._session.drafts(), self._show_drafts)
            self._start(self._session.open_records(), self._show_open)

    def resolve(self, record: ChangeRecord) -> None:
        """Find out what became of a change."""
        if self._session is not None:
            self._start(self._session.resolve(record), self.resolved.emit)

    def _show_drafts(self, drafts: tuple[Draft, ...]) -> None:
        self._drafts = drafts
        self._show()

    def _show_open(self, records: tuple[ChangeRecord, ...]) -> None:
        self._open = records
        self._show()

    def _show(self) -> None:
        self._view.show_waiting(self._drafts, self._open)

    def _discard(self, draft: Draft) -> None:
        if self._session is not None:
            self._start(self._session.drop_draft(draft.person), lambda _: self.refresh())

    def _start(self, work: Coroutine[Any, Any, T], done: Callable[[T], object]) -> None:
        session = self._session

        def show(result: T) -> None:
            if self._session is session:
                done(result)

        self._bridge.start(work, show, self.failed.emit, owner=self)
