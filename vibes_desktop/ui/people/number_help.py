"""The sheet that says why a number can't be changed in place, and what can be done instead."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vibes_desktop.model.fields import MOBILE
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

SHEET_WIDTH = 620
WHY = (
    "The platform refuses another number for a record that has one: it answers “409” and changes nothing. "
    "There are two ways to a new number."
)
REMOVE_AND_ADD = (
    "Remove the number here and save. Then add the person with the same external ID and the new number: "
    "the platform merges it into this record. Subscriptions belong to the number and may not carry over."
)
NEW_PERSON = (
    "Add a new person with the new number and another external ID. "
    "This record stays as it is, with the old number."
)  # fmt: skip


class NumberHelp(SheetDialog):
    """Explains the platform's rule about numbers and offers its two ways."""

    def __init__(self, desk: EditDesk, parent: QWidget | None = None) -> None:
        super().__init__("Why can't the number be changed?", width=SHEET_WIDTH, parent=parent)
        self._desk = desk
        self.add(plain_label(WHY, wrap=True))
        for title, text in (("1. Remove, then add", REMOVE_AND_ADD), ("2. A new person", NEW_PERSON)):
            self.add(plain_label(title, TextRole.STRONG))
            self.add(plain_label(text, wrap=True))
        self.set_note("Nothing is sent before you have reviewed it.")
        self.add_button(button("Remove the number…", ButtonRole.DANGER, on_click=self._remove))
        self.set_default(self.add_button(button("Close", on_click=self.reject)))

    def _remove(self) -> None:
        self._desk.set(MOBILE, None)
        self.accept()
