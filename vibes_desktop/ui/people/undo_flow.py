"""Undoing a change: planned against a fresh reading, then reviewed and saved like any other."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.model.person import Person
from vibes_desktop.people.beside import changes_of
from vibes_desktop.people.display import visible
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.people.undo import UndoPlan, reason_not_to_undo
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.people.outcome_notice import OutcomeNotice
from vibes_desktop.ui.widgets.pill import Tone

T = TypeVar("T")

PLANNING = "Planning the undo"
GO_ON = "Review and save it like any other change."
NOTHING_MADE_HERE = "No change of this person was made on this computer, in this profile."


class UndoFlow(QObject):
    """Plans one undo at a time."""

    planned = Signal(object)  # UndoPlan
    failed = Signal(object)  # VibesDesktopError
    busy = Signal(str, object)  # what is going on and a function that cancels it; "" when nothing is

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._task: Task[Any] | None = None

    def start(self, session: PeopleSession, record: ChangeRecord) -> None:
        """Plan the undoing of a change."""
        self._run(session.prepare_undo(record), self.planned.emit)

    def start_last(self, session: PeopleSession, person: Person) -> None:
        """Plan the undoing of a person's newest change that can be undone; say why where there is none."""

        def choose(records: tuple[ChangeRecord, ...]) -> None:
            record = next((each for each in records if reason_not_to_undo(each) is None), None)
            if record is not None:
                self.start(session, record)
                return
            reason = reason_not_to_undo(records[0]) if records else None
            self.failed.emit(InvalidInput("There is nothing to undo", reason or NOTHING_MADE_HERE))

        self._run(changes_of(session, person), choose)

    def stop(self) -> bool:
        """End the planning; tells whether there was one."""
        if self._task is None:
            return False
        self._task.cancel()
        self._end()
        return True

    def _run(self, work: Coroutine[Any, Any, T], done: Callable[[T], object]) -> None:
        self.stop()

        def arrived(result: T) -> None:
            self._end()
            done(result)

        def broke(error: VibesDesktopError) -> None:
            self._end()
            self.failed.emit(error)

        self._task = self._bridge.start(work, arrived, broke, title=PLANNING, owner=self)
        self.busy.emit(PLANNING, self.stop)

    def _end(self) -> None:
        self._task = None
        self.busy.emit("", None)


def tell_plan(notice: OutcomeNotice, plan: UndoPlan) -> None:
    """Say on a notice what an undo brings back, and what it can't."""
    told = (*plan.impossible, *plan.warnings, *plan.notes)
    words = [f"{visible(note.field.name)}: {note.words}" for note in told]
    if plan.edit.is_changed:
        notice.tell(Tone.WARN, "This brings back what was there before", *words, GO_ON)
    else:
        notice.tell(Tone.NEUTRAL, "Nothing to undo", *words)
