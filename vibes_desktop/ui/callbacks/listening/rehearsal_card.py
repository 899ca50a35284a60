"""Answers that are rehearsed, so that a team can see how the platform's retries behave."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker

from vibes_desktop.listener.rehearsal import MAX_DELAY_SECONDS, Rehearsal
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.ui.callbacks.listening.desk import ListeningDesk
from vibes_desktop.ui.callbacks.listening.lines import line_of
from vibes_desktop.ui.callbacks.listening.words import rehearsal_words
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.fields import NumberBox
from vibes_desktop.ui.widgets.form import FormGrid, FormRow
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

MANY = 1_000
LOWEST, HIGHEST = 200, 599


class RehearsalCard(Card):
    """Says what would happen before it begins; on while the listener has one."""

    def __init__(self, desk: ListeningDesk) -> None:
        super().__init__("Rehearse answers", ruled=True)
        self._desk = desk
        self.status = NumberBox("Status of the answer", LOWEST, HIGHEST)
        self.delay = NumberBox("Delay of the answer", 0, int(MAX_DELAY_SECONDS), unit="s")
        self.every = NumberBox("One delivery in so many", 1, MANY)
        self.status.setValue(503)
        self.words = plain_label("", TextRole.SMALL_MUTED, wrap=True)
        self.begin = button("Rehearse", on_click=self._press)
        grid = FormGrid()
        grid.add_row(FormRow("Answer with", line_of(self.status), reserve_trailing=False))
        grid.add_row(FormRow("After", line_of(self.delay), reserve_trailing=False))
        grid.add_row(FormRow("One delivery in", line_of(self.every), reserve_trailing=False))
        grid.add_row(FormRow("", line_of(self.begin), reserve_trailing=False))
        grid.add_row(FormRow("", self.words, reserve_trailing=False))
        self.add(grid)
        for box in (self.status, self.delay, self.every):
            box.valueChanged.connect(self.refresh)
        desk.changed.connect(self.refresh)
        self.refresh()

    @property
    def rehearsal(self) -> Rehearsal | None:
        """What stands in the fields; None where no server answers so."""
        try:
            return Rehearsal(self.status.value(), float(self.delay.value()), self.every.value())
        except InvalidInput:
            return None

    def refresh(self) -> None:
        """Show what is rehearsed, or would be."""
        now = self._desk.status.rehearsal
        if now is not None:
            self._fill_in(now)
        shown = now or self.rehearsal
        self.words.setText("" if shown is None else rehearsal_words(shown))
        self.begin.set_text("Rehearse" if now is None else "Answer properly again")
        self.begin.setEnabled(self._desk.is_listening)
        for box in (self.status, self.delay, self.every):
            box.setEnabled(now is None)

    def _fill_in(self, rehearsal: Rehearsal) -> None:
        for box, value in (
            (self.status, rehearsal.status),
            (self.delay, round(rehearsal.delay_seconds)),
            (self.every, rehearsal.every),
        ):
            with QSignalBlocker(box):
                box.setValue(value)

    def _press(self) -> None:
        self._desk.rehearse(self.rehearsal if self._desk.status.rehearsal is None else None)
