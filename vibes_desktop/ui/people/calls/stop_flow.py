"""From “stop texting me” to what the platform says afterwards."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.change import Outcome
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.person import Person
from vibes_desktop.people.calls import Calls
from vibes_desktop.people.stop import Stop
from vibes_desktop.people.stop_messages import StopReport
from vibes_desktop.people.stopping import StopPlan
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.calls.stop_sheet import StopSheet
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times


class StopFlow(QObject):
    """Runs one sheet at a time."""

    finished = Signal(object)  # StopReport of which everything reads as ended
    tried = Signal()  # something was sent, whatever became of it
    open_requested = Signal(object)  # Person on the same number

    def __init__(self, bridge: Bridge, page: QWidget, privacy: Privacy, times: Times) -> None:
        super().__init__(page)
        self._bridge = bridge
        self._page = page
        self._privacy = privacy
        self._times = times

    def start(self, calls: Calls, person: Person, list_id: str | None = None) -> None:
        """Open the sheet for all of a person's lists, or one."""
        profile = calls.session.profile
        sheet = StopSheet(person, list_id, profile, self._privacy, self._times, self._page.window())
        self._plan(calls, sheet, person)
        sheet.open_requested.connect(self.open_requested)
        sheet.sent.connect(lambda reason: self._send(calls, sheet, reason))
        sheet.open()

    def _plan(self, calls: Calls, sheet: StopSheet, person: Person, report: StopReport | None = None) -> None:
        def show(plan: StopPlan) -> None:
            sheet.show_plan(plan, report)

        reading = self._bridge.start(
            calls.plan_stop(person), show, sheet.show_problem, title="Looking who is texted", owner=sheet
        )
        sheet.finished.connect(reading.cancel)

    def _send(self, calls: Calls, sheet: StopSheet, reason: str) -> None:
        stop = Stop()
        sheet.stopped.connect(stop.now)
        report = self._bridge.reporter(sheet.show_progress, owner=sheet)
        work = calls.stop_messages(sheet.chosen, reason=reason, stop=stop, on_words=report)
        self._bridge.start(
            work, lambda done: self._finish(calls, sheet, done), sheet.show_problem, title="Stopping messages"
        )

    def _finish(self, calls: Calls, sheet: StopSheet, report: StopReport) -> None:
        self.tried.emit()
        if report.is_complete:
            sheet.close_finished()
            self.finished.emit(report)
            return
        sheet.show_report(report)
        person = sheet.plan.own.person if sheet.plan is not None else report.results[0][0].person
        self._look_again(calls, sheet, person, report)

    def _look_again(self, calls: Calls, sheet: StopSheet, person: Person, report: StopReport) -> None:
        """Find out what was unknown, then show what is still active: that can be tried again."""
        unknown = [result.record for _, result in report.results if result.outcome is Outcome.UNKNOWN]

        async def look() -> StopPlan:
            for record in unknown:
                await calls.session.resolve(record)
            return await calls.plan_stop(person)

        def fail(error: VibesDesktopError) -> None:
            sheet.show_problem(error)

        self._bridge.start(
            look(), lambda plan: sheet.show_plan(plan, report), fail, title="Looking again", owner=sheet
        )
