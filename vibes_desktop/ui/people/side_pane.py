"""Beside the record: subscriptions, devices, what callbacks say, and the changes made here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vibes_desktop.model.change import ChangeKind, ChangeRecord, Outcome
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.subscription import Subscription
from vibes_desktop.people.dates import day_words, moment_words
from vibes_desktop.people.display import visible
from vibes_desktop.people.undo import reason_not_to_undo
from vibes_desktop.ui.people.calls.devices_card import DevicesCard
from vibes_desktop.ui.people.calls.heard_card import HeardCard
from vibes_desktop.ui.people.calls.subscriptions_card import SubscriptionsCard
from vibes_desktop.ui.people.lines_card import LinesCard
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.plain import set_tooltip
from vibes_desktop.ui.widgets.scroll_page import ScrollPage

CHANGES_SHOWN = 5
WAIT_MS = 300
OUTCOME_WORDS = {
    Outcome.INTENDED: "not sent",
    Outcome.SENDING: "to be resolved",
    Outcome.VERIFIED: "verified",
    Outcome.DIFFERS: "differs",
    Outcome.NOT_SAVED: "not saved",
    Outcome.UNKNOWN: "unknown",
}


class SidePane(ScrollPage):
    """Four cards, each filled when its facts are there."""

    undo_requested = Signal(object)  # ChangeRecord
    callbacks_requested = Signal()
    history_requested = Signal()

    def __init__(self, times: Times | None = None) -> None:
        super().__init__("About this person")
        self._waiting = False
        times = times or Times(self)
        self.subscriptions = SubscriptionsCard(times)
        self.devices = DevicesCard()
        self.heard = HeardCard(times)
        self._changes = LinesCard("Changes made here")
        for card in (self.subscriptions, self.devices, self.heard, self._changes):
            self.add(card)
        self.heard.callbacks_requested.connect(self.callbacks_requested)

    def show_loading(self) -> None:
        """Show nothing of the former person; say that something is being read once that takes long."""
        self.subscriptions.show_waiting(" ")
        for card in (self.devices, self._changes):
            card.show_words(" ")
        self._waiting = True
        QTimer.singleShot(WAIT_MS, self, self._say_loading)

    def show_subscriptions(self, subscriptions: Sequence[Subscription], names: Mapping[str, str]) -> None:
        """Show subscriptions in their order; `names` of lists by ID."""
        self._waiting = False
        self.subscriptions.show_subscriptions(subscriptions, names)

    def show_subscriptions_problem(self, error: VibesDesktopError) -> None:
        """Say that the subscriptions are not known, and why."""
        self._waiting = False
        self.subscriptions.show_problem(error)

    def show_changes_problem(self, error: VibesDesktopError) -> None:
        """Say that the changes made here are not known, and why."""
        self._changes.show_words(f"Not known: {error.title}.")

    def show_changes(self, records: Sequence[ChangeRecord]) -> None:
        """Show the changes made here, the latest first."""
        self._changes.clear()
        for record in records[:CHANGES_SHOWN]:
            self._changes.add_line(*self._change_line(record))
        if not records:
            self._changes.show_words("None.")
        elif len(records) > CHANGES_SHOWN:
            self._changes.add_link("Show all in History →", self.history_requested.emit)

    def _say_loading(self) -> None:
        if self._waiting:
            self.subscriptions.show_waiting("Reading …")

    def _change_line(self, record: ChangeRecord) -> tuple[QWidget, QWidget]:
        names = ", ".join(visible(change.field.name) for change in record.intention.changes)
        words = {
            ChangeKind.ADD: "added",
            ChangeKind.UNDO: f"undone: {names}",
            ChangeKind.STOP: f"stopped: {names}",
            ChangeKind.OPT_IN: f"opt-in: {names}",
        }.get(record.intention.kind, names)
        when = _when(record.started_at)
        state = plain_label(f"{when} · {OUTCOME_WORDS[record.outcome]}", TextRole.SMALL_MUTED)
        set_tooltip(state, moment_words(record.started_at))
        if reason_not_to_undo(record) is not None:
            return ElidedLabel(words), state
        undo = link_button("Undo", small=True, on_click=lambda: self.undo_requested.emit(record))
        undo.setAccessibleName(f"Undo the change of {names} of {when}")
        return ElidedLabel(words), _together(state, undo)


def _when(moment: datetime) -> str:
    """Say when something was done here: today by the clock, else by the day."""
    local = moment.astimezone()
    is_today = local.date() == datetime.now().astimezone().date()
    return f"today {local:%H:%M}" if is_today else day_words(local.date())


def _together(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    for widget in widgets:
        line.addWidget(widget)
    return holder
