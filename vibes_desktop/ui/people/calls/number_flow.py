"""From “I changed my number” to the same person with the new one, through whatever breaks in between."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.model.number_change import NumberChange
from vibes_desktop.model.person import Person
from vibes_desktop.people.calls import Calls
from vibes_desktop.people.number_standing import Offer
from vibes_desktop.people.renumber import NumberPlanOutdated, NumberResult
from vibes_desktop.people.renumbering import check_external_id
from vibes_desktop.people.stop import Stop
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.people.calls.number_sheet import LOOKING as LOOKING_UP
from vibes_desktop.ui.people.calls.number_sheet import NumberSheet
from vibes_desktop.ui.people.calls.number_state_sheet import GO_ON, LOOKING, RESTORE, NumberStateSheet
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times


class NumberFlow(QObject):
    """Runs one sheet at a time."""

    finished = Signal(object, object)  # NumberResult that is over, and the lists' names by ID
    stood = Signal(object)  # NumberResult, wherever it came to: the record has changed
    left = Signal()  # a change was ended as it was
    open_requested = Signal(object)  # Person

    def __init__(self, bridge: Bridge, page: QWidget, privacy: Privacy, times: Times) -> None:
        super().__init__(page)
        self._bridge = bridge
        self._page = page
        self._privacy = privacy
        self._times = times
        self._looking: Task[Any] | None = None

    def start(self, calls: Calls, person: Person) -> None:
        """Ask for the new number."""
        sheet = NumberSheet(person, calls.session.profile, self._privacy, self._page.window())
        sheet.look_up_requested.connect(lambda number: self._look_up(calls, sheet, person, number))
        sheet.open_requested.connect(self.open_requested)
        sheet.sent.connect(lambda reason: self._send(calls, sheet, reason))
        sheet.finished.connect(self._stop_looking)
        sheet.open()
        try:
            check_external_id(person)
        except InvalidInput as error:
            sheet.refuse(error)

    def resume(self, calls: Calls, change: NumberChange) -> None:
        """Show where a change stands that was left."""
        self._show_state(calls, change, {}, None)

    def _look_up(self, calls: Calls, sheet: NumberSheet, person: Person, number: str) -> None:
        self._stop_looking()
        work = calls.plan_number(person, number)
        self._looking = self._bridge.start(
            work, sheet.show_plan, sheet.show_problem, title=LOOKING_UP, owner=sheet
        )

    def _stop_looking(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    def _send(self, calls: Calls, sheet: NumberSheet, reason: str) -> None:
        plan = sheet.plan
        if plan is None:
            return
        stop = Stop()
        sheet.stopped.connect(stop.now)
        report = self._bridge.reporter(sheet.show_progress, owner=sheet)
        work = calls.change_number(plan, reason=reason, stop=stop, on_act=report)

        def finish(result: NumberResult) -> None:
            sheet.close_finished()
            self._tell(calls, result, plan.names)

        def refuse(error: VibesDesktopError) -> None:
            sheet.show_problem(error)
            if isinstance(error, NumberPlanOutdated):
                sheet.show_plan(error.plan)

        self._bridge.start(work, finish, refuse, title="Changing the number")

    def _tell(self, calls: Calls, result: NumberResult, names: Mapping[str, str]) -> None:
        self.stood.emit(result)
        if result.change.step.is_over:
            self.finished.emit(result, names)
        else:
            self._show_state(calls, result.change, names, result)

    def _show_state(
        self, calls: Calls, change: NumberChange, names: Mapping[str, str], result: NumberResult | None
    ) -> None:
        profile, window = calls.session.profile, self._page.window()
        sheet = NumberStateSheet(change, profile, self._privacy, self._times, window)
        state = _State(self._bridge, calls, sheet, change, names)
        state.over.connect(self._on_over)
        state.stood.connect(self.stood)
        state.left.connect(self.left)
        sheet.open_requested.connect(self.open_requested)
        sheet.open()
        if result is None:
            state.act(Offer.LOOK_AGAIN)
        else:
            sheet.show_result(result, names)

    def _on_over(self, result: NumberResult, names: Mapping[str, str]) -> None:
        self.finished.emit(result, names)


class _State(QObject):
    """One sheet about a change that is not finished, and what its buttons do."""

    over = Signal(object, object)  # NumberResult, names
    stood = Signal(object)  # NumberResult
    left = Signal()

    def __init__(
        self,
        bridge: Bridge,
        calls: Calls,
        sheet: NumberStateSheet,
        change: NumberChange,
        names: Mapping[str, str],
    ) -> None:
        super().__init__(sheet)
        self._bridge = bridge
        self._calls = calls
        self._sheet = sheet
        self._change = change
        self._names = names
        sheet.acted.connect(self.act)

    def act(self, offer: Offer) -> None:
        """Do what was chosen."""
        match offer:
            case Offer.LOOK_AGAIN:
                self._run(self._calls.look(self._change), LOOKING, Stop())
            case Offer.GO_ON | Offer.RESTORE:
                stop = Stop()
                report = self._bridge.reporter(self._sheet.start, owner=self._sheet)
                restores = offer is Offer.RESTORE
                work = self._calls.go_on(self._change, stop=stop, on_act=report, restores=restores)
                self._run(work, RESTORE if restores else GO_ON, stop)
            case Offer.LEAVE:
                self._leave()

    def _run(self, work: Coroutine[Any, Any, NumberResult], words: str, stop: Stop) -> None:
        self._sheet.start(words)
        self._sheet.stopped.connect(stop.now)
        self._bridge.start(work, self._show, self._sheet.show_problem, title=words)

    def _show(self, result: NumberResult) -> None:
        self._change = result.change
        self.stood.emit(result)
        if result.change.step.is_over:
            self._sheet.close_finished()
            self.over.emit(result, self._names)
        else:
            self._sheet.show_result(result, self._names)

    def _leave(self) -> None:
        def close(_: object) -> None:
            self._sheet.close_finished()
            self.left.emit()

        self._sheet.start("Ending it as it is")
        self._bridge.start(
            self._calls.leave(self._change), close, self._sheet.show_problem, title="Ending it as it is"
        )
