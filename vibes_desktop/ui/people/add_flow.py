"""From a new person's form to its outcome: look first, show who would be met, then send."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.profile import Profile
from vibes_desktop.people.add import AddOutdated
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.outcome import SaveResult, SaveStep
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.people.stop import Stop
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.add_sheet import AddSheet


class AddFlow(QObject):
    """Runs one review at a time."""

    finished = Signal(object)  # SaveResult
    open_requested = Signal(object)  # Person who exists already, to be opened instead

    def __init__(self, bridge: Bridge, page: QWidget) -> None:
        super().__init__(page)
        self._bridge = bridge
        self._page = page

    def start(self, session: PeopleSession, profile: Profile, edit: PersonEdit) -> None:
        """Open the review of a person to be added."""
        subtitle = f"{profile.name} · {profile.region_label}"
        sheet = AddSheet(profile.safety, profile.api_version, subtitle, self._page.window())
        looking = self._bridge.start(
            session.review_add(edit),
            sheet.show_review,
            sheet.show_problem,
            title="Looking who exists",
            owner=sheet,
        )
        sheet.finished.connect(looking.cancel)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open_requested.connect(self.open_requested)
        sheet.sent.connect(lambda reason: self._send(session, sheet, reason))
        sheet.open()

    def _send(self, session: PeopleSession, sheet: AddSheet, reason: str) -> None:
        review = sheet.review
        if review is None:
            return
        stop = Stop()
        sheet.stopped.connect(stop.now)

        def show(step: SaveStep) -> None:
            sheet.show_progress(step.value)

        report = self._bridge.reporter(show, owner=sheet)
        work = session.add(review, reason=reason, on_step=report, stop=stop)
        self._bridge.start(
            work,
            lambda result: self._finish(sheet, result),
            lambda error: _show_refusal(sheet, error),
            title="Adding",
        )

    def _finish(self, sheet: AddSheet, result: SaveResult) -> None:
        sheet.close_finished()
        self.finished.emit(result)


def _show_refusal(sheet: AddSheet, error: VibesDesktopError) -> None:
    """Show why nothing was sent; where others are met than shown, show them."""
    sheet.show_problem(error)
    if isinstance(error, AddOutdated):
        sheet.show_review(error.review)
