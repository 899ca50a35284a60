"""Undoing a change: planned against a fresh reading, then reviewed and saved like any other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.model.person import Person
from vibes_desktop.people.beside import changes_of
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.people.undo import UndoPlan, reason_not_to_undo
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone

PLANNING = "Planning the undo"
GO_ON = "Review and save it like any other change."


class UndoFlow(QObject):
    """Plans one undo at a time."""

    planned = Signal(object)  # UndoPlan
    failed = Signal(object)  # VibesDesktopError

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def start(self, session: PeopleSession, record: ChangeRecord) -> None:
        """Plan the undoing of a change."""
        work = session.prepare_undo(record)
        self._bridge.start(work, self.planned.emit, self.failed.emit, title=PLANNING, owner=self)

    def start_last(self, session: PeopleSession, person: Person) -> None:
        """Plan the undoing of a person's newest change that can be undone."""

        def choose(records: tuple[ChangeRecord, ...]) -> None:
            record = next((each for each in records if reason_not_to_undo(each) is None), None)
            if record is not None:
                self.start(session, record)

        self._bridge.start(changes_of(session, person), choose, self.failed.emit, owner=self)


def tell_plan(notice: Notice, plan: UndoPlan) -> None:
    """Say on a notice what an undo brings back, and what it can't."""
    words = [f"{note.field}: {note.words}" for note in (*plan.impossible, *plan.warnings, *plan.notes)]
    if plan.edit.is_changed:
        notice.set_content(Tone.WARN, "This brings back what was there before", [*words, GO_ON])
    else:
        notice.set_content(Tone.NEUTRAL, "Nothing to undo", words)
    notice.show()
