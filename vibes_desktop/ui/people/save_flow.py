"""From an edit to its outcome: the review sheet, the sending, and what became of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.change import ChangeId
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.profile import Profile
from vibes_desktop.people.display import heading
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.outcome import SaveResult, SaveStep
from vibes_desktop.people.review import ReviewOutdated
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.people.stop import Stop
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.review_sheet import ReviewSheet


class SaveFlow(QObject):
    """Runs one review at a time."""

    edit_changed = Signal(object)  # the PersonEdit, after fields were reverted in the review
    finished = Signal(object)  # SaveResult

    def __init__(self, bridge: Bridge, page: QWidget) -> None:
        super().__init__(page)
        self._bridge = bridge
        self._page = page

    def start(
        self, session: PeopleSession, profile: Profile, edit: PersonEdit, undo_of: ChangeId | None = None
    ) -> None:
        """Open the review of an edit; the rest follows from what the person does there."""
        subtitle = f"{profile.name} · {profile.region_label}"
        sheet = ReviewSheet(heading(edit.opened, edit.version), profile.safety, subtitle, self._page.window())
        reading = self._bridge.start(
            session.review(edit),
            sheet.show_review,
            sheet.show_problem,
            title="Reading the record",
            owner=sheet,
        )
        sheet.finished.connect(reading.cancel)
        sheet.finished.connect(sheet.deleteLater)
        sheet.reviewed.connect(lambda review: self.edit_changed.emit(review.edit))
        sheet.sent.connect(lambda reason: self._send(session, sheet, reason, undo_of))
        sheet.open()

    def _send(
        self, session: PeopleSession, sheet: ReviewSheet, reason: str, undo_of: ChangeId | None
    ) -> None:
        review = sheet.review
        if review is None:
            return
        stop = Stop()
        sheet.stopped.connect(stop.now)

        def show(step: SaveStep) -> None:
            sheet.show_progress(step.value)

        report = self._bridge.reporter(show, owner=sheet)
        work = session.save(review, reason=reason, undo_of=undo_of, on_step=report, stop=stop)
        self._bridge.start(
            work,
            lambda result: self._finish(sheet, result),
            lambda error: _show_refusal(sheet, error),
            title="Saving",
        )

    def _finish(self, sheet: ReviewSheet, result: SaveResult) -> None:
        sheet.close_finished()
        self.finished.emit(result)


def _show_refusal(sheet: ReviewSheet, error: VibesDesktopError) -> None:
    """Show why nothing was sent; a record that changed meanwhile is shown anew."""
    sheet.show_problem(error)
    if isinstance(error, ReviewOutdated):
        sheet.show_review(error.review)
