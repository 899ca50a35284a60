"""What the Callbacks page is built on: the open collection, the question, its answer, what is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.callbacks.query import Query, Term, parse, write
from vibes_desktop.callbacks.views import TimeBasis
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.callbacks.answering import NO_ROWS, Answer, Order, Rows, answer, every_row
from vibes_desktop.ui.callbacks.opener import Opened, Opener, Progress, empty_collection, written_down
from vibes_desktop.ui.callbacks.refining import excluded, replaced, toggled
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times

__all__ = ["NO_ROWS", "Order", "Rows", "Viewer"]


class Viewer(QObject):
    """Views read from it and listen to it; they never know each other."""

    replaced = Signal()  # another collection: .collection
    grew = Signal()  # more rows in .collection, or at the end of .rows: those before are the same
    answered = Signal()  # other rows answer the question, or in another order: .rows
    asked = Signal()  # the question's text changed: .question
    chosen = Signal()  # another row is current: .current
    judged = Signal()  # the second pass came further: .collection.judged
    progressed = Signal()  # .progress, .is_answering, .answer_fraction
    basis_changed = Signal()  # .basis
    failed = Signal(object)  # a VibesDesktopError: something that was begun came to nothing

    def __init__(
        self,
        bridge: Bridge,
        privacy: Privacy,
        times: Times,
        kept: KeptIndexes | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.privacy = privacy
        self.times = times
        self.collection = empty_collection()
        self.rows: Rows = NO_ROWS
        self.question = ""
        self.query: Query | None = None
        self.order: Order | None = None
        self.basis = TimeBasis.EVENT
        self.current: int | None = None
        self.took_ms = 0.0
        self.indexed_seconds = 0.0
        self.paths: tuple[str, ...] = ()
        self.progress: Progress | None = None
        self.answer_fraction = 0.0
        self._selection: Callable[[], Rows] = lambda: NO_ROWS
        self._opener = Opener(bridge, kept)
        self._answering: Task[Answer] | None = None

    # The question

    @property
    def is_answering(self) -> bool:
        """Tell whether an answer is being worked out."""
        return self._answering is not None and self._answering.is_running

    def ask(self, text: str) -> None:
        """Ask another question; empty for everything. Raises QueryError, with its place."""
        query = parse(text) if text.strip() else None
        self._put_question(text.strip(), query)

    def toggle(self, term: Term) -> None:
        """Add a condition to the question, or take it out."""
        self._ask_query(toggled(self.query, term))

    def exclude(self, term: Term) -> None:
        """Ask for payloads of which this is not true."""
        self._ask_query(excluded(self.query, term))

    def replace(self, field: str, term: Term | None) -> None:
        """Put a condition in the place of all on its field."""
        self._ask_query(replaced(self.query, field, term))

    def sort(self, order: Order | None) -> None:
        """Show the rows in another order; None for that of the files."""
        if order != self.order:
            self.order = order
            self._answer()

    def set_basis(self, basis: TimeBasis) -> None:
        """Go by another time in the histogram and in date ranges."""
        if basis is not self.basis:
            self.basis = basis
            self.basis_changed.emit()

    # What is looked at

    @property
    def selected(self) -> Rows:
        """The selected rows, in the order shown."""
        return self._selection()

    def set_selection(self, selection: Callable[[], Rows]) -> None:
        """Let the table tell what is selected."""
        self._selection = selection

    def show(self, row: int) -> None:
        """Look at a row, whether it answers the question or not."""
        if row != self.current:
            self.current = row
            self.chosen.emit()

    # The files

    @property
    def is_opening(self) -> bool:
        """Tell whether files are being opened."""
        return self._opener.is_busy

    def open(self, paths: Sequence[str], *, add: bool = False) -> None:
        """Open files, folders and archives, in place of what is open or beside it."""
        wanted = (*self.paths, *paths) if add else tuple(paths)
        self._opener.start(wanted, lambda opened: self._take(opened, wanted), self._not_opened)
        self.progressed.emit()

    def open_text(self, text: str) -> None:
        """Open payloads that were pasted."""
        self.open([str(written_down(text))])

    def close(self) -> None:
        """Open nothing any more."""
        self._opener.cancel()
        self._take(Opened(empty_collection(), 0.0), ())

    def cancel(self) -> None:
        """Stop opening, or answering; what is there stays."""
        self._opener.cancel()
        self._stop_answering()
        self.progressed.emit()

    # Inside

    def _ask_query(self, query: Query | None) -> None:
        self._put_question("" if query is None else write(query), query)

    def _put_question(self, text: str, query: Query | None) -> None:
        self.question, self.query = text, query
        self.asked.emit()
        self._answer()

    def _answer(self) -> None:
        """Show all rows at once, or have the question answered in the background."""
        self._stop_answering()
        if self.query is None and self.order is None:
            self._show_answer(Answer(every_row(self.collection), 0.0))
            return
        work = asyncio.to_thread(answer, self.query, self.order, self.collection)
        self._answering = self.bridge.start(
            work, self._show_answer, self._not_answered, title="Filtering", owner=self
        )
        self.progressed.emit()

    def _stop_answering(self) -> None:
        if self._answering is not None:
            self._answering.cancel()
        self._answering = None

    def _show_answer(self, found: Answer) -> None:
        self.rows, self.took_ms = found.rows, found.took_ms
        self._answering = None
        self.answered.emit()
        self.progressed.emit()

    def _not_answered(self, error: VibesDesktopError) -> None:
        self._answering = None
        self.progressed.emit()
        self.failed.emit(error)

    def _take(self, opened: Opened, paths: tuple[str, ...]) -> None:
        self._stop_answering()
        former, self.collection = self.collection, opened.collection
        self.paths, self.indexed_seconds = paths, opened.seconds
        self.rows, self.current = NO_ROWS, None
        self.replaced.emit()
        self.chosen.emit()
        self._answer()
        with suppress(OSError):
            former.close()

    def _not_opened(self, error: VibesDesktopError) -> None:
        self.progressed.emit()
        self.failed.emit(error)
