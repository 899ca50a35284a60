"""Listening in full: the endpoint, who can reach it, what is kept, and rehearsed answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.listening.collection_card import CollectionCard
from vibes_desktop.ui.callbacks.listening.desk import ListeningDesk
from vibes_desktop.ui.callbacks.listening.endpoint_card import EndpointCard
from vibes_desktop.ui.callbacks.listening.notices import ListeningNotices
from vibes_desktop.ui.callbacks.listening.reach_card import ReachCard
from vibes_desktop.ui.callbacks.listening.rehearsal_card import RehearsalCard
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

WIDTH = 820
NOTE = "Answered 200 only once it is on the disk. Nothing is signed: no sender is proven."


class ListeningSheet(SheetDialog):
    """Everything takes effect at once; closing it changes nothing."""

    def __init__(
        self,
        bridge: Bridge,
        desk: ListeningDesk,
        register: Callable[[], object] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Listening", width=WIDTH, parent=parent)
        self.notices = ListeningNotices(desk)
        self.endpoint = EndpointCard(desk, register)
        self.collection = CollectionCard(bridge, desk)
        self.reach = ReachCard(desk)
        self.rehearsal = RehearsalCard(desk)
        for widget in (self.notices, self.endpoint, self.collection, self.reach, self.rehearsal):
            self.add(widget)
        self.set_note(NOTE)
        self.close_button = self.add_button(button("Close", shortcut_hint="Esc", on_click=self.reject))
        self.set_default(self.close_button)
        self.finished.connect(self.deleteLater)
