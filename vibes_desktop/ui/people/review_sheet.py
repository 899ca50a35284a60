"""The review before saving: before and after per field, conflicts to decide, and the exact request."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QWidget

from vibes_desktop.model.fields import MOBILE, FieldRef, Value
from vibes_desktop.model.profile import Safety
from vibes_desktop.people.display import one_line, visible
from vibes_desktop.people.edit import PersonEdit, PhoneRemoval
from vibes_desktop.people.review import Resolution, Review, ReviewRow, compare_three_ways
from vibes_desktop.ui.people.send_sheet import SendSheet
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.card import Hairline
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Pill, Tone

NAMES_SHOWN = 8
UNDO_NOTE = "Everything else is left untouched. You can undo this from History."


class ReviewSheet(SendSheet):
    """Shows a Review, and the ones that choices in it lead to."""

    reviewed = Signal(object)  # the Review as it stands after a choice

    def __init__(self, name: str, safety: Safety, subtitle: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Save {name}", safety, subtitle, parent)
        self.review: Review | None = None
        self._table: QWidget | None = None
        self._notices: list[QWidget] = []
        self.set_note(UNDO_NOTE)

    def show_review(self, review: Review) -> None:
        """Show what would be sent, and on top of what."""
        self.review = review
        self._clear()
        self._table = self._make_table(review)
        self.content.addWidget(self._table)
        for notice in _notices_of(review):
            self._notices.append(notice)
            self.content.addWidget(notice)
        if any(row.field == MOBILE and row.after is None for row in review.rows):
            self._notices.append(self._phone_choice(review.edit))
            self.content.addWidget(self._notices[-1])
        self.ready(_button_words(review), review.request)
        self.reviewed.emit(review)

    def _clear(self) -> None:
        for widget in (self._table, *self._notices):
            if widget is not None:
                self.content.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._notices = []

    def _make_table(self, review: Review) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(10, 0, 10, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        for column, stretch in enumerate((2, 4, 0, 3, 0)):
            grid.setColumnStretch(column, stretch)
        for column, words in ((0, "Field"), (1, "Now on the platform"), (3, "Will be")):
            grid.addWidget(plain_label(words, TextRole.SMALL_MUTED), 0, column)
        for row in review.rows:
            self._add_row(grid, row)
        return table

    def _add_row(self, grid: QGridLayout, row: ReviewRow) -> None:
        line = grid.rowCount()
        grid.addWidget(Hairline(), line, 0, 1, 5)
        grid.addWidget(ElidedLabel(visible(row.field.name)), line + 1, 0)
        grid.addWidget(_before(row.now), line + 1, 1)
        grid.addWidget(plain_label("→", TextRole.MUTED), line + 1, 2)
        grid.addWidget(_after(row), line + 1, 3)
        revert = link_button("Revert", on_click=lambda: self._revert(row.field))
        revert.setAccessibleName(f"Revert {row.field}")
        grid.addWidget(revert, line + 1, 4)
        if row.is_conflict:
            grid.addWidget(self._conflict(row), line + 2, 1, 1, 4)
        if row.problem:
            grid.addWidget(plain_label(row.problem, TextRole.SMALL_BAD, wrap=True), line + 3, 1, 1, 4)

    def _conflict(self, row: ReviewRow) -> QWidget:
        """Make the choice between two changes of one field."""
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 4)
        line.setSpacing(16)
        words = f"Changed by someone else too; it was “{one_line(row.opened, 40)}” when you opened it."
        line.addWidget(plain_label(words, TextRole.WARN, wrap=True), 1)
        group = QButtonGroup(holder)
        for resolution, text in ((Resolution.THEIRS, "Keep theirs"), (Resolution.MINE, "Use mine")):
            choice = QRadioButton(text)
            choice.setAccessibleName(f"{row.field}: {text}")
            choice.setChecked(row.resolution is resolution)
            choice.clicked.connect(lambda _=False, chosen=resolution: self._resolve(row.field, chosen))
            group.addButton(choice)
            line.addWidget(choice)
        return holder

    def _phone_choice(self, edit: PersonEdit) -> QWidget:
        """Offer the other documented spelling of removing a number (C-10)."""
        is_first = edit.phone_removal is PhoneRemoval.PHONE_NULL
        other = PhoneRemoval.MDN_NULL if is_first else PhoneRemoval.PHONE_NULL
        spelling = '{"mdn": null}' if is_first else "null"
        return link_button(
            f"Send the removal as “mobile_phone”: {spelling} instead",
            small=True,
            on_click=lambda: self._respell(other),
        )

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
        if self.review is None:
            return
        self.show_review(self.review.revert(name))
        if not self.review.edit.is_changed:
            self.reject()


def _before(value: Value) -> QWidget:
    is_text = isinstance(value, str) and value != ""
    return ElidedLabel(one_line(value), TextRole.STRUCK if is_text or _holds(value) else TextRole.MUTED)


def _after(row: ReviewRow) -> QWidget:
    if not row.is_sent:
        return Pill(
            "decide" if row.needs_choice else "stays", Tone.WARN if row.needs_choice else Tone.NEUTRAL
        )
    if row.after is None:
        return Pill("cleared", Tone.BAD)
    return ElidedLabel(one_line(row.after), TextRole.STRONG)


def _holds(value: Value) -> bool:
    return one_line(value, 20) not in {"not set", "blank text"}


def _notices_of(review: Review) -> list[Notice]:
    notices = []
    if review.changed_meanwhile:
        names = [visible(change.field.name) for change in review.changed_meanwhile]
        verb = "was" if len(names) == 1 else "were"
        words = (
            f"{_listed(names)} {verb} changed on the platform since you opened the record. "
            "You didn't edit that; it stays as it is there."
        )
        notices.append(Notice(Tone.WARN, "Changed meanwhile", [words]))
    if review.already_there:
        names = [visible(name.name) for name in review.already_there]
        notices.append(
            Notice(
                Tone.NEUTRAL,
                "Already there",
                [f"{_listed(names)}: the platform holds your value. It isn't sent."],
            )
        )
    if review.request is not None and review.request.notes:
        notices.append(Notice(Tone.WARN, "Before you send", list(review.request.notes)))
    if not review.rows:
        notices.append(Notice(Tone.OK, "Nothing left to send", ["The record already is as you want it."]))
    return notices


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:NAMES_SHOWN])
    return shown if len(names) <= NAMES_SHOWN else f"{shown} and {len(names) - NAMES_SHOWN:,} more"


def _button_words(review: Review) -> str:
    if review.open_conflicts:
        return "Decide first"
    count = len(review.changes)
    return f"Save {count:,} change" if count == 1 else f"Save {count:,} changes"
