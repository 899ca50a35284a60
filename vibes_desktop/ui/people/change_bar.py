"""The bar that appears once something was edited: what, how many, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from vibes_desktop.model.fields import FieldRef
from vibes_desktop.people.display import visible
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.people.words import counted, listed
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.pill import Pill, Tone

HEIGHT = 52
NAMES_SHOWN = 6
MASKED = "Personal data are hidden, so nothing can be edited. Show them again with Ctrl+Shift+M."
LOCKED = "Read-only until unlocked"
HOW_TO_UNLOCK = "“Unlock” beside the profile's name at the top allows changes to this production profile."


class ChangeBar(QFrame):
    """Review and save, or discard; on a locked profile, why that can't be done."""

    review_requested = Signal()
    discard_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "action_bar")
        self.setAccessibleName("Edited fields")
        self.setFixedHeight(HEIGHT)
        self._lock = IconLabel(Icon.LOCKED)
        self.pill = Pill("", Tone.WARN)
        self.trouble = Pill("", Tone.BAD)
        self.names = ElidedLabel()
        self.draft = plain_label("", TextRole.SMALL_MUTED)
        self.discard = button("Discard", shortcut_hint="Esc", on_click=self.discard_requested.emit)
        self.review = button(
            "Review and save",
            ButtonRole.PRIMARY,
            shortcut_hint="Ctrl+Return",
            on_click=self.review_requested.emit,
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 0, 24, 0)
        line.setSpacing(12)
        line.addWidget(self._lock)
        line.addWidget(self.pill)
        line.addWidget(self.trouble)
        line.addWidget(self.names, 1)
        for widget in (self.draft, self.discard, self.review):
            line.addWidget(widget)
        self.hide()

    @property
    def is_dirty(self) -> bool:
        """Tell whether it offers to discard something."""
        return self.isVisible() and not self.discard.isHidden()

    def show_edit(self, edit: PersonEdit, *, is_locked: bool, is_masked: bool = False) -> None:
        """Tell what is edited; hidden while nothing is, unless a person is added or nothing may be edited."""
        names = [visible(name.name) for name in edit.entries]
        problems = edit.problems()
        is_dirty = edit.is_changed or edit.is_new
        self.pill.set_status(counted(len(names), "change"), Tone.WARN)
        self.pill.setVisible(bool(names))
        self._lock.setVisible(is_locked)
        self.trouble.set_status(counted(len(problems), "problem"), Tone.BAD)
        self.trouble.setVisible(bool(names and problems) and not is_locked)
        words = MASKED if is_masked else _words(edit, problems, is_locked=is_locked)
        self.names.set_full_text(words)
        self.review.set_text("Review and add" if edit.is_new else "Review and save")
        self.review.setEnabled(edit.is_changed and not is_locked)
        self.review.setVisible(not is_locked)
        self.discard.setVisible(is_dirty and not is_locked)
        self.draft.setVisible(not is_locked)
        self.setVisible(is_dirty or is_locked)

    def set_draft_words(self, words: str) -> None:
        """Say how the draft is kept."""
        self.draft.setText(words)


def _words(edit: PersonEdit, problems: Mapping[FieldRef, str], *, is_locked: bool) -> str:
    """Say why nothing can be done, what has to be mended first, or what is edited."""
    if is_locked:
        return f"{LOCKED}. {HOW_TO_UNLOCK}"
    for name, problem in problems.items():
        is_missing = name not in edit.entries
        return problem if is_missing else f"{visible(name.name)}: {problem}"
    return listed([visible(name.name) for name in edit.entries], NAMES_SHOWN)
