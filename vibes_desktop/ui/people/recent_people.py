"""The people looked up lately in a profile: identifiers alone."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from vibes_desktop.model.person import Person
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.ui.bridge import Bridge


class RecentPeople(QObject):
    """Notes who was opened, and tells the list whenever it has changed."""

    read = Signal(object)  # tuple[Identifier, ...], the latest first
    failed = Signal(object)  # VibesDesktopError

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._session: PeopleSession | None = None

    def set_session(self, session: PeopleSession | None) -> None:
        """Tell another profile's people."""
        self._session = session
        self.read.emit(())
        self.refresh()

    def note(self, person: Person) -> None:
        """Put a person to the top."""
        if self._session is not None:
            self._change(self._session.opened(person))

    def clear(self) -> None:
        """Forget them all."""
        if self._session is not None:
            self._change(self._session.clear_recents())

    def refresh(self) -> None:
        """Read the list."""
        session = self._session
        if session is not None:
            self._bridge.start(session.recents(), self._tell_of(session), self.failed.emit, owner=self)

    def _change(self, work: Coroutine[Any, Any, None]) -> None:
        self._bridge.start(work, lambda _: self.refresh(), self.failed.emit, owner=self)

    def _tell_of(self, session: PeopleSession) -> Callable[[object], None]:
        """Tell a list, unless it is that of a profile which is no longer in use."""

        def tell(people: object) -> None:
            if self._session is session:
                self.read.emit(people)

        return tell
