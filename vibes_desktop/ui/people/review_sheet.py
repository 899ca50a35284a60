"""The review before saving: before and after per field, conflicts to decide, and the exact request."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.fields import MOBILE, FieldRef
from vibes_desktop.model.profile import Safety
from vibes_desktop.people.display import visible
from vibes_desktop.people.edit import PhoneRemoval
from vibes_desktop.people.review import Resolution, Review, compare_three_ways
from vibes_desktop.ui.people.review_table import ReviewTable
from vibes_desktop.ui.people.words import counted, listed
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.send_sheet import SendSheet

UNDO_NOTE = "Everything else is left untouched. You can undo this from History."


class ReviewSheet(SendSheet):
    """Shows a Review, and the ones that choices in it lead to."""

    reviewed = Signal(object)  # the Review as it stands after a choice

    def __init__(self, name: str, safety: Safety, subtitle: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Save {name}", safety, subtitle, parent)
        self.review: Review | None = None
        self.set_note(UNDO_NOTE)

    def show_review(self, review: Review) -> None:
        """Show what would be sent, and on top of what."""
        self.review = review
        table = ReviewTable(review)
        table.revert_requested.connect(self._revert)
        table.revert_all_requested.connect(self._revert_all)
        table.resolved.connect(self._resolve)
        widgets: list[QWidget] = [table] if review.rows else []
        widgets += _notices_of(review)
        if any(row.field == MOBILE and row.after is None for row in review.rows):
            widgets.append(self._phone_choice(review.edit.phone_removal))
        self.show_content(widgets, _button_words(review), review.request)
        self.reviewed.emit(review)

    def _phone_choice(self, now: PhoneRemoval) -> QWidget:
        """Offer the other documented spelling of removing a number (C-10)."""
        is_first = now is PhoneRemoval.PHONE_NULL
        other = PhoneRemoval.MDN_NULL if is_first else PhoneRemoval.PHONE_NULL
        spelling = '{"mdn": null}' if is_first else "null"
        words = f"Send the removal as “mobile_phone”: {spelling} instead"
        link = link_button(words, small=True, on_click=lambda: self._respell(other))
        link.setAccessibleName("Spell the removal of the number the other way")
        return link

    def _respell(self, how: PhoneRemoval) -> None:
        review = self.review
        if review is not None:
            edit = review.edit.with_phone_removal(how)
            self.show_review(
                compare_three_ways(edit, review.fresh, review.target, review.make_request, review.resolutions)
            )

    def _resolve(self, name: FieldRef, resolution: Resolution) -> None:
        if self.review is not None:
            self.show_review(self.review.resolve(name, resolution))

    def _revert(self, name: FieldRef) -> None:
        if self.review is not None:
            self._show_or_leave(self.review.revert(name))

    def _revert_all(self) -> None:
        review = self.review
        if review is not None:
            for name in tuple(review.edit.entries):
                review = review.revert(name)
            self._show_or_leave(review)

    def _show_or_leave(self, review: Review) -> None:
        """Show what is left; leave when nothing is edited any more."""
        self.show_review(review)
        if not review.edit.is_changed:
            self.reject()


def _notices_of(review: Review) -> list[QWidget]:
    notices: list[QWidget] = []
    if review.changed_meanwhile:
        names = [visible(change.field.name) for change in review.changed_meanwhile]
        is_one = len(names) == 1
        words = f"{listed(names)} {'was' if is_one else 'were'} changed on the platform since you opened it."
        rest = "You didn't edit that; it stays" if is_one else "You didn't edit those; they stay"
        notices.append(Notice(Tone.WARN, "Changed meanwhile", [f"{words} {rest} as on the platform."]))
    if review.already_there:
        names = [visible(name.name) for name in review.already_there]
        words = f"{listed(names)}: the platform holds your value already. It isn't sent."
        notices.append(Notice(Tone.NEUTRAL, "Already there", [words]))
    if review.request is not None and review.request.notes:
        notices.append(Notice(Tone.WARN, "Before you send", list(review.request.notes)))
    if not review.changes and not review.open_conflicts:
        words = "The record is as you want it. Close this, or discard the edits."
        notices.append(Notice(Tone.OK, "Nothing left to send", [words]))
    return notices


def _button_words(review: Review) -> str:
    if review.open_conflicts:
        return "Decide first"
    return f"Save {counted(len(review.changes), 'change')}" if review.changes else "Nothing to save"
