"""Change number: the new number, who has it, what may be lost, and the steps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import show, to_e164
from vibes_desktop.model.profile import ApiVersion, Profile
from vibes_desktop.people.display import visible
from vibes_desktop.people.holders import Holder, list_words
from vibes_desktop.people.renumbering import (
    OLD_IS_SHARED,
    OPT_INS_MAY_STAY_BEHIND,
    NumberPlan,
)
from vibes_desktop.ui.people.calls.call_sheet import CallSheet, identifiers_line
from vibes_desktop.ui.people.calls.rows import labelled
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.buttons import button, link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.fields import line_edit
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone

NEW_NUMBER = "New mobile number"
HINT = "In any notation, for example 206 555 0187"
LOOKING = "Looking who has this number"
LOOK_FIRST = "Nothing is sent before you have seen who has the new number."
NO_NUMBER_YET = "Not a complete mobile number yet."
NOBODY_HAS_IT = "Nobody has this number yet."
OPEN = "Open this record"
STEPS = (
    "Remove the old number, and read back that it is gone.",
    "Add the new number under the same external ID.",
    "Read back that it is the same person key.",
)
RESUMABLE = (
    "Each step is written down before it is sent. If it breaks off, this page offers to go on, or to restore "
    "the old number."
)


class NumberSheet(CallSheet):
    """Asks for the number, then shows the plan; typing on puts the plan away."""

    look_up_requested = Signal(str)  # the number in E.164
    open_requested = Signal(object)  # Person

    def __init__(
        self, person: Person, profile: Profile, privacy: Privacy, parent: QWidget | None = None
    ) -> None:
        super().__init__("Change number", profile, privacy, parent, is_for_good=True)
        self.set_title(f"Change the number of {self.name(person)}")
        self.plan: NumberPlan | None = None
        self.number = line_edit(NEW_NUMBER, placeholder=HINT)
        self.look_up = button("Look up", shortcut_hint="Enter", on_click=self._on_look_up)
        self.number.textChanged.connect(lambda _: self._on_typed())
        self.body.insertWidget(1, labelled(NEW_NUMBER, self.number, self.look_up))
        self.set_note(LOOK_FIRST)
        self.send.set_text("Change the number")
        self.cancel.setDefault(False)
        self.look_up.setDefault(True)
        self._on_typed()
        self.number.setFocus()

    @property
    def e164(self) -> str | None:
        """The number that is typed; None while it is none."""
        return to_e164(self.number.text(), self._profile.phone_region)

    def refuse(self, error: VibesDesktopError) -> None:
        """Say why this person's number can't be changed at all."""
        for widget in (self.number, self.look_up):
            widget.setEnabled(False)
        self.show_problem(error)

    def show_plan(self, plan: NumberPlan) -> None:
        """Show who has the number, what may be lost, and what would be sent."""
        self.plan = plan
        widgets: list[QWidget] = []
        if plan.obstacle is not None:
            self.notice.show_problem(plan.obstacle)
        else:
            widgets.append(Notice(Tone.OK, NOBODY_HAS_IT, [f"{self._written(plan.new_number)} is free."]))
        widgets += [self._holder_card(each, plan) for each in plan.new_holders]
        if plan.obstacle is None:
            widgets += self._what_happens(plan)
        words = "Change the number" if plan.requests else "Can't be changed"
        self.show_requests(widgets, words, plan.requests)

    def show_problem(self, error: VibesDesktopError) -> None:
        """Say what went wrong; the number can be looked up anew."""
        super().show_problem(error)
        if self.number.isEnabled():
            self.number.setFocus()

    def _what_happens(self, plan: NumberPlan) -> list[QWidget]:
        lists = [visible(list_words(each, plan.names)) for each in plan.lists]
        now = f"On {', '.join(lists)} now." if lists else "On no list now."
        found: list[QWidget] = [_steps(plan), Notice(Tone.WARN, "Opt-ins", [OPT_INS_MAY_STAY_BEHIND, now])]
        if plan.old_sharers:
            found.append(Notice(Tone.WARN, "The old number is shared", [OLD_IS_SHARED]))
        return found

    def _holder_card(self, holder: Holder, plan: NumberPlan) -> Card:
        link = link_button(OPEN, small=True, on_click=lambda: self._open(holder.person))
        link.setAccessibleName(f"{OPEN}: {self.name(holder.person)}")
        card = Card("Has the new number", link)
        card.add(ElidedLabel(self.name(holder.person), TextRole.STRONG))
        card.add(ElidedLabel(identifiers_line(holder.person, self._privacy), TextRole.MONO_MUTED))
        card.add(plain_label(lists_of(holder, plan), TextRole.MUTED, wrap=True))
        return card

    def _written(self, e164: str) -> str:
        return self._privacy.number(show(e164, ApiVersion.V2).text)

    def _open(self, person: Person) -> None:
        self.reject()
        self.open_requested.emit(person)

    def _on_typed(self) -> None:
        """Put the plan away: it was made for another number."""
        self.look_up.setEnabled(self.e164 is not None)
        self.plan = None
        self.notice.hide()
        typed = self.number.text().strip()
        hint = [plain_label(NO_NUMBER_YET, TextRole.MUTED)] if typed and self.e164 is None else []
        self.show_content(hint, "Change the number", None)

    def _on_look_up(self) -> None:
        number = self.e164
        if number is not None:
            self.notice.hide()
            self.progress.start(LOOKING)
            self.look_up_requested.emit(number)


def lists_of(holder: Holder, plan: NumberPlan) -> str:
    """Say what somebody is subscribed to."""
    if holder.trouble is not None:
        return f"What they are subscribed to is not known: {holder.trouble.title}."
    lists = dict.fromkeys(visible(list_words(each.list_id, plan.names)) for each in holder.active)
    return f"On {', '.join(lists)}." if lists else "On no list."


def _steps(plan: NumberPlan) -> Card:
    steps = STEPS if plan.old_number is not None else STEPS[1:]
    card = Card("What happens")
    for place, words in enumerate(steps, 1):
        card.add(plain_label(f"{place}. {words}", wrap=True))
    card.add(plain_label(RESUMABLE, TextRole.MUTED, wrap=True))
    return card
