"""Stop messages: who is on the number, what is ended, and how each of it ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.change import Outcome
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import Profile
from vibes_desktop.people.display import visible
from vibes_desktop.people.stop_messages import StopReport
from vibes_desktop.people.stopping import FOR_GOOD, Stoppable, StopPlan
from vibes_desktop.ui.people.calls.call_sheet import CallSheet, identifiers_line
from vibes_desktop.ui.people.calls.stop_choice import StopChoice
from vibes_desktop.ui.people.words import counted
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone

LOOKING = "Looking who is texted on this number"
SHARED = "Others have this number"
NOBODY_ELSE = "Nobody else has this number."
NOTHING_ACTIVE = "Nothing to stop"
_STATES = {
    Outcome.VERIFIED: "stopped, and read back",
    Outcome.DIFFERS: "accepted, but it still reads as active",
    Outcome.NOT_SAVED: "not stopped",
    Outcome.UNKNOWN: "not known whether it was stopped",
    Outcome.SENDING: "not known whether it was stopped",
    Outcome.INTENDED: "not sent",
}


class StopSheet(CallSheet):
    """Shows the plan; after trouble, what became of each stop above a plan that was made anew."""

    open_requested = Signal(object)  # Person

    def __init__(
        self,
        person: Person,
        list_id: str | None,
        profile: Profile,
        privacy: Privacy,
        times: Times,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Stop messages", profile, privacy, parent, is_for_good=True)
        self.set_title(f"Stop messages to {self.name(person)}")
        self._list_id = list_id
        self._times = times
        self.plan: StopPlan | None = None
        self.choice: StopChoice | None = None
        self.send.set_text("Stop messages")
        self.progress.start(LOOKING)
        privacy.changed.connect(self._redraw)

    @property
    def chosen(self) -> tuple[Stoppable, ...]:
        """What is ticked."""
        return () if self.choice is None else self.choice.chosen

    def show_plan(self, plan: StopPlan, report: StopReport | None = None) -> None:
        """Show what can be ended, the person's own ticked; above it how a former attempt went."""
        self.plan = plan
        self._show(plan.on_list(self._list_id), report)

    def show_report(self, report: StopReport) -> None:
        """Say at once how it went; what is still active is being read again."""
        self._is_sending = False
        self.choice = None
        self.cancel.setEnabled(True)
        self.cancel.set_text("Close")
        self.show_requests([report_notice(report)], "Nothing chosen", ())
        self.progress.start(LOOKING)

    def _show(self, ticked: Sequence[Stoppable], report: StopReport | None = None) -> None:
        plan = self.plan
        if plan is None:
            return
        name, privacy = self.name, self._privacy
        self.choice = StopChoice(
            plan, ticked, name, lambda person: identifiers_line(person, privacy), self._times
        )
        self.choice.changed.connect(lambda: self._show(self.chosen))
        self.choice.open_requested.connect(self._open)
        notices = [] if report is None else [report_notice(report)]
        if report is not None and report.error is not None:
            self.notice.show_problem(report.error)
        chosen = self.choice.chosen
        widgets: list[QWidget] = [*notices, self.choice, *self._warnings(plan)]
        words = f"Stop {counted(len(chosen), 'list')}" if chosen else "Nothing chosen"
        self.show_requests(widgets, words, [each.request for each in chosen])

    def _warnings(self, plan: StopPlan) -> list[QWidget]:
        found: list[QWidget] = []
        if plan.others_trouble is not None:
            words = f"{plan.others_trouble.title}. Somebody else may be texted on it."
            found.append(Notice(Tone.WARN, "Who shares this number is not known", [words]))
        elif self.choice is not None and self.choice.forgotten:
            count = self.choice.forgotten
            go_on = "goes on being texted unless their lists are ticked too."
            words = f"{counted(count, 'other record')} {go_on if count == 1 else go_on.replace('goes', 'go')}"
            found.append(Notice(Tone.WARN, SHARED, [words]))
        if not plan.stoppable:
            found.append(Notice(Tone.OK, NOTHING_ACTIVE, ["Nobody on this number is on a list now."]))
        else:
            found.append(Notice(Tone.WARN, "For good", [FOR_GOOD]))
        return found

    def _open(self, person: Person) -> None:
        self.reject()
        self.open_requested.emit(person)

    def _redraw(self) -> None:
        if not self._is_sending:
            self._show(self.chosen)


def report_notice(report: StopReport) -> Notice:
    """Say how each stop ended."""
    return Notice(report_tone(report), report_title(report), report_sentences(report))


def report_tone(report: StopReport) -> Tone:
    """Choose the tone of a report."""
    if report.is_complete:
        return Tone.OK
    is_any = any(result.outcome is Outcome.VERIFIED for _, result in report.results)
    return Tone.WARN if is_any else Tone.BAD


def report_title(report: StopReport) -> str:
    """Say in a few words how far it went."""
    if report.is_complete:
        return "Messages stopped"
    done = sum(result.outcome is Outcome.VERIFIED for _, result in report.results)
    whole = len(report.results) + len(report.left)
    return f"{done:,} of {whole:,} stopped" if done else "Not stopped"


def report_sentences(report: StopReport) -> list[str]:
    """Say how each ended, and why."""
    said = []
    for each, result in report.results:
        detail = f" {result.record.detail}" if result.record.detail else ""
        why = f" {result.error.advice}" if result.error is not None and result.error.advice else ""
        said.append(f"{visible(each.list_name)}: {_STATES[result.outcome]}.{detail}{why}")
        if result.journal_error is not None:
            said.append(f"The outcome could not be written into History: {result.journal_error.title}.")
    said += [f"{visible(each.list_name)}: not tried, still active." for each in report.left]
    return said
