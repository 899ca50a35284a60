"""The record that is open: lays it on the desk, keeps its draft, and reads what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.fields import FieldKind, FieldRef
from vibes_desktop.model.person import Person
from vibes_desktop.people.catalogue import Specs
from vibes_desktop.people.dates import moment_words
from vibes_desktop.people.drafts import from_document
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.session import PeopleSession, draft_key
from vibes_desktop.storage.drafts import Draft
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.people.draft_keeper import DraftKeeper
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.reading_clock import ReadingClock
from vibes_desktop.ui.people.recent_people import RecentPeople
from vibes_desktop.ui.people.record_view import RecordView
from vibes_desktop.ui.people.side_loader import SideLoader
from vibes_desktop.ui.widgets.pill import Tone

T = TypeVar("T")

READING = "Reading the record again"
NOT_SENT = "They were not sent. Compare them with the record, then review and save, or discard them."


class RecordKeeper(QObject):
    """Opens one record after another; everything it reads arrives after the record is on screen."""

    draft_words = Signal(str)
    left = Signal(object)  # the PersonEdit that was left with unsaved changes; its draft is kept
    forgotten = Signal()
    busy = Signal(str, object)  # what is going on and a function that cancels it; "" when nothing is
    failed = Signal(object)  # VibesDesktopError that concerns the page

    def __init__(self, bridge: Bridge, desk: EditDesk, view: RecordView) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._desk = desk
        self._view = view
        self._session: PeopleSession | None = None
        self._specs: Specs = ()
        self._reading: Task[Person] | None = None
        self.clock = ReadingClock(self)
        self.recents = RecentPeople(bridge, self)
        self.recents.failed.connect(self.failed)
        self.beside = SideLoader(bridge, view.heading, view.side)
        self._drafts = DraftKeeper(bridge, lambda: desk.edit, self)
        self._drafts.kept.connect(self.draft_words)
        desk.changed.connect(self._on_changed)

    @property
    def specs(self) -> Specs:
        """The profile's catalogue of fields."""
        return self._specs

    @property
    def person(self) -> Person:
        """The record as it was read."""
        return self._desk.edit.opened

    def set_session(self, session: PeopleSession | None, nobody: PersonEdit) -> None:
        """Close the record; the next is another profile's."""
        self._leave()
        self._close(nobody)
        self._drafts.set_session(session)
        self.beside.stop()
        self.recents.set_session(session)
        self._session = session
        self._specs = ()
        if session is not None:
            self._start(session.catalogue(), self._take_specs)

    def open(self, person: Person, milliseconds: int = 0) -> None:
        """Show a record that was read just now, and then what belongs to it.

        Unsaved edits of the same person stay on top of it; those of another are kept as a draft.
        """
        session, edit = self._session, self._desk.edit
        if session is None:
            return
        fresh = PersonEdit(person, session.profile.api_version)
        is_same = edit.is_changed and not edit.is_new and draft_key(edit) == draft_key(fresh)
        if not is_same:
            self._leave()
        self._show(session, edit.on(person) if is_same else fresh, milliseconds)
        if not is_same:
            self._start(session.drafts(), self._offer_draft)

    def begin(self, edit: PersonEdit) -> None:
        """Lay down an edit that was not read just now: of a person to be added, say."""
        self._leave()
        self.beside.clear()
        self._view.use_specs(self._specs)
        self._desk.lay_down(edit)
        self.clock.stop()
        self._view.scroll_to_top()
        if edit.is_changed:
            self._drafts.note_change()

    def settle(self, person: Person) -> None:
        """After a save: show the record as read back, without edits; the draft is dropped."""
        session = self._session
        if session is not None:
            self._drafts.keep(self._desk.edit.revert_all())
            self._show(session, PersonEdit(person, session.profile.api_version))

    def rebase(self, person: Person) -> None:
        """Show a newer reading of the open record under the edits."""
        if self._session is not None:
            self._show(self._session, self._desk.edit.on(person))

    def keep_draft_now(self) -> None:
        """Write the draft at once: the program is about to be left."""
        if self._desk.edit.is_changed:
            self._drafts.keep_now()

    def take(self, edit: PersonEdit) -> None:
        """Replace the edit by one made elsewhere: in the review, or by taking a discard back."""
        if edit != self._desk.edit:
            self._desk.lay_down(edit)
            self._drafts.note_change()

    def discard(self) -> PersonEdit:
        """Forget every edit, and the draft; returns what was discarded."""
        edit = self._desk.edit
        self._desk.revert_all()
        self._drafts.keep_now()
        return edit

    def refresh(self) -> None:
        """Read the record again; edits stay on top of it."""
        session, edit = self._session, self._desk.edit
        if session is None or edit.is_new or self._reading is not None:
            return

        def show(fresh: Person) -> None:
            self._end_reading()
            if self.person is edit.opened:
                self._show(session, self._desk.edit.on(fresh))

        def fail(error: VibesDesktopError) -> None:
            self._end_reading()
            self.failed.emit(error)

        work = session.reread(edit.opened)
        self._reading = self._bridge.start(work, show, fail, title=READING, owner=self)
        self.busy.emit(READING, self.stop_reading)

    def stop_reading(self) -> bool:
        """End the refresh; tells whether there was one."""
        if self._reading is None:
            return False
        self._reading.cancel()
        self._end_reading()
        return True

    def forget(self, nobody: PersonEdit) -> None:
        """Forget the person on this computer: history values, drafts, recents; the record is closed."""
        session, person = self._session, self.person
        if session is None:
            return

        def tell(_: None) -> None:
            self.recents.refresh()
            self.forgotten.emit()

        self._drafts.forget(draft_key(self._desk.edit))
        self._close(nobody)
        self._start(session.forget(person), tell)

    def set_kind(self, name: FieldRef, kind: FieldKind) -> None:
        """Let a field have another editor from now on."""

        def show(specs: Specs) -> None:
            self._specs = specs
            self._view.use_specs(specs)
            self._view.show_record()
            self._view.focus_field(name)

        if self._session is not None:
            self._start(self._session.set_kind(name.name, kind), show)

    def _show(self, session: PeopleSession, edit: PersonEdit, milliseconds: int = 0) -> None:
        is_other = not edit.opened.is_same_person(self.person)
        self._view.use_specs(self._specs)
        self._desk.lay_down(edit)
        if is_other:
            self._view.scroll_to_top()
            self.beside.clear()
        self.clock.start(milliseconds)
        QTimer.singleShot(0, self, lambda: self._read_more(session, edit.opened))

    def _leave(self) -> None:
        """Keep the draft of the record that is left."""
        self.stop_reading()
        edit = self._desk.edit
        if edit.is_changed and not self._desk.is_locked:
            self._drafts.keep_now()
            self.left.emit(edit)

    def _close(self, nobody: PersonEdit) -> None:
        self._desk.lay_down(nobody)
        self.clock.stop()

    def _read_more(self, session: PeopleSession, person: Person) -> None:
        if self._session is session and self.person is person:
            self.beside.load(session, person)
            self._start(session.learn(person), self._take_specs)
            self.recents.note(person)

    def _offer_draft(self, drafts: tuple[Draft, ...]) -> None:
        """Lay a kept draft over the fresh record, where it can be compared; it is never sent by itself."""
        edit = self._desk.edit
        draft = next((each for each in drafts if each.person == draft_key(edit)), None)
        if draft is None or edit.is_new:
            return
        try:
            kept = from_document(draft.document).on(edit.opened)
        except VibesDesktopError as error:
            self.failed.emit(error)
            return
        if not kept.is_changed:  # the platform holds all of it already
            self._drafts.keep_now()
            return
        self._desk.lay_down(replace(kept, entries={**kept.entries, **edit.entries}))
        self._view.notice.tell(Tone.WARN, f"Your unsaved edits of {moment_words(draft.saved_at)}", NOT_SENT)

    def _take_specs(self, specs: Specs) -> None:
        self._specs = specs

    def _on_changed(self, name: FieldRef | None) -> None:
        if name is not None:
            self._drafts.note_change()

    def _end_reading(self) -> None:
        self._reading = None
        self.busy.emit("", None)

    def _start(self, work: Coroutine[Any, Any, T], done: Callable[[T], object]) -> None:
        self._bridge.start(work, done, self.failed.emit, owner=self)
