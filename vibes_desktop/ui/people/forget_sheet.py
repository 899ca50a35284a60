"""Asking before a person is forgotten on this computer: that can't be taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.labels import plain_label
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

WIDTH = 560
SENTENCES = (
    "Values in History, drafts, unsaved edits and the list of recent people: what they hold of this person "
    "is erased from this computer. Changes made to the record can't be undone from here any more.",
    "Nothing is sent: the record on the platform stays as it is.",
)


class ForgetSheet(SheetDialog):
    """Says what is erased; Cancel has the focus and Enter."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Forget {name} on this computer?", width=WIDTH, parent=parent)
        for sentence in SENTENCES:
            self.add(plain_label(sentence, wrap=True))
        self.cancel = self.add_button(button("Cancel", shortcut_hint="Esc", on_click=self.reject))
        self.forget = self.add_button(button("Forget", ButtonRole.DANGER, on_click=self.accept))
        self.set_default(self.cancel)
        self.finished.connect(self.deleteLater)
