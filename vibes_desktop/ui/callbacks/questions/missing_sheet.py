"""What may be missing, never "lost": each hint with the innocent explanation beside it."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vibes_desktop.callbacks.missing import Gap, Lack, possibly_missing
from vibes_desktop.callbacks.stopping import Stopped, Stopper
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.callbacks.answering import unreadable_file
from vibes_desktop.ui.callbacks.questions.bar_words import callbacks
from vibes_desktop.ui.callbacks.questions.bars import range_term
from vibes_desktop.ui.callbacks.questions.rows_sheet import open_rows_sheet
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.widgets.buttons import button, link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.notice import problem_notice
from vibes_desktop.ui.widgets.pill import Pill, Tone
from vibes_desktop.ui.widgets.progress_line import ProgressLine
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

WIDTH = 760
INTRODUCTION = "Hints that something may not be here. None of them proves a loss."
NOTHING = "Nothing hints at anything missing."
KINDS = {
    Lack.FIRST_ATTEMPT: "First attempt",
    Lack.ADDITION: "Joining",
    Lack.REMOVAL: "Leaving",
    Lack.SILENCE: "Silence",
}


def open_missing_sheet(viewer: Viewer, parent: QWidget) -> MissingSheet:
    """Show what may be missing from the answer."""
    sheet = MissingSheet(viewer, parent)
    sheet.open()
    return sheet


class MissingSheet(SheetDialog):
    """One card for each hint, those that the payloads themselves explain at the end."""

    def __init__(self, viewer: Viewer, parent: QWidget) -> None:
        super().__init__("Possibly missing", width=WIDTH, parent=parent)
        self.viewer = viewer
        self.gaps: tuple[Gap, ...] = ()
        self.words = plain_label(INTRODUCTION, TextRole.MUTED, wrap=True)
        self.progress = ProgressLine()
        self._stopper = Stopper()
        self.add(self.words)
        self.body.addStretch(1)
        self.set_foot(self.progress)
        self.set_default(self.add_button(button("Close", on_click=self.reject)))
        self.finished.connect(self._stopper.stop)
        self.finished.connect(self.deleteLater)
        self._look()

    def _look(self) -> None:
        viewer, stopper = self.viewer, self._stopper
        collection, rows, basis = viewer.collection, viewer.rows, viewer.basis

        def work() -> tuple[Gap, ...]:
            try:
                return possibly_missing(collection, rows, stopper.check, basis)
            except Stopped:
                return ()
            except OSError as error:
                raise unreadable_file(error) from error

        self.progress.start("Looking for what is missing", self.reject)
        viewer.bridge.start(asyncio.to_thread(work), self._show, self._fail, owner=self)

    def _show(self, gaps: tuple[Gap, ...]) -> None:
        self.progress.stop()
        self.gaps = gaps
        if not gaps:
            self.words.setText(NOTHING)
        for place, gap in enumerate(gaps):
            self.body.insertWidget(1 + place, self._card(gap))
        QTimer.singleShot(0, self, self.fit)  # once the cards know their heights

    def _fail(self, error: VibesDesktopError) -> None:
        self.progress.stop()
        self.body.insertWidget(1, problem_notice(error))

    def _card(self, gap: Gap) -> Card:
        card = Card()
        head = QHBoxLayout()
        head.addWidget(Pill(KINDS[gap.lack], Tone.NEUTRAL if gap.is_explained else Tone.WARN))
        if gap.is_explained:
            head.addWidget(Pill("explained", Tone.OK))
        head.addStretch(1)
        if gap.begin_ms is not None and gap.end_ms is not None:
            head.addWidget(link_button("Show this time", on_click=lambda: self._show_time(gap)))
        head.addWidget(link_button(f"Show {callbacks(len(gap.rows))}", on_click=lambda: self._show_rows(gap)))
        card.body.addLayout(head)
        card.add(plain_label(gap.sentence, TextRole.STRONG, wrap=True))
        if gap.begin_ms is not None and gap.end_ms is not None:
            times = self.viewer.times
            span = f"{times.moment(gap.begin_ms)} to {times.moment(gap.end_ms, with_zone=True)}"
            card.add(plain_label(span, TextRole.MONO_MUTED))
        card.add(plain_label(gap.explanation, TextRole.MUTED, wrap=True))
        return card

    def _show_rows(self, gap: Gap) -> None:
        sheet = open_rows_sheet(self.viewer, self, KINDS[gap.lack], gap.rows)
        sheet.accepted.connect(self.accept)

    def _show_time(self, gap: Gap) -> None:
        """Ask for the silence with as much time before and after it."""
        begin, end = gap.begin_ms or 0, gap.end_ms or 0
        viewer, length = self.viewer, end - begin
        term = range_term(viewer.basis, begin - length, end + length, viewer.times.basis)
        viewer.replace(term.field, term)
        self.accept()
