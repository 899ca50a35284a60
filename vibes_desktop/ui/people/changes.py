"""What is done to the open record: reviewed, saved, added, discarded, undone, forgotten."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.change import ChangeId, ChangeKind, ChangeRecord, Outcome
from vibes_desktop.model.errors import InvalidInput, Refused
from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.display import heading
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.outcome import SaveResult
from vibes_desktop.people.session import PeopleSession, draft_key
from vibes_desktop.people.undo import UndoPlan
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.add_flow import AddFlow
from vibes_desktop.ui.people.change_bar import HOW_TO_UNLOCK
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.forget_sheet import ForgetSheet
from vibes_desktop.ui.people.page_note import PageNote
from vibes_desktop.ui.people.record_keeper import RecordKeeper
from vibes_desktop.ui.people.record_view import RecordView
from vibes_desktop.ui.people.save_flow import SaveFlow
from vibes_desktop.ui.people.undo_flow import UndoFlow, tell_plan
from vibes_desktop.ui.people.words import counted

BRING_BACK = "Bring them back"
_DONE = frozenset({Outcome.VERIFIED, Outcome.DIFFERS})


def nobody(session: PeopleSession | None = None) -> PersonEdit:
    """Make the empty edit that lies on the desk while no record is open, or a person is to be added."""
    return PersonEdit.of_new_person(ApiVersion.V2 if session is None else session.profile.api_version)


class Changes(QObject):
    """Runs the flows on the open record, one at a time, and tells what to show."""

    began = Signal()  # what was said before concerns another record, or other edits
    record_wanted = Signal()  # bring the record into view
    start_wanted = Signal()  # no record is open any more
    open_requested = Signal(object)  # Person who exists already, to be opened instead
    ended = Signal()  # a change came to its end, whatever it was
    busy = Signal(str, object)
    failed = Signal(object)  # VibesDesktopError

    def __init__(
        self,
        bridge: Bridge,
        page: QWidget,
        desk: EditDesk,
        view: RecordView,
        keeper: RecordKeeper,
        note: PageNote,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self._view = view
        self._keeper = keeper
        self._note = note
        self._session: PeopleSession | None = None
        self._undo_of: ChangeId | None = None
        self._undoing = UndoFlow(bridge, self)
        self._saving = SaveFlow(bridge, page)
        self._adding = AddFlow(bridge, page)
        self._undoing.planned.connect(self._show_undo)
        self._undoing.failed.connect(self.failed)
        self._undoing.busy.connect(self.busy)
        self._saving.edit_changed.connect(keeper.take)
        self._saving.finished.connect(self._on_finished)
        self._adding.finished.connect(self._on_finished)
        self._adding.open_requested.connect(self.open_requested)

    @property
    def can_change(self) -> bool:
        """Tell whether anything may be changed at all."""
        return self._session is not None and not self._desk.is_locked

    def set_session(self, session: PeopleSession | None) -> None:
        """Work in another profile."""
        self._undoing.stop()
        self._undo_of = None
        self._session = session

    def begin(self) -> None:
        """Forget what was planned for the former record: another is opened."""
        self._undoing.stop()
        self._undo_of = None
        self._view.notice.hide()
        self._note.hide()
        self.began.emit()

    def review(self) -> None:
        """Open the review of the edit, or of the person to be added."""
        session, edit = self._session, self._desk.edit
        if session is None or not edit.is_changed or self._desk.is_locked:
            return
        for name in edit.problems():  # the bar and the field say what is wrong
            self._view.focus_field(name)
            return
        if edit.is_new:
            self._adding.start(session, session.profile, edit)
        else:
            self._saving.start(session, session.profile, edit, self._undo_of)

    def discard(self) -> None:
        """Forget every edit, with a way back; a person to be added is given up."""
        self.begin()
        edit = self._keeper.discard()
        if edit.is_new:
            self.start_wanted.emit()
        if edit.is_changed:
            words = f"{counted(len(edit.entries), 'edit')} of {name_of(edit)} will not be sent."
            self._note.tell("Discarded", words, BRING_BACK, lambda: self._bring_back(edit))

    def undo(self, record: ChangeRecord) -> None:
        """Plan the undoing of a change, and lay it on the desk for the usual review."""
        if self._session is not None and self._may_undo():
            self._undoing.start(self._session, record)

    def undo_last(self) -> None:
        """Undo the newest change of the open record that can be undone."""
        if self._session is not None and self._may_undo():
            self._undoing.start_last(self._session, self._keeper.person)

    def stop_planning(self) -> bool:
        """End the planning of an undo; tells whether there was one."""
        return self._undoing.stop()

    def forget(self) -> None:
        """Ask, and then forget the person on this computer."""
        sheet = ForgetSheet(name_of(self._desk.shown), self._page.window())
        sheet.accepted.connect(self._forget)
        sheet.open()

    def show_resolved(self, result: SaveResult) -> bool:
        """Show on the record what was found out about a change; tells whether it has a record."""
        edit, person = self._desk.edit, result.person
        is_add = result.record.intention.kind is ChangeKind.ADD
        if person is None:
            return False
        is_open = edit.opened.is_same_person(person) or (edit.is_new and is_add)
        if is_open and result.outcome in _DONE:
            self._keeper.settle(person)
        else:
            self._keeper.open(person)
        self._tell(result)
        return True

    def _forget(self) -> None:
        self.begin()
        self._keeper.forget(nobody(self._session))
        self.start_wanted.emit()

    def _may_undo(self) -> bool:
        """Refuse where it could not be saved, or would put itself over other edits."""
        if self._desk.privacy.is_masking:
            self.failed.emit(InvalidInput("Personal data are hidden", "Show them again, then undo."))
        elif self._desk.is_locked:
            self.failed.emit(InvalidInput("This profile is read-only", HOW_TO_UNLOCK))
        elif self._desk.edit.is_changed:
            advice = "Save or discard them first: undoing is a change of its own."
            self.failed.emit(InvalidInput("There are unsaved edits", advice))
        else:
            return True
        return False

    def _bring_back(self, edit: PersonEdit) -> None:
        if edit.is_new:
            self._keeper.begin(edit)
            self.record_wanted.emit()
            self._view.focus_first()
        elif draft_key(edit) == draft_key(self._desk.edit):
            now = self._desk.edit
            self._keeper.take(edit.on(now.opened))

    def _show_undo(self, plan: UndoPlan) -> None:
        self.begin()
        self._keeper.open(plan.edit.opened)
        self.record_wanted.emit()
        tell_plan(self._view.notice, plan)
        if plan.edit.is_changed:
            self._undo_of = plan.record.id
            self._keeper.take(plan.edit)
            self.review()

    def _on_finished(self, result: SaveResult) -> None:
        """Show what became of a change, on the record it concerns."""
        self._undo_of = None
        if result.person is not None and result.outcome in _DONE:
            self._keeper.settle(result.person)
        elif result.person is not None and not self._desk.edit.is_new:
            self._keeper.rebase(result.person)
        self._tell(result)
        self._view.show_complaints(_complaints(result))
        self._view.met.show_people(result.others, self._desk.edit.version)
        if result.others:
            self._view.met.cards[0].open.setFocus()

    def _tell(self, result: SaveResult) -> None:
        self.record_wanted.emit()
        self._view.notice.tell_result(result)
        self._view.scroll_to_top()
        self.ended.emit()


def name_of(edit: PersonEdit) -> str:
    """Name the person an edit is of, by the platform's values."""
    return "the new person" if edit.is_new else heading(edit.opened, edit.version)


def _complaints(result: SaveResult) -> dict[FieldRef, str]:
    """Collect what the platform said about single fields."""
    if not isinstance(result.error, Refused):
        return {}
    edited = {change.field.name: change.field for change in result.record.intention.changes}
    return {
        edited[each.field]: each.message
        for each in result.error.complaints
        if each.field is not None and each.field in edited
    }
