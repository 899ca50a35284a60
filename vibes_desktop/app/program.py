"""What fills the frame once it was painted, until its end.

The bars come before the pages, whose modules take longer to import than all else: a thread imports
them once the bars were painted.
"""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication

from vibes_desktop.app.window_memory import WindowMemory
from vibes_desktop.app.wish import Wish
from vibes_desktop.storage.folders import Folders
from vibes_desktop.storage.policy_file import PolicyReading
from vibes_desktop.storage.settings import SettingsFile
from vibes_desktop.storage.settings_keeper import SettingsKeeper
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.shell.collector import Collector
from vibes_desktop.ui.shell.commands import CommandRegistry
from vibes_desktop.ui.shell.frame import Frame
from vibes_desktop.ui.shell.lazy_page import LazyPage
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import PageId
from vibes_desktop.ui.shell.top_bar import ProfileActions
from vibes_desktop.ui.shell.window import MainWindow
from vibes_desktop.ui.shell.window_state import restore_state, save_state
from vibes_desktop.ui.theme import Appearance, ThemeKeeper
from vibes_desktop.vibes.redaction import KnownSecrets

if TYPE_CHECKING:
    from vibes_desktop.app.workplace import Workplace
    from vibes_desktop.storage.desk import Desk

PAGES = (
    (PageId.PEOPLE, "People", Icon.PEOPLE),
    (PageId.CALLBACKS, "Callbacks", Icon.CALLBACKS),
    (PageId.HISTORY, "History", Icon.HISTORY),
    (PageId.SETTINGS, "Settings", Icon.SETTINGS),
)
IMPORTED_LAST = (
    "vibes_desktop.app.workplace",
    "vibes_desktop.vibes.tls",
    "vibes_desktop.vibes.wire",
    "phonenumbers",
)
SWITCH_SECONDS = 0.0005  # Python's own 5 ms, for each of several busy threads, is a pause that is felt


class Program(QObject):
    """Fills the frame with the bars, then with the pages."""

    ready = Signal()  # the pages are there
    _prepared = Signal(object)  # the Desk

    def __init__(
        self,
        app: QApplication,
        frame: Frame,
        folders: Folders,
        known_secrets: KnownSecrets,
        policy: PolicyReading | None = None,
    ) -> None:
        super().__init__(app)
        self._collector = Collector(self)
        sys.setswitchinterval(SWITCH_SECONDS)
        self.frame = frame
        self._folders = folders
        self._known_secrets = known_secrets
        self._policy = policy or PolicyReading()
        self.settings = SettingsKeeper(SettingsFile(folders.settings_file), self._policy.policy)
        self.themes = ThemeKeeper(app, Appearance(self.settings.settings.theme.value))
        self._memory = WindowMemory(self.settings)
        self._registry = CommandRegistry()
        self._navigator = Navigator()
        self._wishes: list[Wish] = []
        self._is_open = False
        self.workplace: Workplace | None = None
        self._pages = {page_id: LazyPage(page_id, title, icon) for page_id, title, icon in PAGES}
        actions = ProfileActions(
            on_switch=lambda profile_id: self._at_work(lambda place: place.use_profile(profile_id)),
            on_manage=lambda: self._navigator.show_page(PageId.SETTINGS),
            on_unlock=lambda: self._at_work(lambda place: place.set_locked(is_locked=False)),
            on_lock=lambda: self._at_work(lambda place: place.set_locked(is_locked=True)),
        )
        self.window = MainWindow(list(self._pages.values()), self._registry, self._navigator, actions)
        self._prepared.connect(self._move_in)

    def start(self, wish: Wish) -> None:
        """Show the bars; everything else follows their first paint."""
        self._wishes.append(wish)
        restore_state(self.window, self._memory)
        self.frame.closing.connect(self._remember)
        self.window.installEventFilter(self)
        self.frame.hold(self.window)
        self.window.current_page.setFocus()  # on behalf of its content, which is not there yet

    def fulfil(self, wish: Wish) -> None:
        """Do what a second start asked for, in this window."""
        self.frame.bring_to_front()
        self._wishes.append(wish)
        if self._is_open:
            self._fulfil_wishes()

    def stop(self) -> None:
        """End what runs, and close the files."""
        place, self.workplace = self.workplace, None
        if place is not None:
            place.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin the imports once the bars were painted."""
        if watched is self.window and event.type() is QEvent.Type.Paint:
            self.window.removeEventFilter(self)
            threading.Thread(target=self._prepare, name="prepare", daemon=True).start()
        return super().eventFilter(watched, event)

    def _prepare(self) -> None:
        """Do in a thread what the pages need and what takes long: imports, and opening the record store."""
        for name in IMPORTED_LAST:
            importlib.import_module(name)
        from vibes_desktop.storage.desk import Desk

        self._prepared.emit(Desk.open_somehow(self._folders.desk_file))

    def _move_in(self, desk: Desk) -> None:
        from vibes_desktop.app.workplace import Workplace

        shell = (self.window, self._pages, self._navigator)
        place = Workplace(
            *shell, self.settings, self.themes, self._folders, desk, self._memory, self._known_secrets
        )
        self.workplace = place
        place.policy_notes = self._policy.notes
        place.ready.connect(self._open_up)

    def _open_up(self) -> None:
        self._is_open = True
        self._collector.settle()
        self.ready.emit()
        self._fulfil_wishes()

    def _fulfil_wishes(self) -> None:
        wishes, self._wishes = self._wishes, []
        if self.workplace is not None:
            for wish in wishes:
                self.workplace.fulfil(in_sandbox=wish.in_sandbox, person=wish.person, files=wish.files)

    def _at_work(self, act: Callable[[Workplace], None]) -> None:
        if self.workplace is not None and self._is_open:
            act(self.workplace)

    def _remember(self) -> None:
        save_state(self.window, self._memory)
        self._memory.save()
