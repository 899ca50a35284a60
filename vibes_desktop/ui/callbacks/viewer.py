"""What the Callbacks page is built on: the open collection, the question, its answer, what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.indexing import Indexed
from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.callbacks.opening import Progress, Step
from vibes_desktop.callbacks.selecting import needs_rules
from vibes_desktop.callbacks.source import Source
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.answering import NO_ROWS, Order, Rows
from vibes_desktop.ui.callbacks.asking import Asking
from vibes_desktop.ui.callbacks.opener import Opener, Reports, closing_itself, nothing_opened
from vibes_desktop.ui.callbacks.pasting import throw_away, written_down
from vibes_desktop.ui.callbacks.second_pass import SecondPass
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times

__all__ = ["NO_ROWS", "Order", "Rows", "Viewer"]


JUDGE_AFTER_MS = 2_000  # rows that come one by one are judged together


class Viewer(Asking):
    """Views read from it and listen to it; they never know each other."""

    replaced = Signal()  # another collection: .collection
    chosen = Signal()  # another row is current: .current
    judged = Signal()  # the second pass came further: .collection.judged
    opened = Signal()  # everything that was to be opened is there, or it was stopped

    def __init__(
        self,
        bridge: Bridge,
        privacy: Privacy,
        times: Times,
        kept: KeptIndexes | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(bridge, privacy, times, parent)
        self.kept = kept
        self.current: int | None = None
        self.paths: tuple[str, ...] = ()
        self.progress: Progress | None = None  # of the opening under way, or of the last one
        self._pasted: list[Path] = []
        self._selection: Callable[[], Rows] = lambda: NO_ROWS
        self._opener = Opener(bridge, kept)
        self._second_pass = SecondPass(bridge, self._show_judged)
        self._judge_soon = QTimer(self, interval=JUDGE_AFTER_MS, singleShot=True)
        self._judge_soon.timeout.connect(lambda: self._second_pass.go_on(self.collection))

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

    def findings_of(self, row: int) -> tuple[str, ...]:
        """Give the codes of what was found in a row's payload; none as long as it was not judged."""
        judged = self.collection.judged
        return judged.codes(row) if judged is not None else ()

    @property
    def is_judging(self) -> bool:
        """Tell whether payloads are being judged."""
        return self._second_pass.is_busy

    @property
    def judged_fraction(self) -> float:
        """Tell how much has been judged, from 0 to 1."""
        judged = self.collection.judged
        return 0.0 if judged is None else judged.done_rows / max(len(self.collection), 1)

    # The files

    @property
    def is_opening(self) -> bool:
        """Tell whether files are being opened."""
        return self._opener.is_busy

    def open(self, paths: Sequence[str], *, add: bool = False, column: str | None = None) -> None:
        """Open files, folders and archives, in place of what is open or beside it.

        `column` is the one of CSV files that holds the payloads; None finds it by its name.
        """
        collection = self.collection if add else closing_itself(Collection())
        wanted = (*self.paths, *paths) if add else tuple(paths)

        def took(steps: Sequence[Step]) -> None:
            for step in steps:
                collection.add(step)
                self.progress = step.progress
            if collection is not self.collection and collection.sources:
                self._take(collection, wanted)
            if collection is self.collection:
                self._grow()

        def done() -> None:
            if collection is not self.collection:
                self.failed.emit(nothing_opened(collection.troubles))
            self._opened()

        self.progress, self.paths = Progress(), wanted if add else self.paths
        reports = Reports(took, done, self._not_opened)
        self._opener.start(paths, len(collection.sources), reports, column)
        self.progressed.emit()

    def open_text(self, text: str, *, add: bool = False) -> None:
        """Open payloads that were pasted; their file goes with the collection."""
        place = written_down(text)
        self._pasted.append(place)
        self.open([str(place)], add=add)

    def attach(self, source: Source) -> int:
        """Let what is received join what is open, while nothing is being opened; gives its number."""
        collection = self.collection if self.collection.sources else closing_itself(Collection())
        collection.sources.append(source)
        if collection is not self.collection:
            self._take(collection, ())
        return len(collection.sources) - 1

    def take(self, part: Indexed) -> None:
        """Put rows that were received behind the others."""
        self.collection.grow(part)
        self._grow()
        self._judge_soon.start()

    def close(self) -> None:
        """Open nothing any more."""
        self._opener.give_up()
        self.progress = None
        self._take(Collection(), ())

    def cancel(self) -> None:
        """Stop opening or answering, else judging; what is there stays."""
        if not self.is_opening and not self.is_answering:
            self._second_pass.stop()
        self._opener.stop()
        self._answerer.stop()
        self.progressed.emit()

    # Inside

    def _show_judged(self) -> None:
        self.judged.emit()
        if self.query is not None and needs_rules(self.query):
            self._answerer.again(self._wanted(), self.collection)

    def _take(self, collection: Collection, paths: tuple[str, ...]) -> None:
        """Look at another collection; the former one closes its files once nobody reads from it."""
        self._answerer.stop()
        self._second_pass.stop()
        for place in self._pasted:
            if str(place) not in paths:
                throw_away(place)
        self.collection, self.paths = collection, paths
        self.rows, self.current = NO_ROWS, None
        self.replaced.emit()
        self.chosen.emit()
        self._answer()

    def _grow(self) -> None:
        self.grew.emit()
        self._answerer.catch_up(self._wanted(), self.collection)
        self.progressed.emit()

    def _opened(self) -> None:
        self._second_pass.go_on(self.collection)
        self.progressed.emit()
        self.opened.emit()

    def _not_opened(self, error: VibesDesktopError) -> None:
        self._opened()
        self.failed.emit(error)
