"""How many callbacks came when: bars that filter by a click or a drag."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from vibes_desktop.callbacks.stopping import Check
from vibes_desktop.callbacks.views import TimeBasis
from vibes_desktop.ui.callbacks.questions.bar_words import summary
from vibes_desktop.ui.callbacks.questions.bars import BARS_AT_MOST, FIELDS, Bars, bars_of, range_term
from vibes_desktop.ui.callbacks.questions.facet_values import asked_for, rows_without
from vibes_desktop.ui.callbacks.questions.histogram_plot import HistogramPlot
from vibes_desktop.ui.callbacks.questions.recounting import Recounting
from vibes_desktop.ui.callbacks.questions.zones import range_of
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.times import Zone
from vibes_desktop.ui.widgets.buttons import Button, pill_button
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole

HEIGHT = 104
BASIS_WORDS = {
    TimeBasis.EVENT: "Event time",
    TimeBasis.RECEIVED: "Received",
    TimeBasis.OPT_OUT: "Opt-out time",
}
ZONE_WORDS = {Zone.LOCAL: "Local", Zone.UTC: "UTC", Zone.BOTH: "Local and UTC"}


class HistogramView(QFrame):
    """Bars of the question's answer over time; what its date range leaves out is shown paler."""

    def __init__(self, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedHeight(HEIGHT)
        self._viewer = viewer
        self.bars = Bars()
        self.words = ElidedLabel(role=TextRole.SMALL_MUTED)
        self.basis_button = self._pill("Time that the histogram and date ranges go by")
        self.zone_button = self._pill("Zone of times, and of dates in the question")
        self.plot = HistogramPlot()
        self._build()
        self.recounting: Recounting[Bars] = Recounting(viewer, self._work, self._show, self)
        viewer.basis_changed.connect(self._basis_changed)
        viewer.times.changed.connect(self._basis_changed)

    def take_focus(self) -> None:
        """Give the keyboard to the bars."""
        self.plot.setFocus(Qt.FocusReason.OtherFocusReason)

    def _work(self, is_partial: bool) -> Callable[[Check], Bars]:
        """Count what answers the question, as if it named no range of time."""
        viewer = self._viewer
        collection, rows, query, basis = viewer.collection, viewer.rows, viewer.query, viewer.basis
        zone, at_most = viewer.times.basis, max(min(self.width() // 12, BARS_AT_MOST), 12)

        def count(check: Check) -> Bars:
            field = FIELDS[basis]
            wanted = rows if is_partial else rows_without(collection, rows, query, field, zone, check)
            return bars_of(collection.columns, wanted, basis, zone, at_most)

        return count

    def _pill(self, accessible_name: str) -> Button:
        made = pill_button("", accessible_name, small=True)
        menu = QMenu(made)
        menu.setAccessibleName(accessible_name)
        made.setMenu(menu)
        return made

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.words, 1)
        head.addWidget(self.basis_button)
        head.addWidget(self.zone_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 5, 9, 3)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.plot, 1)
        self.plot.picked.connect(self._pick)
        self.plot.cleared.connect(lambda: self._viewer.replace(FIELDS[self._viewer.basis], None))
        self.plot.pointed.connect(self._point)
        for basis, title in BASIS_WORDS.items():
            self._choice(self.basis_button, title, partial(self._viewer.set_basis, basis))
        for zone, title in ZONE_WORDS.items():
            self._choice(self.zone_button, title, partial(self._viewer.times.set_zone, zone))
        self._name_choices()

    def _choice(self, pill: Button, title: str, run: Callable[[], object]) -> None:
        action = QAction(title, pill, checkable=True)
        action.triggered.connect(lambda _checked=False: run())
        action.triggered.connect(self._name_choices)
        pill.menu().addAction(action)

    def _name_choices(self) -> None:
        """Say in the pills, and tick in their menus, what is chosen."""
        for pill, chosen in (
            (self.basis_button, BASIS_WORDS[self._viewer.basis]),
            (self.zone_button, ZONE_WORDS[self._viewer.times.zone]),
        ):
            pill.setText(chosen)
            pill.setAccessibleDescription(chosen)
            for action in pill.menu().actions():
                action.setChecked(action.text() == chosen)

    def _basis_changed(self) -> None:
        self._name_choices()
        self.recounting.recount()

    def _show(self, bars: Bars) -> None:
        self.bars = bars
        self.plot.show_bars(bars, self._within())
        self._point("")

    def _within(self) -> frozenset[int]:
        """Find the bars that the question's range of time meets."""
        viewer, edges = self._viewer, self.bars.edges
        ranges = [
            range_of(term, viewer.times.basis)
            for term in asked_for(viewer.query, FIELDS[viewer.basis], excluded=False)
        ]
        return frozenset(
            number
            for number in range(len(self.bars))
            if any(begin < edges[number + 1] and end > edges[number] for begin, end in ranges)
        )

    def _point(self, words: str) -> None:
        self.words.set_full_text(words or summary(self.bars))

    def _pick(self, first: int, last: int) -> None:
        """Put the range of some bars into the question, or take it out where it is the one asked for."""
        viewer, bars = self._viewer, self.bars
        term = range_term(viewer.basis, bars.edges[first], bars.edges[last + 1], bars.zone)
        is_asked = asked_for(viewer.query, term.field, excluded=False) == (term,)
        viewer.replace(term.field, None if is_asked else term)
