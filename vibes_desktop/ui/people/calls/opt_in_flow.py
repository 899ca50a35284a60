"""From “you stopped writing” to one text message, or to why there is none."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.change import Outcome
from vibes_desktop.model.person import Person
from vibes_desktop.model.subscription import Campaign, SubscriptionList
from vibes_desktop.people.calls import Calls
from vibes_desktop.people.opt_in import OptInResult
from vibes_desktop.people.outcome import SaveStep
from vibes_desktop.people.stop import Stop
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.people.calls.opt_in_sheet import OptInSheet
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.pill import Tone

T = TypeVar("T")


class OptInFlow(QObject):
    """Runs one sheet at a time."""

    finished = Signal(object)  # OptInResult

    def __init__(self, bridge: Bridge, page: QWidget, privacy: Privacy, times: Times) -> None:
        super().__init__(page)
        self._bridge = bridge
        self._page = page
        self._privacy = privacy
        self._times = times
        self._reading: Task[Any] | None = None

    def start(self, calls: Calls, person: Person, list_id: str | None = None) -> None:
        """Open the sheet; `list_id` is chosen where there is such a list."""
        profile = calls.session.profile
        sheet = OptInSheet(person, profile, self._privacy, self._times, self._page.window())

        def read_campaigns(onto: SubscriptionList) -> None:
            self._read(sheet, calls.campaigns_into(onto.id or ""), sheet.show_campaigns)

        def read_stand(onto: SubscriptionList, campaign: Campaign) -> None:
            self._read(sheet, calls.plan_opt_in(person, onto, campaign), sheet.show_plan)

        sheet.list_chosen.connect(read_campaigns)
        sheet.campaign_chosen.connect(read_stand)
        sheet.sent.connect(lambda reason: self._send(calls, sheet, reason))
        sheet.finished.connect(self._stop_reading)
        self._read(sheet, calls.lists(), lambda lists: sheet.show_lists(lists, list_id))
        sheet.open()

    def _read(self, sheet: OptInSheet, work: Coroutine[Any, Any, T], show: Callable[[T], object]) -> None:
        """Read for the sheet; the former reading ends, as its answer would come too late."""
        self._stop_reading()
        self._reading = self._bridge.start(
            work, show, sheet.show_problem, title="Reading for the opt-in", owner=sheet
        )

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _send(self, calls: Calls, sheet: OptInSheet, reason: str) -> None:
        if sheet.plan is None:
            return
        stop = Stop()
        sheet.stopped.connect(stop.now)
        sheet.form.setEnabled(False)

        def tell(step: SaveStep) -> None:
            sheet.show_progress(step.value)

        report = self._bridge.reporter(tell, owner=sheet)
        work = calls.opt_in(sheet.plan, sheet.consent.text(), reason=reason, stop=stop, on_step=report)
        self._bridge.start(
            work, lambda result: self._finish(sheet, result), sheet.show_problem, title="Opting in"
        )

    def _finish(self, sheet: OptInSheet, result: OptInResult) -> None:
        sheet.close_finished()
        self.finished.emit(result)


def tone_of(result: OptInResult) -> Tone:
    """Choose the tone in which an answer is told."""
    outcome = result.result.outcome
    if outcome is Outcome.VERIFIED:
        return Tone.OK
    if result.answer is not None and outcome is Outcome.NOT_SAVED:
        return Tone.NEUTRAL  # asked before, or on the list already
    return Tone.WARN if outcome is Outcome.DIFFERS else Tone.BAD
