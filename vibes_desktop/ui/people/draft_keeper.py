"""Keeps the edit on disk while it is being made, so that a crash costs a second at most."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.ui.bridge import Bridge

DRAFT_AFTER_MS = 400  # of quiet or not: with the write itself, well under a second is ever lost


class DraftKeeper(QObject):
    """Writes the current edit as its person's draft; an edit without changes drops it."""

    kept = Signal(str)  # words for the change bar

    def __init__(self, bridge: Bridge, edit: Callable[[], PersonEdit], parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._edit = edit
        self._session: PeopleSession | None = None
        self._is_writing = False
        self._is_due = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep_now)

    def set_session(self, session: PeopleSession | None) -> None:
        """Keep drafts in another profile's store from now on."""
        self._session = session

    def note_change(self) -> None:
        """Write the edit soon. A timer that runs already is left alone: typing on must not put it off."""
        if not self._timer.isActive():
            self._timer.start()

    def keep_now(self) -> None:
        """Write the edit now; one write at a time, so that the last one wins."""
        self._timer.stop()
        if self._session is None:
            return
        if self._is_writing:
            self._is_due = True
            return
        self._is_writing = True
        edit = self._edit()
        self._bridge.start(
            self._session.keep_draft(edit),
            lambda _: self._written("draft kept" if edit.is_changed else ""),
            self._failed,
            owner=self,
        )

    def _written(self, words: str) -> None:
        self._is_writing = False
        self.kept.emit(words)
        if self._is_due:
            self._is_due = False
            self.keep_now()

    def _failed(self, error: VibesDesktopError) -> None:
        self._written(f"draft not kept: {error.title}")
