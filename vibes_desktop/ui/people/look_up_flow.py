"""One look-up at a time: a new one ends the former, and the person can end it too."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.people.lookup import LookupResult, look_up
from vibes_desktop.people.recognise import Recognised
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.ui.bridge import Bridge, Task

LOOKING = "Looking the person up"


class LookUpFlow(QObject):
    """Asks the platform for what the box recognised."""

    found = Signal(object)  # LookupResult
    failed = Signal(object)  # VibesDesktopError
    stopped = Signal()  # the person ended it
    busy = Signal(str, object)  # what is going on and a function that cancels it; "" when nothing is

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._task: Task[LookupResult] | None = None

    @property
    def is_running(self) -> bool:
        """Tell whether an answer is due."""
        return self._task is not None

    def start(self, session: PeopleSession, recognised: Recognised) -> None:
        """Look somebody up."""
        if self._task is not None:
            self._task.cancel()
        work = look_up(session.client, recognised)
        self._task = self._bridge.start(work, self._arrived, self._broke, title=LOOKING, owner=self)
        self.busy.emit(LOOKING, self.stop)

    def stop(self) -> None:
        """End the look-up, if there is one."""
        if self._task is not None:
            self._task.cancel()
            self._end()
            self.stopped.emit()

    def _arrived(self, result: LookupResult) -> None:
        self._end()
        self.found.emit(result)

    def _broke(self, error: VibesDesktopError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._task = None
        self.busy.emit("", None)
