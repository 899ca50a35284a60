"""A person's subscriptions beside the record, active and ended, and what can be done about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.subscription import Subscription
from vibes_desktop.people.display import visible
from vibes_desktop.people.holders import list_words
from vibes_desktop.people.opt_out import reason_words
from vibes_desktop.ui.people.calls.day import day_of, moment_of
from vibes_desktop.ui.people.lines_card import LinesCard
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.flow_layout import FlowLayout
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole
from vibes_desktop.ui.widgets.pill import Pill, Tone
from vibes_desktop.ui.widgets.plain import set_tooltip

TITLE = "Subscriptions"
NONE = "None, and none that ended."
STOP_ALL, OPT_IN, WHY = "Stop messages…", "Opt in…", "Why texted?"
STOP_HINT, OPT_IN_HINT, WHY_HINT = "Ctrl+Shift+S", "Ctrl+Shift+O", "Ctrl+Shift+Y"
LINK_GAP = 12


class SubscriptionsCard(LinesCard):
    """One row for each record: who left and rejoined has two."""

    stop_requested = Signal(object)  # the list's ID; None: all of them
    opt_in_requested = Signal()
    why_requested = Signal()

    def __init__(self, times: Times) -> None:
        super().__init__(TITLE)
        self._times = times
        self._shown: tuple[Sequence[Subscription], Mapping[str, str]] | None = None
        self._can_change = True
        times.changed.connect(self._redraw)

    def set_can_change(self, can_change: bool) -> None:
        """Offer what changes something, or don't."""
        if can_change != self._can_change:
            self._can_change = can_change
            self._redraw()

    def show_subscriptions(self, subscriptions: Sequence[Subscription], names: Mapping[str, str]) -> None:
        """Show subscriptions in their order; `names` of lists by ID."""
        self._shown = subscriptions, names
        self._redraw()

    def show_problem(self, error: VibesDesktopError) -> None:
        """Say that they are not known, and why: that is not the same as none."""
        self._shown = None
        self.show_words(f"Not known: {error.title}.")

    def show_waiting(self, words: str) -> None:
        """Show nothing of the former person."""
        self._shown = None
        self.show_words(words)

    def _redraw(self) -> None:
        if self._shown is None:
            return
        subscriptions, names = self._shown
        self.clear()
        for each in subscriptions:
            self._add(each, names)
        if not subscriptions:
            self.add_words(NONE)
        self._append(self._links(any(each.is_active for each in subscriptions)))

    def _add(self, each: Subscription, names: Mapping[str, str]) -> None:
        name, joined = visible(list_words(each.list_id, names)), day_of(each.opt_in_date, self._times)
        if each.is_active:
            pill = Pill(f"since {joined}", Tone.OK)
            set_tooltip(pill, moment_of(each.opt_in_date, self._times))
            self.add_line(ElidedLabel(name), pill, *self._stop_link(each, name))
            return
        pill = Pill(f"left {day_of(each.opt_out_date, self._times)}")
        set_tooltip(pill, moment_of(each.opt_out_date, self._times))
        self.add_line(ElidedLabel(name, TextRole.MUTED), pill)
        self.add_words(f"joined {joined} · {reason_words(each.opt_out_reason)}", TextRole.SMALL_MUTED)

    def _stop_link(self, each: Subscription, name: str) -> tuple[QWidget, ...]:
        list_id = each.list_id
        if not (self._can_change and list_id):
            return ()
        link = link_button("Stop…", small=True, on_click=lambda: self.stop_requested.emit(list_id))
        link.setAccessibleName(f"Stop messages of {name}…")
        return (link,)

    def _links(self, has_active: bool) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, LINK_GAP)
        flow.setContentsMargins(0, 4, 0, 0)
        offers: list[tuple[str, str, Callable[[], object]]] = [(WHY, WHY_HINT, self.why_requested.emit)]
        if self._can_change:
            offers.insert(0, (OPT_IN, OPT_IN_HINT, self.opt_in_requested.emit))
        if self._can_change and has_active:
            offers.insert(0, (STOP_ALL, STOP_HINT, lambda: self.stop_requested.emit(None)))
        for words, keys, act in offers:
            link = link_button(words, small=True, on_click=act)
            set_tooltip(link, keys)
            flow.addWidget(link)
        return holder
