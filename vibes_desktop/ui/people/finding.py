"""From the box to the person: one look-up, and what it can end in."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.people.drafts import from_document
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.lookup import Found, LookupResult, NothingFound, Several
from vibes_desktop.people.recognise import Recognised
from vibes_desktop.people.session import PeopleSession, draft_key
from vibes_desktop.storage.drafts import Draft
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.look_up_flow import LookUpFlow
from vibes_desktop.ui.people.results import NobodyFound, SeveralPeople
from vibes_desktop.ui.people.search_bar import SearchBar
from vibes_desktop.ui.people.signed_out_view import SignedOutView
from vibes_desktop.ui.people.start_view import StartView
from vibes_desktop.ui.people.views import Views
from vibes_desktop.ui.privacy import Privacy


class Finding(QObject):
    """Asks for what the box recognised, and shows the choice or the vain where it is no one record."""

    found = Signal(object)  # Found: the one record, or the one chosen of several
    edit_found = Signal(object)  # PersonEdit of a person to be added, from a draft
    add_wanted = Signal(object)  # tuple[Identifier, ...] that were tried in vain
    started = Signal()
    busy = Signal(str, object)
    failed = Signal(object)  # VibesDesktopError

    def __init__(
        self, bridge: Bridge, search: SearchBar, views: Views, privacy: Privacy | None = None
    ) -> None:
        super().__init__(views)
        self._search = search
        self._views = views
        self._session: PeopleSession | None = None
        self.signed_out = SignedOutView()
        self.start = StartView(privacy)
        self.several = SeveralPeople(privacy)
        self.nobody = NobodyFound(privacy)
        for view in (self.signed_out, self.start, self.several, self.nobody):
            views.addWidget(view)
        self._looking = LookUpFlow(bridge, self)
        self._looking.found.connect(self._show)
        self._looking.failed.connect(self._fail)
        self._looking.stopped.connect(views.go_back)
        self._looking.busy.connect(self.busy)
        search.look_up.connect(self._look_up)
        search.refused.connect(self.failed)
        self.several.chosen.connect(self.found)
        self.nobody.add_requested.connect(lambda result: self.add_wanted.emit(result.tried))
        self.start.recents_requested.connect(search.open_recents)
        self.start.draft_opened.connect(self.open_draft)

    def set_session(self, session: PeopleSession | None) -> None:
        """Ask in another profile."""
        self._looking.stop()
        self._session = session
        had_focus = self._views.window().focusWidget() in self.signed_out.findChildren(QWidget)
        self._search.set_phone_region("US" if session is None else session.profile.phone_region)
        self._search.setEnabled(session is not None)
        self._views.show_view(self.home)
        if had_focus and session is not None:
            self._search.edit.setFocus()

    @property
    def home(self) -> QWidget:
        """What is in view while nobody was looked up: without a profile, the ways to one."""
        return self.signed_out if self._session is None else self.start

    def stop(self) -> bool:
        """End the look-up; tells whether there was one."""
        is_running = self._looking.is_running
        self._looking.stop()
        return is_running

    def open_draft(self, draft: Draft) -> None:
        """Open a draft: of a record by reading it again, of a new person as it is."""
        try:
            self.resume(from_document(draft.document))
        except VibesDesktopError as error:
            self.failed.emit(error)

    def resume(self, edit: PersonEdit) -> None:
        """Go back to an edit whose draft is kept."""
        if edit.is_new:
            self.edit_found.emit(edit)
        else:
            self._search.show_identifier(draft_key(edit))
            self._search.submit()

    def _look_up(self, recognised: Recognised) -> None:
        if self._session is None:
            self.failed.emit(InvalidInput("Nobody is signed in", "Choose a profile at the top first."))
            return
        self.started.emit()
        self._views.wait()
        self._looking.start(self._session, recognised)

    def _show(self, result: LookupResult) -> None:
        take_focus = not self._search.is_typed_on
        match result:
            case Found():
                self.found.emit(result)
            case Several(people, notes):
                assert self._session is not None  # noqa: S101 - it was asked
                self._views.show_view(self.several)
                version = self._session.profile.api_version
                self.several.show_people(people, version, notes, take_focus=take_focus)
            case NothingFound():
                self._views.show_view(self.nobody)
                self.nobody.show_tried(result, take_focus=take_focus)

    def _fail(self, error: VibesDesktopError) -> None:
        self._views.go_back()
        self.failed.emit(error)
