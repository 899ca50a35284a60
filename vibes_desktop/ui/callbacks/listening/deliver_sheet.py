"""Deliver again: the rows that are chosen, to a typed address, at a rate; every answer stays in the table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from vibes_desktop.callbacks.delivering import Request, deliver
from vibes_desktop.callbacks.masking import masked_bytes
from vibes_desktop.listener.redelivering import HIGHEST_RATE, Answered, NotConfirmed
from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.ui.bridge import Task
from vibes_desktop.ui.callbacks.listening.lines import line_of
from vibes_desktop.ui.callbacks.payload.rows_model import Cell, RowsModel
from vibes_desktop.ui.callbacks.payload.rows_view import RowsView
from vibes_desktop.ui.callbacks.payload.working_sheet import WorkingSheet
from vibes_desktop.ui.callbacks.questions.bar_words import callbacks
from vibes_desktop.ui.callbacks.viewer import Rows, Viewer
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.fields import NumberBox, line_edit
from vibes_desktop.ui.widgets.form import FormGrid, FormRow
from vibes_desktop.ui.widgets.labels import plain_label
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.plain import one_line

TITLES = ("Callback", "Type", "Answer", "Took", "Said")
WIDTHS = (260, 170, 110, 90, 0)
TABLE_HEIGHT = 220
USUAL_RATE = 5
GATHERED_MS = 100  # answers are shown together
EXAMPLE = "http://127.0.0.1:9000/callbacks"
SUBTITLE = "Byte for byte, with the headers they came with"


class DeliverSheet(WorkingSheet):
    """Nothing is tried twice. Closing it while it delivers stops that first."""

    def __init__(self, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__(viewer, "Deliver again", subtitle=SUBTITLE, parent=parent)
        self._selected, self._shown = viewer.selected, viewer.rows
        self._sending: Task[int] | None = None
        self._fresh: list[Answered] = []
        self._expected = 0
        self._soon = QTimer(self, interval=GATHERED_MS, singleShot=True)
        self._soon.timeout.connect(self._show_fresh)
        self.model: RowsModel[Answered] = RowsModel(TITLES, self._cells, self)
        self.table = RowsView("Answers", self.model, WIDTHS)
        self.table.setMinimumHeight(TABLE_HEIGHT)
        self.address = line_edit("Address to deliver to", placeholder=EXAMPLE, mono=True)
        self.rate = NumberBox("Deliveries a second", 1, int(HIGHEST_RATE), unit="a second")
        self.rate.setValue(USUAL_RATE)
        self.confirmed = QCheckBox("")
        self.outcome = plain_label("", wrap=True)
        self._choices = QButtonGroup(self)
        self._lay_out()
        self.copy_all = button("Copy the answers", on_click=lambda: self.copy(self.model.text(), "answers"))
        self.add_button(self.copy_all)
        self.stop_button = self.add_button(button("Stop", on_click=self.stop))
        self.add_button(button("Close", shortcut_hint="Esc", on_click=self.reject))
        self.go = self.add_button(
            button("Deliver again", ButtonRole.PRIMARY, on_click=self.start, shortcut_hint="Ctrl+Return"),
            key="Ctrl+Return",
        )
        self.table.opened.connect(self._open)
        self.table.copy_wanted.connect(self.copy)
        self.address.textEdited.connect(self._forget_confirmation)
        self._refresh()
        self.address.setFocus()

    @property
    def is_sending(self) -> bool:
        """Tell whether deliveries are under way."""
        return self._sending is not None and self._sending.is_running

    @property
    def rows(self) -> Rows:
        """The rows that are chosen."""
        if self.the_selected.isChecked():
            return self._selected
        row = self.viewer.current
        return self._shown if row is None or self.all_shown.isChecked() else np.array([row], np.int64)

    def start(self) -> None:
        """Begin to deliver."""
        rows = self.rows
        if self.is_sending or not len(rows):
            return
        self.address_row.set_error("")
        self.notice.hide()
        self.outcome.clear()
        self.model.set_items(())
        self._expected = len(rows)
        request = Request(rows, self.address.text(), self.rate.value(), self.confirmed.isChecked())
        bridge = self.viewer.bridge
        work = deliver(self.viewer.collection, request, bridge.reporter(self._take, self))
        self.progress.start(f"Delivering {callbacks(len(rows))}")
        self._sending = bridge.start(work, self._end_of, self._fail, title="Delivering again", owner=self)
        self._refresh()

    def stop(self) -> None:
        """Deliver no more; the answers stay."""
        if self._sending is not None and self.is_sending:
            self._sending.cancel()
            self._show_fresh()
            self._over("Stopped. ")

    def reject(self) -> None:
        if self.is_sending:
            self.stop()
        else:
            super().reject()

    def _lay_out(self) -> None:
        self.this_one = QRadioButton("The one that is looked at")
        self.the_selected = QRadioButton(f"The {callbacks(len(self._selected))} selected in the table")
        self.all_shown = QRadioButton(f"All {callbacks(len(self._shown))} that answer the question")
        which = QWidget()
        column = QVBoxLayout(which)
        column.setContentsMargins(0, 0, 0, 0)
        for choice in (self.this_one, self.the_selected, self.all_shown):
            self._choices.addButton(choice)
            column.addWidget(choice)
        self.this_one.setVisible(self.viewer.current is not None)
        self.the_selected.setVisible(len(self._selected) > 1)
        several = self.the_selected if len(self._selected) > 1 else self.this_one
        (several if self.viewer.current is not None else self.all_shown).setChecked(True)
        grid = FormGrid()
        grid.add_row(FormRow("Which", which, reserve_trailing=False))
        self.address_row = grid.add_row(FormRow("To", self.address, reserve_trailing=False))
        self._confirm_row = grid.add_row(FormRow("", self.confirmed, reserve_trailing=False))
        grid.add_row(FormRow("At most", line_of(self.rate), reserve_trailing=False))
        card = Card("What, and where to", ruled=True)
        card.add(grid)
        self.add(card)
        self.add(self.table)
        self.add(self.outcome)
        self._forget_confirmation()

    def _forget_confirmation(self) -> None:
        """Another address has to be confirmed anew."""
        self.confirmed.setChecked(False)
        self._confirm_row.hide()
        self.address_row.set_error("")

    def _take(self, answered: Answered) -> None:
        self._fresh.append(answered)
        if not self._soon.isActive():
            self._soon.start()

    def _show_fresh(self) -> None:
        fresh, self._fresh = self._fresh, []
        if fresh:
            self.model.add_items(fresh)
            self.progress.set_fraction(len(self.model.items) / max(self._expected, 1))
        self._refresh()

    def _end_of(self, missed: int) -> None:
        self._show_fresh()
        self._over(f"{callbacks(missed)} not there any more. " if missed else "")

    def _over(self, before: str) -> None:
        self.progress.stop()
        self.outcome.setText(f"{before}{answers_words(self.model.items)}")
        self._refresh()

    def _fail(self, error: VibesDesktopError) -> None:
        self._show_fresh()
        self.progress.stop()
        if isinstance(error, NotConfirmed):
            self._ask_to_confirm(error)
        elif isinstance(error, InvalidInput) and error.field == "address":
            self.address_row.set_error(f"{error.title}. {error.advice}")
            self.address.setFocus()
        else:
            self.notice.show_problem(error)
        self._refresh()

    def _ask_to_confirm(self, error: NotConfirmed) -> None:
        self.confirmed.setText(f"They hold personal data, and {one_line(error.host)} may receive them")
        self._confirm_row.show()
        self.address_row.set_error(f"{error.title}. {error.advice}", Tone.WARN)
        self.confirmed.setFocus()
        QTimer.singleShot(0, self, self.fit)  # once the layout knows the row

    def _refresh(self) -> None:
        is_sending = self.is_sending
        for widget in (self.address, self.rate, self.confirmed, *self._choices.buttons(), self.go):
            widget.setEnabled(not is_sending)
        self.stop_button.setEnabled(is_sending)
        self.copy_all.setEnabled(bool(self.model.items))

    def _open(self, place: int) -> None:
        if not self.is_sending:
            self.jump(self.model.items[place].number)

    def _cells(self, answered: Answered) -> tuple[Cell, ...]:
        collection, row = self.viewer.collection, answered.number
        source = collection.sources[collection.columns.at("file", row)].name
        privacy, answer = self.viewer.privacy, answered.beginning
        shown = masked_bytes(answer) if privacy.is_masking else answer  # it may be the payload itself
        said = answered.trouble or shown.decode("utf-8", "replace")
        return (
            Cell(f"{PurePath(source).name}, {collection.columns.at('position', row):,}", more=source),
            Cell(collection.columns.word("type", row) or ""),
            answer_cell(answered.status),
            Cell(f"{answered.milliseconds:,.0f} ms", is_mono=True),
            Cell(privacy.text(said)),
        )


def answer_cell(status: int | None) -> Cell:
    """Show an answer by what it would mean to the platform (docs/platform.md, callbacks)."""
    if status is None:
        return Cell("no answer", Tone.BAD)
    if 200 <= status < 300:
        return Cell(str(status), Tone.OK)
    return Cell(str(status), Tone.BAD if 400 <= status < 500 else Tone.WARN)


def answers_words(answers: Sequence[Answered]) -> str:
    """Count the answers."""
    good = sum(1 for each in answers if each.status is not None and 200 <= each.status < 300)
    other = len(answers) - good
    rest = f", {other:,} otherwise or not at all" if other else ""
    return f"{callbacks(len(answers))} delivered: {good:,} answered 2xx{rest}."


def open_deliver_sheet(viewer: Viewer, parent: QWidget) -> DeliverSheet:
    """Ask what to deliver again, and where to."""
    sheet = DeliverSheet(viewer, parent)
    sheet.open()
    return sheet
