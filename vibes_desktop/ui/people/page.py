"""The People page: one box, one record, and the bar for its edits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE
from vibes_desktop.model.heard import HearAbout
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.person import Person
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.outcome import SaveResult
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.people.calls.connecting import connect_calls
from vibes_desktop.ui.people.calls.person_calls import OpenRecord, PersonCalls
from vibes_desktop.ui.people.change_bar import ChangeBar
from vibes_desktop.ui.people.changes import Changes, name_of, nobody
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.field_commands import FieldCommands
from vibes_desktop.ui.people.finding import Finding
from vibes_desktop.ui.people.outcome_notice import notice_of
from vibes_desktop.ui.people.page_note import PageNote
from vibes_desktop.ui.people.payload_question import question_about
from vibes_desktop.ui.people.record_commands import RecordActs, RecordStates, commands_of, fill_menu
from vibes_desktop.ui.people.record_keeper import RecordKeeper
from vibes_desktop.ui.people.record_view import RecordView
from vibes_desktop.ui.people.search_bar import SearchBar
from vibes_desktop.ui.people.tab_order import follow_layout
from vibes_desktop.ui.people.unfinished import UnfinishedWork
from vibes_desktop.ui.people.views import Views
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import Page, PageId
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone

FORGOTTEN = "Values in History, drafts and recent people are erased. The platform's record is as it was."
_FIELD_OF = {IdentifierKind.EXTERNAL_ID: EXTERNAL_ID, IdentifierKind.MDN: MOBILE}


class PeoplePage(Page):
    """Looks people up, shows the record, and hands edits to the flows that save them."""

    activity = Signal(str)  # for the status bar
    busy = Signal(str, object)  # what is going on and a function that cancels it; "" when nothing is

    def __init__(
        self,
        bridge: Bridge,
        navigator: Navigator,
        privacy: Privacy | None = None,
        times: Times | None = None,
    ) -> None:
        super().__init__(PageId.PEOPLE, "People", Icon.PEOPLE)
        self._navigator = navigator
        self._session: PeopleSession | None = None
        privacy = privacy or Privacy(self)
        self.desk = EditDesk(nobody(), self, privacy)
        self.search = SearchBar(privacy=privacy)
        self.problem = Notice(Tone.BAD, "", closable=True, privacy=privacy)
        self.note = PageNote(privacy)
        self.views = Views()
        self._menu = QMenu(self)
        times = times or Times(self)
        self.record = RecordView(self.desk, self._menu, times)
        self.bar = ChangeBar()
        self.finding = Finding(bridge, self.search, self.views, privacy)
        self.keeper = RecordKeeper(bridge, self.desk, self.record)
        self.unfinished = UnfinishedWork(bridge, self.finding.start)
        self.changes = Changes(bridge, self, self.desk, self.record, self.keeper, self.note)
        self._fields = FieldCommands(self.desk, self.record, self.keeper)
        open_record = OpenRecord(
            person=lambda: self.keeper.person,
            is_open=lambda: self._shows_record and not self.desk.edit.is_new,
            can_change=lambda: self.changes.can_change,
            is_edited=lambda: self.desk.edit.is_changed,
        )
        self.calls = PersonCalls(bridge, self, open_record, self.note, privacy, times)
        self._acts = self._make_acts()
        self._states = self._make_states()
        self._build()
        self._connect_finding()
        self._connect_record()

    def set_session(self, session: PeopleSession | None, *, is_locked: bool = False) -> None:
        """Work in another profile; the edit under way is kept as a draft of the former."""
        self.keeper.set_session(session, nobody(session))
        self.changes.set_session(session)
        self.calls.set_session(session)
        self._session = session
        if session is not None:
            self.record.identity.set_phone_region(session.profile.phone_region)
        self.unfinished.set_session(session)
        self.finding.set_session(session)
        self.problem.hide()
        self.note.hide()
        self.set_locked(is_locked)

    def set_locked(self, is_locked: bool) -> None:
        """Allow or forbid changes: a production profile is read-only until it is unlocked."""
        self.desk.set_locked(is_locked)
        self._show_bar()

    def look_up(self, text: str) -> None:
        """Look a text up, as if it had been typed."""
        self.search.set_text(text)
        self.search.submit()

    def undo(self, record: ChangeRecord) -> None:
        """Plan the undoing of a change, and lay it on the desk for the usual review."""
        self.changes.undo(record)

    def add_person(self, known: Sequence[Identifier] = ()) -> None:
        """Begin a person to be added, with identifiers that are known already."""
        if self.changes.can_change:
            self._begin(edit_with(nobody(self._session), known))

    def escape(self) -> None:
        """Leave what is going on: a look-up or reading, the drawer, the filter, the edits; one at a time."""
        field_filter = self.record.custom.filter
        if self.finding.stop() or self.keeper.stop_reading() or self.changes.stop_planning():
            return
        if self.record.drawer.side_open:
            self.record.drawer.close_side()
        elif field_filter.hasFocus() and field_filter.text():
            field_filter.clear()
        elif self.bar.is_dirty:
            self.changes.discard()

    def hear_with(self, hear_about: HearAbout) -> None:
        """Let the open callbacks say what they know of a person."""
        self.calls.texted.hear_about = hear_about
        self.keeper.beside.hear_about = hear_about

    def activate(self) -> None:
        """Look again at what other pages may have changed."""
        self.keeper.beside.hear()
        self.keeper.recents.refresh()
        self.unfinished.refresh()

    def initial_focus(self) -> QWidget | None:
        """The box, ready to be typed over; without a profile, the way to one."""
        if self._session is None:
            return self.finding.signed_out
        self.search.edit.selectAll()
        return self.search.edit

    def commands(self) -> Sequence[Command]:
        """The record's commands, then the field's."""
        return (*commands_of(self._acts, self._states), *self.calls.commands(), *self._fields.commands())

    def _make_acts(self) -> RecordActs:
        return RecordActs(
            refresh=self.keeper.refresh,
            review=self.changes.review,
            discard=self.changes.discard,
            escape=self.escape,
            undo_last=self.changes.undo_last,
            forget=self.changes.forget,
            add=self.add_person,
            recents=self.search.open_recents,
            clear_recents=self.keeper.recents.clear,
            search=self._focus_search,
            side=self.record.drawer.toggle,
            person=lambda: self.desk.shown.opened,
            copied=lambda: self.activity.emit(self.desk.privacy.copied_words),
        )

    def _make_states(self) -> RecordStates:
        return RecordStates(
            is_signed_in=lambda: self._session is not None,
            has_record=lambda: self._shows_record and not self.desk.edit.is_new,
            can_save=lambda: self._shows_record and self.desk.edit.is_changed and self.changes.can_change,
            can_change=lambda: self.changes.can_change,
            is_dirty=lambda: self.bar.is_dirty,
            has_drawer=lambda: self._shows_record and self.record.drawer.collapsed,
        )

    def _build(self) -> None:
        self.problem.hide()
        self.views.addWidget(self.record)
        self.calls.fill_menu(self._menu)
        fill_menu(self._menu, self._acts, self._states)
        inner = QVBoxLayout()
        inner.setContentsMargins(24, 16, 24, 0)
        inner.setSpacing(16)
        for widget in (self.search, self.problem, self.note):
            inner.addWidget(widget)
        inner.addWidget(self.views, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inner, 1)
        whole.addWidget(self.bar)
        self.finding.set_session(None)
        follow_layout(self)

    def _connect_finding(self) -> None:
        self.finding.started.connect(self.problem.hide)
        self.finding.found.connect(lambda found: self._open(found.person, found.milliseconds))
        self.finding.edit_found.connect(self._begin)
        self.finding.add_wanted.connect(self.add_person)
        self.finding.failed.connect(self.problem.show_problem)
        self.finding.busy.connect(self.busy)
        self.search.clear_recents_requested.connect(self.keeper.recents.clear)
        self.views.shown.connect(self._on_shown)
        self.unfinished.failed.connect(self.problem.show_problem)
        self.unfinished.resolved.connect(self._on_resolved)

    def _connect_record(self) -> None:
        keeper, changes, record = self.keeper, self.changes, self.record
        self.desk.changed.connect(lambda _: self._show_bar())
        self._fields.told.connect(self.activity)
        self.bar.review_requested.connect(changes.review)
        self.bar.discard_requested.connect(changes.discard)
        keeper.clock.words.connect(self.activity)
        keeper.draft_words.connect(self.bar.set_draft_words)
        keeper.recents.read.connect(self.search.set_recents)
        keeper.left.connect(self._on_left)
        keeper.forgotten.connect(lambda: self.note.tell("Forgotten on this computer", FORGOTTEN))
        keeper.busy.connect(self.busy)
        keeper.failed.connect(self.problem.show_problem)
        changes.began.connect(self.problem.hide)
        changes.record_wanted.connect(lambda: self.views.show_view(record))
        changes.start_wanted.connect(self._leave_record)
        changes.open_requested.connect(self._open)
        changes.ended.connect(self.unfinished.refresh)
        changes.busy.connect(self.busy)
        changes.failed.connect(self.problem.show_problem)
        record.met.open_requested.connect(self._open)
        record.identity.add_wanted.connect(self.add_person)
        record.notice.undo_requested.connect(changes.undo)
        record.notice.look_requested.connect(self.unfinished.resolve)
        record.heading.refresh_requested.connect(keeper.refresh)
        record.side.undo_requested.connect(changes.undo)
        record.side.callbacks_requested.connect(self._show_payloads)
        record.side.history_requested.connect(lambda: self._navigator.show_page(PageId.HISTORY))
        connect_calls(self.calls, record)
        self.calls.read_again.connect(keeper.refresh)
        self.calls.open_requested.connect(self._open)
        self.calls.failed.connect(self.problem.show_problem)
        self.calls.texted.told.connect(self.activity)

    def _show_payloads(self) -> None:
        self._navigator.show_payloads(question_about(self.keeper.person))

    @property
    def _shows_record(self) -> bool:
        return self.views.currentWidget() is self.record

    def _open(self, person: Person, milliseconds: int = 0) -> None:
        self.changes.begin()
        self.views.show_view(self.record)
        # The cursor stays in the box, its text selected: typing on looks for the next, and changes nobody.
        if not self.search.is_typed_on:
            self._focus_search()
        self.keeper.open(person, milliseconds)
        self.calls.opened(person)

    def _begin(self, edit: PersonEdit) -> None:
        """Go on with a person to be added."""
        self.changes.begin()
        self.keeper.begin(edit)
        self.views.show_view(self.record)
        self.record.focus_first()

    def _leave_record(self) -> None:
        self.search.set_text("")
        self.views.show_view(self.finding.home)
        self._focus_search()

    def _focus_search(self) -> None:
        edit = self.search.edit
        edit.setFocus()
        edit.end(False)
        edit.cursorBackward(True, len(edit.text()))  # all, and of a long text the beginning in view

    def _on_left(self, edit: PersonEdit) -> None:
        words = f"The edits of {name_of(edit)} were not sent."
        self.note.tell("Kept as a draft", words, "Go back to them", lambda: self.finding.resume(edit))

    def _on_resolved(self, result: SaveResult) -> None:
        if self.changes.show_resolved(result):
            return
        target = result.record.intention.target
        if self._shows_record and target is not None and target == self.keeper.person.best_identifier:
            self.record.notice.tell_result(result)
            self.keeper.beside.load_again()
        else:
            words = notice_of(result)
            self.problem.set_content(words.tone, words.title, words.sentences)
            self.problem.show()
        self.unfinished.refresh()

    def _on_shown(self) -> None:
        self.keeper.clock.show(in_view=self._shows_record)
        if self.views.currentWidget() is self.finding.start:
            self.unfinished.refresh()
        self._show_bar()

    def _show_bar(self) -> None:
        self.record.side.subscriptions.set_can_change(self.changes.can_change)
        self.bar.show_edit(
            self.desk.edit, is_locked=self.desk.is_locked, is_masked=self.desk.privacy.is_masking
        )
        if not self._shows_record:
            self.bar.hide()


def edit_with(edit: PersonEdit, known: Sequence[Identifier]) -> PersonEdit:
    """Prefill a person to be added; what was taken for a number is not taken for an ID as well."""
    for identifier in known:
        name = _FIELD_OF.get(identifier.kind)
        if name is not None and name not in edit.entries and not _is_number_of(edit, identifier):
            edit = edit.set(name, identifier.value)
    return edit


def _is_number_of(edit: PersonEdit, identifier: Identifier) -> bool:
    """Tell whether an external ID is the text that was taken for the number already."""
    number = edit.entries.get(MOBILE)
    digits = "".join(character for character in identifier.value if character.isdigit())
    is_digits = not any(character.isalpha() for character in identifier.value)
    return isinstance(number, str) and bool(digits) and is_digits and number.endswith(digits)
