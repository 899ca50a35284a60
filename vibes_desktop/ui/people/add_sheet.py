"""The review before adding: who would be met, what would happen to them, and the exact request."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion, Safety
from vibes_desktop.people.add import AddReview, AddVerdict
from vibes_desktop.ui.people.person_card import PersonCard, met_card
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.send_sheet import SendSheet

ADDING_IS_NOT_OPTING_IN = "Adding a person subscribes them to nothing."
LOOKING = "Looking whether somebody has these identifiers"
_BUTTON = {
    AddVerdict.CREATES: "Add person",
    AddVerdict.MERGES: "Merge into this person",
    AddVerdict.CONFLICT: "Send all the same",
}
_HEAD = {
    AddVerdict.CREATES: (Tone.OK, "A new person", "Nobody has this external ID or mobile number yet."),
    AddVerdict.MERGES: (
        Tone.WARN,
        "This person exists already",
        "The platform won't add a second record: it merges what you send into this one.",
    ),
    AddVerdict.CONFLICT: (
        Tone.BAD,
        "These identifiers belong to different people",
        "The platform will probably refuse this with “409” and change nothing. "
        "Open the person that you mean and change that record instead.",
    ),
}


class AddSheet(SendSheet):
    """Shows what adding would do."""

    open_requested = Signal(object)  # Person: somebody who exists already

    def __init__(
        self, safety: Safety, version: ApiVersion, subtitle: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("Add a person", safety, subtitle, parent)
        self._version = version
        self.review: AddReview | None = None
        self.cards: list[PersonCard] = []
        self.set_note(ADDING_IS_NOT_OPTING_IN)
        self.progress.start(LOOKING)

    def show_review(self, review: AddReview) -> None:
        """Show who would be met, and what would be sent."""
        self.review = review
        tone, title, words = _HEAD[review.verdict]
        self.cards = [met_card(meeting, self._version, self._open) for meeting in review.met]
        self.show_content(
            [Notice(tone, title, [words]), *self.cards], _BUTTON[review.verdict], review.request
        )

    def _open(self, person: Person) -> None:
        self.reject()
        self.open_requested.emit(person)
