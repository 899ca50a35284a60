"""Keeps the edit on disk while it is being made, so that a crash costs a second at most."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.session import PeopleSession, draft_key
from vibes_desktop.ui.bridge import Bridge

DRAFT_AFTER_MS = 400  # of quiet or not: with the write itself, well under a second is ever lost
KEPT = "draft kept"


class DraftKeeper(QObject):
    """Writes edits as their people's drafts; an edit without changes drops it."""

    kept = Signal(str)  # words for the change bar

    def __init__(self, bridge: Bridge, edit: Callable[[], PersonEdit], parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._edit = edit
        self._session: PeopleSession | None = None
        self._is_writing = False
        # What waits for the write under way: of each person the latest, in the session it was made in.
        self._waiting: dict[Identifier, tuple[PeopleSession, PersonEdit]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep_now)

    def set_session(self, session: PeopleSession | None) -> None:
        """Keep drafts in another profile's store from now on."""
        self._timer.stop()
        self._session = session

    def note_change(self) -> None:
        """Write the edit soon. A timer that runs already is left alone: typing on must not put it off."""
        if not self._timer.isActive():
            self._timer.start()

    def forget(self, person: Identifier) -> None:
        """Write nothing more of a person."""
        self._timer.stop()
        self._waiting.pop(person, None)

    def keep_now(self) -> None:
        """Write the edit as it is now."""
        self.keep(self._edit())

    def keep(self, edit: PersonEdit) -> None:
        """Write an edit, or drop its draft where it has no changes; one write at a time, so the last wins."""
        self._timer.stop()
        if self._session is not None:
            self._waiting[draft_key(edit)] = (self._session, edit)
            self._write_next()

    def _write_next(self) -> None:
        if self._is_writing or not self._waiting:
            return
        session, edit = self._waiting.pop(next(iter(self._waiting)))
        self._is_writing = True
        words = KEPT if edit.is_changed else ""
        self._bridge.start(session.keep_draft(edit), lambda _: self._written(words), self._failed, owner=self)

    def _written(self, words: str) -> None:
        self._is_writing = False
        self.kept.emit(words)
        self._write_next()

    def _failed(self, error: VibesDesktopError) -> None:
        self._written(f"draft not kept: {error.title}")
