"""What the open callbacks say about a person, beside the record: the latest, and the way to all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.heard import Heard, HeardCallback
from vibes_desktop.people.dates import day_words
from vibes_desktop.people.display import visible
from vibes_desktop.ui.people.calls.day import milliseconds
from vibes_desktop.ui.people.lines_card import LinesCard
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.labels import ElidedLabel
from vibes_desktop.ui.widgets.pill import Pill
from vibes_desktop.ui.widgets.plain import set_tooltip

TITLE = "What callbacks say"
NONE_OPEN = "No callbacks are open."
NO_TIME = "no time"
SHOWN = 5


class HeardCard(LinesCard):
    """The latest callbacks first; what a callback says of the person is read on its own page."""

    callbacks_requested = Signal()

    def __init__(self, times: Times) -> None:
        super().__init__(TITLE)
        self._times = times
        self._heard: Heard | None = None
        times.changed.connect(lambda: self.show_heard(self._heard))
        self.show_heard(None)

    def show_heard(self, heard: Heard | None) -> None:
        """Show what was heard; None: no callbacks are open."""
        self._heard = heard
        self.clear()
        if heard is None:
            self.add_words(NONE_OPEN)
            self.add_link("Open Callbacks →", self.callbacks_requested.emit)
            return
        for each in reversed(heard.callbacks[-SHOWN:]):
            self._add(each)
        if not heard.callbacks:
            so_far = "" if heard.is_complete else " so far"
            self.add_words(f"Nothing in {visible(heard.source)}{so_far}.")
        self.add_link(self._link_words(heard), self.callbacks_requested.emit)

    def show_problem(self, error: VibesDesktopError) -> None:
        """Say that it is not known, and why."""
        self._heard = None
        self.show_words(f"Not known: {error.title}.")

    def _add(self, each: HeardCallback) -> None:
        pill = Pill(NO_TIME if each.at is None else day_words(each.at.astimezone(self._times.basis).date()))
        if each.at is not None:
            set_tooltip(pill, self._times.moment(milliseconds(each.at), with_zone=True))
        self.add_line(ElidedLabel(visible(each.callback_type)), pill)

    @staticmethod
    def _link_words(heard: Heard) -> str:
        count = len(heard.callbacks)
        return f"Show all {count:,} in Callbacks →" if count > SHOWN else "Open Callbacks →"
