"""Everybody who is texted on a number, with a tick for each list that can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from vibes_desktop.model.person import Person
from vibes_desktop.people.display import visible
from vibes_desktop.people.holders import Holder
from vibes_desktop.people.stopping import Stoppable, StopPlan
from vibes_desktop.ui.people.calls.day import day_of, moment_of
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.pill import Pill, Tone
from vibes_desktop.ui.widgets.plain import literal, set_tooltip

ON_NO_LIST = "On no list now."
OPEN = "Open this record"


class StopChoice(QWidget):
    """A card for the person, and one for everybody else on the number."""

    changed = Signal()
    open_requested = Signal(object)  # Person

    def __init__(
        self,
        plan: StopPlan,
        ticked: Sequence[Stoppable],
        name: Callable[[Person], str],
        line: Callable[[Person], str],
        times: Times,
    ) -> None:
        super().__init__()
        self._name, self._line, self._times = name, line, times
        self.ticks: dict[QCheckBox, Stoppable] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._card("This person", plan.own, plan, ticked))
        for other in plan.others:
            column.addWidget(self._card("Has the same number", other, plan, ticked))

    @property
    def chosen(self) -> tuple[Stoppable, ...]:
        """What is ticked, in the order shown."""
        return tuple(each for tick, each in self.ticks.items() if tick.isChecked())

    @property
    def forgotten(self) -> int:
        """How many others on the number would go on being texted."""
        left = {
            each.person.best_identifier
            for tick, each in self.ticks.items()
            if not each.is_own and not tick.isChecked()
        }
        return len(left)

    def _card(self, title: str, of: Holder, plan: StopPlan, ticked: Sequence[Stoppable]) -> Card:
        is_own = of is plan.own
        link = None if is_own else link_button(OPEN, small=True)
        card = Card(title, link)
        if link is not None:
            link.setAccessibleName(f"{OPEN}: {self._name(of.person)}")
            link.clicked.connect(lambda: self.open_requested.emit(of.person))
        card.add(ElidedLabel(self._name(of.person), TextRole.STRONG))
        card.add(ElidedLabel(self._line(of.person), TextRole.MONO_MUTED))
        own = [each for each in plan.stoppable if each.target == of.person.best_identifier]
        for each in own:
            card.add(self._row(each, is_ticked=each in ticked))
        if of.trouble is not None:
            words = f"What they are subscribed to is not known: {of.trouble.title}."
            card.add(plain_label(words, TextRole.WARN, wrap=True))
        elif not own:
            card.add(plain_label(ON_NO_LIST, TextRole.MUTED))
        return card

    def _row(self, each: Stoppable, *, is_ticked: bool) -> QWidget:
        tick = QCheckBox(literal(visible(each.list_name)))
        whose = "" if each.is_own else f" for {self._name(each.person)}"
        tick.setAccessibleName(f"Stop {visible(each.list_name)}{whose}")
        tick.setChecked(is_ticked)
        tick.toggled.connect(lambda _: self.changed.emit())
        self.ticks[tick] = each
        pill = Pill(f"since {day_of(each.since, self._times)}", Tone.OK)
        set_tooltip(pill, moment_of(each.since, self._times))
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(tick)
        line.addStretch(1)
        line.addWidget(pill)
        return holder
