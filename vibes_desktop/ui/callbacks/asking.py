"""The question that is asked of the open payloads, and the rows that answer it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.query import Query, Term, parse, write
from vibes_desktop.callbacks.views import TimeBasis
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.answerer import Answerer
from vibes_desktop.ui.callbacks.answering import NO_ROWS, Order, Rows, Wanted
from vibes_desktop.ui.callbacks.questions.zones import in_utc
from vibes_desktop.ui.callbacks.refining import excluded, replaced, toggled
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times


class Asking(QObject):
    """Whoever fills `collection` has the question answered with `_answer`."""

    grew = Signal()  # more rows in .collection, or at the end of .rows: those before are the same
    answered = Signal()  # other rows answer the question, or in another order: .rows
    asked = Signal()  # the question's text changed: .question
    progressed = Signal()  # .progress, .is_opening, .is_answering, .answer_fraction
    basis_changed = Signal()  # .basis
    failed = Signal(object)  # a VibesDesktopError: something that was begun came to nothing

    def __init__(self, bridge: Bridge, privacy: Privacy, times: Times, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.privacy = privacy
        self.times = times
        self.collection = Collection()
        self.rows: Rows = NO_ROWS
        self.question = ""
        self.query: Query | None = None
        self.order: Order | None = None
        self.basis = TimeBasis.EVENT
        self._answerer = Answerer(bridge, self._show_answer, self._fail)
        times.changed.connect(self._zone_changed)

    @property
    def is_answering(self) -> bool:
        """Tell whether an answer is being worked out."""
        return self._answerer.is_busy

    @property
    def answer_fraction(self) -> float:
        """Tell how much of the rows has been looked at for the answer under way, from 0 to 1."""
        return self._answerer.looked_at / max(len(self.collection), 1)

    @property
    def took_ms(self) -> float:
        """Tell how long the last answer took."""
        return self._answerer.took_ms

    def ask(self, text: str) -> None:
        """Ask another question; empty for everything. Raises QueryError, with its place."""
        self._put_question(text.strip(), parse(text) if text.strip() else None)

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

    # Inside

    def _ask_query(self, query: Query | None) -> None:
        self._put_question("" if query is None else write(query), query)

    def _put_question(self, text: str, query: Query | None) -> None:
        self.question, self.query = text, query
        self.asked.emit()
        self._answer()

    def _wanted(self) -> Wanted:
        """Give the question, its dates in the zone in which times are shown."""
        query = None if self.query is None else in_utc(self.query, self.times.basis)
        return Wanted(query, self.order)

    def _zone_changed(self) -> None:
        if self.query is not None and self._wanted().query != self.query:
            self._answer()

    def _answer(self) -> None:
        self._answerer.begin(self._wanted(), self.collection)
        self.progressed.emit()

    def _show_answer(self, is_other: bool) -> None:
        before, self.rows = len(self.rows), self._answerer.rows
        if is_other:
            self.answered.emit()
        elif len(self.rows) > before:
            self.grew.emit()
        self.progressed.emit()

    def _fail(self, error: VibesDesktopError) -> None:
        self.progressed.emit()
        self.failed.emit(error)
