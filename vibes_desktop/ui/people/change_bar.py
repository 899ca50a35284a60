"""The bar that appears once something was edited: what, how many, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from vibes_desktop.people.edit import PersonEdit, Unfinished
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.pill import Pill, Tone

HEIGHT = 52
NAMES_SHOWN = 6


class ChangeBar(QFrame):
    """Review and save, or discard."""

    review_requested = Signal()
    discard_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "action_bar")
        self.setAccessibleName("Edited fields")
        self.setFixedHeight(HEIGHT)
        self._pill = Pill("", Tone.WARN)
        self._names = ElidedLabel()
        self._draft = plain_label("", TextRole.SMALL_MUTED)
        self._discard = button("Discard", shortcut_hint="Esc", on_click=self.discard_requested.emit)
        self._review = button(
            "Review and save",
            ButtonRole.PRIMARY,
            shortcut_hint="Ctrl+Return",
            on_click=self.review_requested.emit,
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 0, 24, 0)
        line.setSpacing(12)
        line.addWidget(self._pill)
        line.addWidget(self._names, 1)
        line.addWidget(self._draft)
        line.addWidget(self._discard)
        line.addWidget(self._review)
        self.hide()

    def show_edit(self, edit: PersonEdit) -> None:
        """Tell what is edited; hidden while nothing is, except for a person to be added."""
        names = [str(name) for name in edit.fields if name in edit.entries]
        count = len(names)
        self._pill.set_status(f"{count:,} change" if count == 1 else f"{count:,} changes", Tone.WARN)
        self._pill.setVisible(count > 0)
        more = f" and {count - NAMES_SHOWN:,} more" if count > NAMES_SHOWN else ""
        self._names.set_full_text(", ".join(names[:NAMES_SHOWN]) + more)
        self._review.set_text("Review and add" if edit.is_new else "Review and save")
        self._review.setEnabled(not self._is_blocked(edit))
        self.setVisible(edit.is_changed or edit.is_new)

    def set_draft_words(self, words: str) -> None:
        """Say how the draft is kept."""
        self._draft.setText(words)

    def set_read_only(self, words: str) -> None:
        """Say why nothing can be saved now; empty when it can."""
        self._review.setToolTip(words)
        if words:
            self._review.setEnabled(False)
            self._draft.setText(words)

    def _is_blocked(self, edit: PersonEdit) -> bool:
        return any(isinstance(entry, Unfinished) for entry in edit.entries.values()) or not edit.is_changed
