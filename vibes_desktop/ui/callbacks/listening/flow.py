"""The page's side of listening: the button in the bar, the notices, the sheet, the commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.listening.deliver_sheet import DeliverSheet, open_deliver_sheet
from vibes_desktop.ui.callbacks.listening.desk import ListeningDesk
from vibes_desktop.ui.callbacks.listening.listen_button import ListenButton
from vibes_desktop.ui.callbacks.listening.notices import ListeningNotices
from vibes_desktop.ui.callbacks.listening.sheet import ListeningSheet
from vibes_desktop.ui.callbacks.listening.words import status_bar_words
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.page import PageId

Register = Callable[[str, QWidget], object]  # opens the registrations, for an address and over a window


class ListeningFlow(QObject):
    """Puts the parts together. `register` gives the way to the registrations; None: nobody is signed in."""

    told = Signal(str)  # for the status bar

    def __init__(
        self, bridge: Bridge, desk: ListeningDesk, register: Callable[[], Register | None], page: QWidget
    ) -> None:
        super().__init__(page)
        self._bridge = bridge
        self._desk = desk
        self._register = register
        self._page = page
        self.button = ListenButton(desk)
        self.notices = ListeningNotices(desk)
        self.button.more.clicked.connect(self.open_sheet)
        desk.changed.connect(lambda: self.told.emit(status_bar_words(desk.status)))

    def commands(self) -> Sequence[Command]:
        """Give what the page can be told to do."""
        desk, page = self._desk, PageId.CALLBACKS

        def may_start() -> bool:
            return desk.is_allowed and not desk.is_listening

        return (
            Command("listen.start", "Listen for callbacks", desk.start, "", may_start, page),
            Command("listen.stop", "Stop listening", desk.stop, "", lambda: desk.is_listening, page),
            Command("listen.sheet", "Listening in full…", self.open_sheet, "F9", page=page),
            Command("listen.show", "Show what was received", desk.show_collection, page=page),
            Command("listen.deliver", "Deliver again…", self.deliver_again, "", self._has_rows, page),
        )

    def deliver_again(self) -> DeliverSheet:
        """Ask what to deliver again, and where to."""
        return open_deliver_sheet(self._desk.viewer, self._page.window())

    def open_sheet(self) -> ListeningSheet:
        """Show everything about listening."""
        self._desk.prepare()
        open_registrations = self._register()

        def register() -> None:
            if open_registrations is not None:
                sheet.accept()
                open_registrations(self._desk.status.address or "", self._page.window())

        has_way = open_registrations is not None
        sheet = ListeningSheet(self._bridge, self._desk, register if has_way else None, self._page.window())
        sheet.open()
        return sheet

    def _has_rows(self) -> bool:
        return len(self._desk.viewer.rows) > 0 or self._desk.viewer.current is not None
