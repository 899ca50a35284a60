"""The sheet that says why a number can't be changed in place, and what can be done instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

SHEET_WIDTH = 860
REVIEWED_FIRST = "Nothing is sent before you have reviewed it."
WHY = (
    "The platform refuses another number for a record that has one: it answers “409” and changes nothing. "
    "There are two ways to a new number."
)
REMOVE_AND_ADD = (
    "“Change number…” looks who has the new one, removes the old one, adds the new one under the same "
    "external ID, and checks that it is the same person. Subscriptions belong to the number and may not "
    "carry over."
)
NEW_PERSON = (
    "Add a new person with the new number and another external ID. "
    "This record stays as it is, with the old number."
)
WHY_ADD = (
    "The platform takes a number only when a person is added. Add the person with the same external ID and "
    "the number: it is merged into this record."
)
NO_EXTERNAL_ID = "This record has no external ID. Give it one and save first."


@dataclass(frozen=True, slots=True)
class NumberActs:
    """What the sheet offers; None where it can't be done."""

    change: Callable[[], object] | None = None
    remove: Callable[[], object] | None = None
    add_new: Callable[[], object] | None = None
    add_same: Callable[[], object] | None = None


class NumberHelp(SheetDialog):
    """Explains the platform's rule about numbers and offers its two ways."""

    def __init__(self, acts: NumberActs, parent: QWidget | None = None) -> None:
        super().__init__("Why can't the number be changed?", width=SHEET_WIDTH, parent=parent)
        self.add(plain_label(WHY, wrap=True))
        for title, text in (
            ("1. Another number for this person", REMOVE_AND_ADD),
            ("2. A new person", NEW_PERSON),
        ):
            self.add(plain_label(title, TextRole.STRONG))
            self.add(plain_label(text, wrap=True))
        self.set_note(REVIEWED_FIRST)
        self.change = _offer(self, "Change number…", acts.change)
        self.remove = _offer(self, "Remove the number", acts.remove, ButtonRole.DANGER)
        self.add_new = _offer(self, "Add a new person…", acts.add_new)
        self.set_default(self.add_button(button("Close", shortcut_hint="Esc", on_click=self.reject)))
        self.finished.connect(self.deleteLater)


class NewNumberHelp(SheetDialog):
    """Explains how a record without a number gets one."""

    def __init__(self, acts: NumberActs, parent: QWidget | None = None) -> None:
        super().__init__("How does this person get a number?", width=SHEET_WIDTH, parent=parent)
        self.add(plain_label(WHY_ADD, wrap=True))
        if acts.add_same is None:
            self.add(plain_label(NO_EXTERNAL_ID, wrap=True))
        self.set_note(REVIEWED_FIRST)
        self.add_same = _offer(self, "Add with the same external ID…", acts.add_same)
        self.set_default(self.add_button(button("Close", shortcut_hint="Esc", on_click=self.reject)))
        self.finished.connect(self.deleteLater)


def _offer(
    sheet: SheetDialog,
    words: str,
    act: Callable[[], object] | None,
    role: ButtonRole = ButtonRole.SECONDARY,
) -> QWidget:
    """Add a button that closes the sheet and acts; greyed out where that can't be done."""
    made = sheet.add_button(button(words, role, on_click=sheet.accept))
    made.setEnabled(act is not None)
    if act is not None:
        made.clicked.connect(lambda _checked=False: act())
    return made
