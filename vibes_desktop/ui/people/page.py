"""The People page: one box, one record, and the bar for its edits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from vibes_desktop.model.change import ChangeId, ChangeRecord, Outcome
from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.drafts import from_document
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.lookup import Found, LookupResult, NothingFound, Several
from vibes_desktop.people.outcome import SaveResult
from vibes_desktop.people.recognise import Recognised
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.people.undo import UndoPlan
from vibes_desktop.storage.drafts import Draft
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.people.add_flow import AddFlow
from vibes_desktop.ui.people.change_bar import ChangeBar
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.field_commands import FieldCommands
from vibes_desktop.ui.people.look_up_flow import LookUpFlow
from vibes_desktop.ui.people.outcome_notice import notice_of
from vibes_desktop.ui.people.record_commands import RecordActs, commands_of, fill_menu
from vibes_desktop.ui.people.record_keeper import RecordKeeper
from vibes_desktop.ui.people.record_view import RecordView
from vibes_desktop.ui.people.results import NobodyFound, SeveralPeople
from vibes_desktop.ui.people.save_flow import SaveFlow
from vibes_desktop.ui.people.search_bar import SearchBar
from vibes_desktop.ui.people.signed_out_view import SignedOutView
from vibes_desktop.ui.people.start_view import StartView
from vibes_desktop.ui.people.undo_flow import UndoFlow, tell_plan
from vibes_desktop.ui.people.unfinished import UnfinishedWork
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import Page, PageId
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.skeleton import Skeleton

LOCKED = "read-only until unlocked"


class PeoplePage(Page):
    """Looks people up, shows the record, and hands edits to the flows that save them."""

    activity = Signal(str)  # for the status bar
    busy = Signal(str, object)  # what is going on and a function that cancels it; "" when nothing is

    def __init__(self, bridge: Bridge, navigator: Navigator) -> None:
        super().__init__(PageId.PEOPLE, "People", Icon.PEOPLE)
        self._bridge = bridge
        self._navigator = navigator
        self._session: PeopleSession | None = None
        self._is_locked = False
        self._undo_of: ChangeId | None = None
        self.desk = EditDesk(PersonEdit.of_new_person(ApiVersion.V2), self)
        self.search = SearchBar()
        self.problem = Notice(Tone.BAD, "", closable=True)
        self.start = StartView()
        self.signed_out = SignedOutView()
        self.several = SeveralPeople()
        self.nobody = NobodyFound()
        self._menu = QMenu(self)
        self.record = RecordView(self.desk, self._menu)
        self.bar = ChangeBar()
        self._loading = Skeleton(10)
        self._views = QStackedWidget()
        self.keeper = RecordKeeper(bridge, self.desk, self.record)
        self._unfinished = UnfinishedWork(bridge, self.start)
        self._looking = LookUpFlow(bridge, self)
        self._undoing = UndoFlow(bridge, self)
        self._saving = SaveFlow(bridge, self)
        self._adding = AddFlow(bridge, self)
        self._fields = FieldCommands(self.desk, self.record, self.keeper)
        self._acts = RecordActs(
            refresh=self.keeper.refresh,
            review=self.review,
            discard=self.discard,
            undo_last=self.undo_last,
            forget=self.keeper.forget,
            add=self.add_person,
            recents=self.search.open_recents,
            search=self.search.setFocus,
        )
        self._build()
        self._connect()

    def set_session(self, session: PeopleSession | None, *, is_locked: bool = False) -> None:
        """Work in another profile; the edit under way is kept as a draft of the former."""
        self.keeper.keep_draft_now()
        self._looking.stop()
        self._session = session
        self.desk.lay_down(PersonEdit.of_new_person(ApiVersion.V2))
        self.keeper.set_session(session)
        self._unfinished.set_session(session)
        region = "US" if session is None else session.profile.phone_region
        self.search.set_phone_region(region)
        self.record.identity.set_phone_region(region)
        self.problem.hide()
        self.search.setEnabled(session is not None)
        self._show(self.signed_out if session is None else self.start)
        self.set_locked(is_locked)

    def set_locked(self, is_locked: bool) -> None:
        """Allow or forbid changes: a production profile is read-only until it is unlocked."""
        self._is_locked = is_locked
        self._show_bar()

    def look_up(self, text: str) -> None:
        """Look a text up, as if it had been typed."""
        self.search.set_text(text)
        self.search.submit()

    def review(self) -> None:
        """Open the review of the edit, or of the person to be added."""
        session, edit = self._session, self.desk.edit
        if session is None or not self._can_save():
            return
        for name, words in edit.problems().items():
            self.record.focus_field(name)
            self.record.notice.set_content(Tone.BAD, f"“{name}” can't be sent", [words])
            self.record.notice.show()
            return
        if edit.is_new:
            self._adding.start(session, session.profile, edit)
        else:
            self._saving.start(session, session.profile, edit, self._undo_of)

    def discard(self) -> None:
        """Forget every edit; a person to be added is given up."""
        self._undo_of = None
        self.record.notice.hide()
        was_new = self.desk.edit.is_new
        self.keeper.discard()
        if was_new:
            self._show(self.start)
            self.search.setFocus()

    def add_person(self, tried: Sequence[Identifier] = ()) -> None:
        """Begin a person to be added, with the identifiers that were looked for in vain."""
        if self._session is None:
            return
        self.keeper.keep_draft_now()
        self._undo_of = None
        edit = PersonEdit.of_new_person(self._session.profile.api_version)
        for identifier in tried:
            field = {IdentifierKind.EXTERNAL_ID: EXTERNAL_ID, IdentifierKind.MDN: MOBILE}.get(identifier.kind)
            if field is not None and not (field == EXTERNAL_ID and MOBILE in edit.entries):
                edit = edit.set(field, identifier.value)
        self.record.notice.hide()
        self.keeper.lay_down(edit)
        self._show(self.record)
        self.record.focus_first()

    def undo(self, record: ChangeRecord) -> None:
        """Plan the undoing of a change, and lay it on the desk for the usual review."""
        if self._session is not None:
            self._undoing.start(self._session, record)

    def undo_last(self) -> None:
        """Undo the newest change of the open record that can be undone."""
        if self._session is not None:
            self._undoing.start_last(self._session, self.keeper.person)

    def initial_focus(self) -> QWidget | None:
        """The box, ready to be typed over; without a profile, the way to one."""
        if self._session is None:
            return self.signed_out
        self.search.edit.selectAll()
        return self.search.edit

    def commands(self) -> Sequence[Command]:
        """The record's commands, then the field's."""
        own = commands_of(
            self._acts,
            has_record=lambda: self._views.currentWidget() is self.record and not self.desk.edit.is_new,
            can_save=self._can_save,
            is_dirty=lambda: self.bar.isVisible(),
        )
        return (*own, *self._fields.commands())

    def _build(self) -> None:
        self.problem.hide()
        for view in (self.signed_out, self.start, self._loading, self.several, self.nobody, self.record):
            self._views.addWidget(view)
        fill_menu(self._menu, self._acts, lambda: self.keeper.person)
        inner = QVBoxLayout()
        inner.setContentsMargins(24, 16, 24, 0)
        inner.setSpacing(16)
        inner.addWidget(self.search)
        inner.addWidget(self.problem)
        inner.addWidget(self._views, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inner, 1)
        whole.addWidget(self.bar)
        self.search.setEnabled(False)
        self._show(self.signed_out)

    def _connect(self) -> None:
        self.search.look_up.connect(self._look_up)
        self.search.refused.connect(self._show_problem)
        self.several.chosen.connect(self._open)
        self.nobody.add_requested.connect(self.add_person)
        self.start.recents_requested.connect(self.search.open_recents)
        self.start.draft_opened.connect(self._open_draft)
        self.desk.changed.connect(lambda _: self._show_bar())
        self.bar.review_requested.connect(self.review)
        self.bar.discard_requested.connect(self.discard)
        self.keeper.activity.connect(self.activity)
        self.keeper.draft_words.connect(self.bar.set_draft_words)
        self.keeper.recents_read.connect(self.search.set_recents)
        self.keeper.forgotten.connect(self._on_forgotten)
        self._looking.found.connect(self._show_result)
        self._looking.failed.connect(self._show_problem)
        self._looking.busy.connect(self.busy)
        self._undoing.planned.connect(self._show_undo)
        self._undoing.failed.connect(self._show_problem)
        self.keeper.failed.connect(self._show_problem)
        self._unfinished.failed.connect(self._show_problem)
        self._unfinished.resolved.connect(self._on_resolved)
        self._saving.edit_changed.connect(self._take_reviewed)
        self._saving.finished.connect(self._on_finished)
        self._adding.finished.connect(self._on_finished)
        self.record.heading.refresh_requested.connect(self.keeper.refresh)
        self.record.side.undo_requested.connect(self.undo)
        self.record.side.callbacks_requested.connect(lambda: self._navigator.show_page(PageId.CALLBACKS))
        self.record.side.history_requested.connect(lambda: self._navigator.show_page(PageId.HISTORY))

    def _look_up(self, recognised: Recognised) -> None:
        if self._session is None:
            self._show_problem(InvalidInput("Nobody is signed in", "Choose a profile at the top first."))
            return
        self.keeper.keep_draft_now()
        self.problem.hide()
        self._looking.start(self._session, recognised)

    def _show_result(self, result: LookupResult) -> None:
        match result:
            case Found():
                self._open(result)
            case Several(people, notes):
                assert self._session is not None  # noqa: S101 - it was asked
                self.several.show_people(people, self._session.profile.api_version, notes)
                self._show(self.several)
            case NothingFound():
                self.nobody.show_tried(result)
                self._show(self.nobody)

    def _open(self, found: Found) -> None:
        self._undo_of = None
        self.record.notice.hide()
        self._show(self.record)
        self.keeper.open(found.person, found.milliseconds)
        # The cursor stays in the box, its text selected: typing on looks for the next, and changes nobody.
        self.search.setFocus()
        self.search.edit.selectAll()

    def _open_draft(self, draft: Draft) -> None:
        """Open a draft: of a record by reading it again, of a new person as it is."""
        try:
            edit = from_document(draft.document)
        except VibesDesktopError as error:
            self._show_problem(error)
            return
        if edit.is_new:
            self.keeper.lay_down(edit)
            self._show(self.record)
            self.record.focus_first()
        else:
            self.search.show_identifier(draft.person)
            self.search.submit()

    def _show_undo(self, plan: UndoPlan) -> None:
        self._show(self.record)
        self.keeper.open(plan.edit.opened)
        self.desk.lay_down(plan.edit)
        self._undo_of = plan.record.id if plan.edit.is_changed else None
        tell_plan(self.record.notice, plan)
        self.review()

    def _take_reviewed(self, edit: PersonEdit) -> None:
        if edit != self.desk.edit:
            self.desk.lay_down(edit)

    def _on_finished(self, result: SaveResult) -> None:
        """Show what became of a change, on the record it concerns."""
        self._undo_of = None
        is_done = result.outcome in {Outcome.VERIFIED, Outcome.DIFFERS}
        if is_done or not self.desk.edit.is_new:
            self._show(self.record)
        if is_done and result.person is not None:
            self.keeper.settle(result.person)
        words = notice_of(result)
        self.record.notice.set_content(words.tone, words.title, words.sentences)
        self.record.notice.show()
        self._unfinished.refresh()

    def _on_resolved(self, result: SaveResult) -> None:
        if result.person is not None:
            self._show(self.record)
            self.keeper.open(result.person)
        words = notice_of(result)
        notice = self.problem if result.person is None else self.record.notice
        notice.set_content(words.tone, words.title, words.sentences)
        notice.show()
        self._unfinished.refresh()

    def _on_forgotten(self) -> None:
        self.record.notice.set_content(
            Tone.OK,
            "Forgotten on this computer",
            ["Values in History, drafts and recent people are erased. The platform's record is as it was."],
        )
        self.record.notice.show()
        self.keeper.open(self.keeper.person)

    def _show_problem(self, error: VibesDesktopError) -> None:
        self.problem.show_problem(error)

    def _show(self, view: QWidget) -> None:
        self._views.setCurrentWidget(view)
        self._show_bar()

    def _show_bar(self) -> None:
        self.bar.show_edit(self.desk.edit)
        self.bar.set_read_only(LOCKED if self._is_locked else "")
        if self._views.currentWidget() is not self.record:
            self.bar.hide()

    def _can_save(self) -> bool:
        return self.bar.isVisible() and not self._is_locked and self.desk.edit.is_changed
