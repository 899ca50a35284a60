"""The review before adding: who would be met, what would happen to them, and the exact request."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vibes_desktop.model.profile import ApiVersion, Safety
from vibes_desktop.people.add import AddReview, AddVerdict, Meeting
from vibes_desktop.people.display import heading, one_line, visible
from vibes_desktop.ui.people.send_sheet import SendSheet
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone

ADDING_IS_NOT_OPTING_IN = "Adding a person subscribes them to nothing."
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

    def __init__(
        self, safety: Safety, version: ApiVersion, subtitle: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("Add a person", safety, subtitle, parent)
        self._version = version
        self._shown: list[QWidget] = []
        self.set_note(ADDING_IS_NOT_OPTING_IN)

    def show_review(self, review: AddReview) -> None:
        """Show who would be met, and what would be sent."""
        for widget in self._shown:
            self.content.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        tone, title, words = _HEAD[review.verdict]
        self._shown = [Notice(tone, title, [words])]
        self._shown += [self._meeting(meeting) for meeting in review.met]
        for widget in self._shown:
            self.content.addWidget(widget)
        self.ready(_BUTTON[review.verdict], review.request)

    def _meeting(self, meeting: Meeting) -> QWidget:
        by = " and ".join(identifier.kind.label.lower() for identifier in meeting.by)
        card = Card(f"Found by {by}")
        card.add(ElidedLabel(heading(meeting.person, self._version), TextRole.STRONG))
        keys = [meeting.person.person_key, meeting.person.external_person_id, meeting.person.mdn]
        card.add(ElidedLabel(" · ".join(visible(key) for key in keys if key), TextRole.MONO_MUTED))
        for effect in meeting.effects:
            card.add(plain_label(effect, wrap=True))
        column = QVBoxLayout()
        column.setSpacing(2)
        for change in meeting.changes:
            after = "cleared" if change.after is None else one_line(change.after)
            column.addWidget(ElidedLabel(f"{change.field}: {one_line(change.before)} → {after}"))
        card.body.addLayout(column)
        return card
