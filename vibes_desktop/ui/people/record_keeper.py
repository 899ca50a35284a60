"""The record that is open: lays it on the desk, keeps its draft, and reads what stands beside it."""

from __future__ import annotations

import time

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
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.draft_keeper import DraftKeeper
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.record_view import RecordView
from vibes_desktop.ui.people.side_loader import SideLoader
from vibes_desktop.ui.widgets.pill import Tone

READING = "Reading the record again"
TICK_MS = 1_000
SECONDS_IN_WORDS = 90  # after that, minutes


class RecordKeeper(QObject):
    """Opens one record after another; everything it reads arrives after the record is on screen."""

    activity = Signal(str)  # "Read 2 s ago · 84 ms"
    draft_words = Signal(str)
    recents_read = Signal(object)  # tuple[Identifier, ...]
    forgotten = Signal()
    failed = Signal(object)  # VibesDesktopError that concerns the page

    def __init__(self, bridge: Bridge, desk: EditDesk, view: RecordView) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._desk = desk
        self._view = view
        self._session: PeopleSession | None = None
        self._specs: Specs = ()
        self._read_at: float | None = None
        self._milliseconds = 0
        self._side = SideLoader(bridge, view.heading, view.side)
        self._drafts = DraftKeeper(bridge, lambda: desk.edit, self)
        self._drafts.kept.connect(self.draft_words)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._tell)
        desk.changed.connect(self._on_changed)

    @property
    def specs(self) -> Specs:
        """The profile's catalogue of fields."""
        return self._specs

    @property
    def person(self) -> Person:
        """The record as it was read."""
        return self._desk.edit.opened

    def set_session(self, session: PeopleSession | None) -> None:
        """Close the record; the next is another profile's."""
        self._drafts.set_session(session)
        self._side.stop()
        self._session = session
        self._specs = ()
        self._read_at = None
        self._tick.stop()
        self.activity.emit("")
        if session is not None:
            self._bridge.start(session.catalogue(), self._take_specs, self.failed.emit, owner=self)
            self._read_recents(session)

    def open(self, person: Person, milliseconds: int | None = None) -> None:
        """Show a record that was read just now, and then what belongs to it."""
        session = self._session
        if session is None:
            return
        self.lay_down(PersonEdit(person, session.profile.api_version))
        self._read_at = time.monotonic()
        self._milliseconds = milliseconds or 0
        self._tell()
        self._tick.start()
        QTimer.singleShot(0, self, lambda: self._read_more(session, person))

    def lay_down(self, edit: PersonEdit) -> None:
        """Show an edit."""
        self._view.use_specs(self._specs)
        self._desk.lay_down(edit)

    def settle(self, person: Person | None) -> None:
        """After a save: show the record as read back, without edits; None keeps it as it was opened."""
        edit = self._desk.edit
        self.open(person if person is not None else edit.opened)
        self._drafts.keep_now()

    def keep_draft_now(self) -> None:
        """Write the draft at once: the program or the record is about to be left."""
        if self._desk.edit.is_changed:
            self._drafts.keep_now()

    def discard(self) -> None:
        """Forget every edit, and the draft."""
        self._desk.revert_all()
        self._drafts.keep_now()

    def refresh(self) -> None:
        """Read the record again; edits stay on top of it."""
        session, edit = self._session, self._desk.edit
        if session is None or edit.is_new:
            return

        def show(fresh: Person) -> None:
            self.open(fresh)
            self._desk.lay_down(edit.on(fresh))

        self._bridge.start(session.reread(edit.opened), show, self.failed.emit, title=READING, owner=self)

    def forget(self) -> None:
        """Forget the person on this computer: history values, drafts, recents."""
        if self._session is not None:
            work = self._session.forget(self.person)
            self._bridge.start(work, lambda _: self.forgotten.emit(), self.failed.emit, owner=self)

    def set_kind(self, name: str, kind: FieldKind) -> None:
        """Let a field have another editor from now on."""
        if self._session is not None:
            self._bridge.start(
                self._session.set_kind(name, kind), self._show_specs, self.failed.emit, owner=self
            )

    def _read_more(self, session: PeopleSession, person: Person) -> None:
        if self._session is not session or self.person is not person:
            return
        self._side.load(session, person)
        self._bridge.start(session.drafts(), self._offer_draft, self.failed.emit, owner=self)
        self._bridge.start(session.learn(person), self._take_specs, self.failed.emit, owner=self)
        note = session.opened(person)
        self._bridge.start(note, lambda _: self._read_recents(session), self.failed.emit, owner=self)

    def _read_recents(self, session: PeopleSession) -> None:
        self._bridge.start(session.recents(), self.recents_read.emit, self.failed.emit, owner=self)

    def _offer_draft(self, drafts: tuple[Draft, ...]) -> None:
        """Lay a kept draft over the fresh record, where it can be compared; it is never sent by itself."""
        edit = self._desk.edit
        if edit.is_changed or edit.is_new:
            return
        draft = next((each for each in drafts if each.person == draft_key(edit)), None)
        if draft is None:
            return
        try:
            kept = from_document(draft.document).on(edit.opened)
        except VibesDesktopError as error:
            self.failed.emit(error)
            return
        if kept.is_changed:
            self._desk.lay_down(kept)
            self._view.notice.set_content(
                Tone.WARN,
                f"Your unsaved edits of {moment_words(draft.saved_at)}",
                ["They were not sent. Compare them with the record, then review and save, or discard them."],
            )
            self._view.notice.show()

    def _take_specs(self, specs: Specs) -> None:
        self._specs = specs

    def _show_specs(self, specs: Specs) -> None:
        self._specs = specs
        self.lay_down(self._desk.edit)

    def _on_changed(self, name: FieldRef | None) -> None:
        if name is not None:
            self._drafts.note_change()

    def _tell(self) -> None:
        if self._read_at is None:
            return
        seconds = round(time.monotonic() - self._read_at)
        ago = f"{seconds} s" if seconds < SECONDS_IN_WORDS else f"{seconds // 60} min"
        took = f" · {self._milliseconds:,} ms" if self._milliseconds else ""
        self.activity.emit(f"Read {ago} ago{took}")
