"""What the window is filled with after its first paint: the pages, and the profile in use."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from vibes_desktop.accounts.profiles import SANDBOX_ID, ProfileBook, sandbox_profile
from vibes_desktop.accounts.registering import Registering
from vibes_desktop.accounts.secret_keeper import SecretKeeper, Whereabouts
from vibes_desktop.accounts.sign_in import SignedIn
from vibes_desktop.app.doors import Doors
from vibes_desktop.app.entrance import Entrance, Locks, system_proxy_url
from vibes_desktop.app.hearing import hearer
from vibes_desktop.app.window_memory import switches_from
from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.outcome import SaveResult
from vibes_desktop.people.session import PeopleSession, os_user
from vibes_desktop.runtime import Runtime
from vibes_desktop.storage.captures_endpoint import EndpointFile
from vibes_desktop.storage.captures_folder import CaptureFolder
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.folders import Folders
from vibes_desktop.storage.settings_keeper import SettingsKeeper
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.file_status import FileStatus
from vibes_desktop.ui.callbacks.listening.desk import ListeningDesk
from vibes_desktop.ui.callbacks.listening.flow import ListeningFlow, Register
from vibes_desktop.ui.callbacks.page import CallbacksPage
from vibes_desktop.ui.callbacks.payload.actions import PayloadActions
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.history.actions import HistoryActions
from vibes_desktop.ui.history.page import HistoryPage
from vibes_desktop.ui.people.page import PeoplePage
from vibes_desktop.ui.registrations.desk import RegistrationDesk
from vibes_desktop.ui.registrations.registrations_sheet import open_registrations
from vibes_desktop.ui.settings.page import SettingsCallbacks, SettingsPage, SettingsServices
from vibes_desktop.ui.shell.lazy_page import LazyPage
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import Page, PageId
from vibes_desktop.ui.shell.profile_badge import badge_of
from vibes_desktop.ui.shell.status_bar import StatusSlot, switch_commands
from vibes_desktop.ui.shell.window import MainWindow
from vibes_desktop.ui.shell.window_state import StateStore
from vibes_desktop.ui.theme import ThemeKeeper
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.vibes.redaction import KnownSecrets

SIGNING_IN = "Signing in"
NOT_STARTED = "http://127.0.0.1"
CLOSING_SECONDS = 2.0


class Workplace(QObject):
    """Holds what a signed-in profile works with, and hands it to the pages."""

    ready = Signal()  # every page is there
    signed_in = Signal(object)  # Profile

    history: HistoryPage  # these are there once it is ready
    callbacks: CallbacksPage
    viewer: Viewer
    listening: ListeningDesk
    preferences: SettingsPage
    policy_notes: tuple[str, ...] = ()  # what was found of a policy, and left aside

    def __init__(
        self,
        window: MainWindow,
        pages: Mapping[PageId, LazyPage],
        navigator: Navigator,
        settings: SettingsKeeper,
        themes: ThemeKeeper,
        folders: Folders,
        desk: Desk,
        memory: StateStore,
        known_secrets: KnownSecrets,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._navigator = navigator
        self._settings = settings
        self.runtime = Runtime()
        self.runtime.start()
        self.bridge = Bridge(self.runtime, self)
        self.desk = desk
        self.book = ProfileBook(settings)
        self.secrets = SecretKeeper(known_secrets=known_secrets)
        self._entrance = Entrance(self.book, self.secrets)
        self._signed_in: SignedIn | None = None
        self._locks = Locks()
        self._person: str | None = None
        self._is_receiving = False
        self._pages = pages
        self._memory = memory
        self.privacy, self.times = switches_from(memory, self, settings.policy)
        window.privacy = self.privacy
        self.people = PeoplePage(self.bridge, navigator, self.privacy, self.times)
        self._doors = Doors(navigator, self.people)
        self._move_in(self.people)
        self._make_other_pages(themes, folders)

    def _make_other_pages(self, themes: ThemeKeeper, folders: Folders) -> None:
        """Make one page in each turn of the event loop, so that the window never stands still for long."""

        def history() -> None:
            self.history = HistoryPage(
                self.bridge, self.desk.journal, self._history_actions(), privacy=self.privacy
            )
            self._move_in(self.history)

        panes: list[PayloadPane] = []

        def payloads() -> None:
            self.viewer = Viewer(self.bridge, self.privacy, self.times, KeptIndexes(folders.kept_indexes))
            panes.append(PayloadPane(self.viewer, PayloadActions(open_person=self._doors.open_person)))

        def callbacks() -> None:
            self.callbacks = CallbacksPage(self.viewer, panes.pop(), self._memory)
            self.people.hear_with(hearer(lambda: self.viewer.collection, lambda: not self.viewer.is_opening))
            self._listen_with(folders)
            self._move_in(self.callbacks)

        def settings() -> None:
            self.preferences = SettingsPage(self.bridge, self._services(themes, folders), self._told())
            self._move_in(self.preferences)

        steps = [history, payloads, callbacks, settings, self._open_up]

        def step() -> None:
            steps.pop(0)()
            if steps:
                QTimer.singleShot(0, self, step)

        QTimer.singleShot(0, self, step)

    def _listen_with(self, folders: Folders) -> None:
        """Give the page what receives callbacks."""
        self._is_receiving = True
        self.listening = ListeningDesk(
            self.bridge,
            self.viewer,
            CaptureFolder.of(folders),
            EndpointFile.of(folders),
            is_allowed=self._settings.policy.allows_listening,
            parent=self,
        )
        flow = ListeningFlow(self.bridge, self.listening, self._registrations, self.callbacks)
        flow.told.connect(lambda words: self._window.status.set_text(StatusSlot.LISTENER, words))
        self.callbacks.add_listening(flow)

    def _registrations(self) -> Register | None:
        """Give the way to the registrations of the profile in use."""
        signed_in = self._signed_in
        if signed_in is None:
            return None
        profile = signed_in.profile
        desk = RegistrationDesk(
            Registering(signed_in.client, is_here=profile.is_here),
            profile,
            lambda: self._locks.is_locked(profile),
        )
        return lambda address, window: open_registrations(self.bridge, desk, address, window)

    def _move_in(self, page: Page) -> None:
        lazy = self._pages[page.page_id]
        lazy.hold(page)
        self._window.refresh_page(lazy)

    def _open_up(self) -> None:
        """Begin, now that every page is there."""
        self._connect()
        self._show_profiles()
        self._tell_troubles()
        self._quietly(asyncio.to_thread(self._expire))
        self.ready.emit()

    @property
    def session(self) -> PeopleSession | None:
        """What the signed-in profile works with."""
        if self._signed_in is None:
            return None
        return PeopleSession(self._signed_in.client, self._signed_in.profile, self.desk, os_user())

    def fulfil(self, *, in_sandbox: bool, person: str | None, files: Sequence[str] = ()) -> None:
        """Open files; sign in where nobody is, or to the sandbox; then look somebody up."""
        if files:
            self._navigator.show_page(PageId.CALLBACKS)
            self.callbacks.opening.open(files)
        self._person = person
        current = self.book.current
        if in_sandbox and not self._is_in_use(SANDBOX_ID):
            self.use_profile(SANDBOX_ID)
        elif self._signed_in is None and current is not None:
            self.use_profile(current.id)
        else:
            self._look_up_wanted()

    def use_profile(self, profile_id: ProfileId) -> None:
        """Sign in with a profile; the one in use goes on until that has worked."""
        failed = partial(self._not_signed_in, profile_id)
        self.bridge.start(self._entrance.enter(profile_id), self._take, failed, title=SIGNING_IN, owner=self)

    def set_locked(self, *, is_locked: bool) -> None:
        """Allow or forbid changes to the production profile in use."""
        if self._signed_in is None:
            return
        self._locks.set_locked(self._signed_in.profile, is_locked=is_locked)
        self.people.set_locked(is_locked)
        self._show_profiles()

    def stop(self) -> None:
        """Keep the draft, end what runs, close the connections and the files."""
        if hasattr(self, "viewer"):  # the window may be closed before its pages are there
            self.viewer.close()
        self.bridge.close()
        with contextlib.suppress(TimeoutError, VibesDesktopError):
            self.runtime.submit(self._close(self.people.desk.edit)).result(CLOSING_SECONDS)
        self.runtime.stop()
        self.desk.close()

    async def _close(self, edit: PersonEdit) -> None:
        session = self.session
        if session is not None and edit.is_changed:
            await session.keep_draft(edit)
        if self._is_receiving:
            await self.listening.aclose()
        if self._signed_in is not None:
            await self._signed_in.aclose()
        await self._entrance.close()

    def _take(self, signed_in: SignedIn) -> None:
        """Work with another profile from now on."""
        former, self._signed_in = self._signed_in, signed_in
        profile = signed_in.profile
        if former is not None:
            self._quietly(former.aclose())
        self._hand_out()
        self._tell_troubles()  # a page that begins anew has put the notice away
        self._show_profiles()
        if profile.id != SANDBOX_ID and self.book.current != profile:
            self._quietly(asyncio.to_thread(self._remember, profile.id))
        where = self.secrets.whereabouts(profile)
        self.bridge.start(where, self._show_secrets, lambda _: None, owner=self)
        self.signed_in.emit(profile)
        self._look_up_wanted()

    def _remember(self, profile_id: ProfileId) -> None:
        """Sign in to this profile at the next start, unless it was removed meanwhile."""
        with contextlib.suppress(KeyError):
            self.book.select(profile_id)

    def _leave(self) -> None:
        """Work with no profile."""
        former, self._signed_in = self._signed_in, None
        if former is not None:
            self._quietly(former.aclose())
        self._hand_out()

    def _hand_out(self) -> None:
        """Give the pages what the profile in use works with."""
        session = self.session
        profile = None if session is None else session.profile
        self.people.set_session(session, is_locked=self._locks.is_locked(profile))
        self.preferences.set_profile(profile)

    def _tell_troubles(self) -> None:
        """Say what was wrong with the files at the start: the program goes on."""
        trouble = self._settings.trouble or self.desk.trouble
        if trouble is not None:
            self.people.problem.show_problem(trouble)
        elif self.policy_notes:
            self.people.problem.set_content(
                Tone.WARN, "Your organisation's settings are not in force", self.policy_notes
            )
            self.people.problem.show()

    def _expire(self) -> None:
        days = self._settings.settings.retention_days
        self.desk.expire(datetime.now(UTC) - timedelta(days=days))

    def _not_signed_in(self, profile_id: ProfileId, error: VibesDesktopError) -> None:
        """Say it where something can be done about it: at the profile's field, or on the People page."""
        if isinstance(error, InvalidInput) and error.field and self.book.get(profile_id) is not None:
            self._navigator.show_page(PageId.SETTINGS)
            self.preferences.edit_profile(profile_id, (error,))
        else:
            self._navigator.show_page(PageId.PEOPLE)
            self.people.problem.show_problem(error)

    def _look_up_wanted(self) -> None:
        person, self._person = self._person, None
        if person and self._signed_in is not None:
            self._navigator.open_person(person)

    def _is_in_use(self, profile_id: ProfileId) -> bool:
        return self._signed_in is not None and self._signed_in.profile.id == profile_id

    def _show_profiles(self) -> None:
        """Tell everybody which profiles there are, and which is in use."""
        current = None if self._signed_in is None else self._signed_in.profile
        shown = self.book.profiles if current is None else (*self.book.profiles, current)
        profiles = {profile.id: profile for profile in shown}
        badges = [badge_of(profile, locked=self._locks.state(profile)) for profile in profiles.values()]
        if SANDBOX_ID not in profiles:
            badges.append(badge_of(sandbox_profile(NOT_STARTED, "", "")))
        self._window.set_profiles(badges)
        self._window.set_profile(
            None if current is None else badge_of(current, locked=self._locks.state(current))
        )
        self.history.set_profiles(tuple(profiles.values()), None if current is None else current.id)

    def _show_secrets(self, where: Whereabouts) -> None:
        self._window.status.set_text(StatusSlot.SECRETS, f"Secrets: {where.words}")

    def _show_busy(self, words: str, cancel: Callable[[], object] | None) -> None:
        if words:
            self._window.progress.start(words, cancel)
        else:
            self._window.progress.stop()

    def _connect(self) -> None:
        status = self._window.status
        self.people.activity.connect(lambda words: status.set_text(StatusSlot.ACTIVITY, words))
        self.people.busy.connect(self._show_busy)
        self._navigator.person_wanted.connect(self.people.look_up)
        self._navigator.payloads_wanted.connect(self.callbacks.show_question)
        self.people.finding.signed_out.sandbox_requested.connect(lambda: self.use_profile(SANDBOX_ID))
        self.people.finding.signed_out.profile_requested.connect(
            lambda: self._doors.connect_first(self.preferences)
        )
        status.set_text(StatusSlot.LISTENER, "Listener off")
        status.add_switches(self.privacy, self.times)
        self._window.set_commands("switches", switch_commands(self.privacy, self.times))
        self._files = FileStatus(self.viewer, status)
        self._window.page_shown.connect(self._show_slots)
        self._show_slots(self._window.current_page.page_id)

    def _show_slots(self, page_id: PageId) -> None:
        """Leave out of the status bar what belongs to another page."""
        of_others = (StatusSlot.ACTIVITY, StatusSlot.SECRETS)
        self._window.status.hide_slots(of_others if page_id is PageId.CALLBACKS else (StatusSlot.FILES,))

    def _services(self, themes: ThemeKeeper, folders: Folders) -> SettingsServices:
        return SettingsServices(
            settings=self._settings,
            book=self.book,
            secrets=self.secrets,
            desk=self.desk,
            folders=folders,
            theme=themes,
            system_proxy=system_proxy_url,
            pace=self._entrance.sign_in.pace,
        )

    def _told(self) -> SettingsCallbacks:
        return SettingsCallbacks(
            on_profile_changed=self._profile_changed,
            on_select_profile=self.use_profile,
            on_catalogue_changed=lambda profile_id, _specs: self._renew(profile_id),
            on_forgotten=self._forgotten,
        )

    def _profile_changed(self, profile_id: ProfileId) -> None:
        """A profile was added, changed or removed: one that is in use is signed in to anew."""
        if self._is_in_use(profile_id):
            if self.book.get(profile_id) is None:
                self._leave()
            else:
                self.use_profile(profile_id)
        self._show_profiles()

    def _renew(self, profile_id: ProfileId) -> None:
        if self._is_in_use(profile_id):
            self._hand_out()

    def _forgotten(self) -> None:
        self._hand_out()
        self.history.refresh()

    def _history_actions(self) -> HistoryActions:
        return HistoryActions(self._doors.undo, self._doors.open_person, self._resolve)

    async def _resolve(self, record: ChangeRecord) -> SaveResult:
        session = self.session
        if session is None:
            raise InvalidInput("Nobody is signed in", "Choose a profile at the top first.")
        return await session.resolve(record)

    def _quietly(self, work: Coroutine[Any, Any, object]) -> None:
        """Run something whose failure changes nothing for the person."""
        self.bridge.start(work, lambda _: None, lambda _: None, owner=self)
