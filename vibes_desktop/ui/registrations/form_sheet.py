"""The form of one registration: which events, and where to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from vibes_desktop.accounts.registering import (
    CONTENT_TYPES,
    METHODS,
    SUBJECT_KEYS,
    SUBJECT_WORDS,
    Draft,
)
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.ui.registrations.desk import RegistrationDesk
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.fields import ComboBox, FieldBox, bare_edit
from vibes_desktop.ui.widgets.form import FormGrid, FormRow
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

WIDTH = 720
NOT_NEEDED = "Not needed for this type"
PASTE = "Such as https://example.com/callbacks"
REVIEW_KEY = "Ctrl+Return"
NOTE = "Nothing is sent yet: you see the exact request first."


class FormSheet(SheetDialog):
    """Asks for a draft. `wanted` is called with it; an InvalidInput it raises is shown at its field."""

    def __init__(
        self,
        desk: RegistrationDesk,
        draft: Draft,
        wanted: Callable[[Draft], object],
        *,
        is_new: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        title = "Register a callback" if is_new else "Change the registration"
        super().__init__(
            title, safety=desk.profile.safety, subtitle=desk.subtitle, width=WIDTH, parent=parent
        )
        self._wanted = wanted
        self.callback_type = ComboBox("Callback type", list(SUBJECT_KEYS))
        self.subject = bare_edit("Subject", draft.subject, mono=True)
        self.url = bare_edit("Address", draft.url, mono=True, placeholder=PASTE)
        self.method = ComboBox("Method", METHODS)
        self.content_type = ComboBox("Content type", CONTENT_TYPES)
        self._rows: dict[str, FormRow] = {}
        self._lay_out()
        for box, value in (
            (self.callback_type, draft.callback_type),
            (self.method, draft.method),
            (self.content_type, draft.content_type),
        ):
            box.setCurrentIndex(max(box.findText(value), 0))
        self.callback_type.setEnabled(is_new)
        self.callback_type.currentIndexChanged.connect(self._show_subject)
        self._show_subject()
        self.set_note(NOTE)
        self.cancel = self.add_button(button("Cancel", shortcut_hint="Esc", on_click=self.reject))
        self.review = button("Review", ButtonRole.PRIMARY, shortcut_hint=REVIEW_KEY, on_click=self._on_review)
        self.add_button(self.review, key=REVIEW_KEY)
        (self.callback_type if is_new else self.url).setFocus()

    @property
    def draft(self) -> Draft:
        """What stands in the form."""
        return Draft(
            self.callback_type.currentText(),
            self.url.text().strip(),
            self.subject.text().strip() if self._key else "",
            self.method.currentText(),
            self.content_type.currentText(),
        )

    @property
    def _key(self) -> str | None:
        return SUBJECT_KEYS[self.callback_type.currentText()]

    def show_problem(self, error: InvalidInput) -> None:
        """Say what is wrong at its field."""
        for name, row in self._rows.items():
            row.set_error(f"{error.title}. {error.advice}" if name == error.field else "")
        wrong = self._rows.get(error.field or "")
        if wrong is not None:
            wrong.field.setFocus()
        QTimer.singleShot(0, self, self.fit)  # once the layout knows the sentence

    def _lay_out(self) -> None:
        grid = FormGrid()
        for name, label, widget in (
            ("callback_type", "Callback type", self.callback_type),
            ("subject", "For", FieldBox(self.subject)),
            ("url", "Address", FieldBox(self.url)),
            ("method", "Method", self.method),
            ("content_type", "Content type", self.content_type),
        ):
            self._rows[name] = grid.add_row(FormRow(label, widget, reserve_trailing=False))
        card = Card("Events, and where to", ruled=True)
        card.add(grid)
        self.add(card)

    def _show_subject(self) -> None:
        words = SUBJECT_WORDS.get(self._key or "", "")
        self.subject.setEnabled(bool(words))
        self.subject.setPlaceholderText(words or NOT_NEEDED)
        self.subject.setAccessibleName(words or "Subject")

    def _on_review(self) -> None:
        try:
            self._wanted(self.draft)
        except InvalidInput as error:
            self.show_problem(error)
