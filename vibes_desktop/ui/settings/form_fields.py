"""The kinds of field that the profile form is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from vibes_desktop.ui.settings.section import explanation
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.fields import ComboBox, FieldBox, FieldLook, bare_edit
from vibes_desktop.ui.widgets.file_dialog import ask_for_file
from vibes_desktop.ui.widgets.form import FormRow
from vibes_desktop.ui.widgets.pill import SafetyPill

Choice = TypeVar("Choice", bound=Enum)
INDENT = 26
NOTE_LINE = 2  # under the problem, where there is one


class TextField(FieldBox):
    """A line of text."""

    edited = Signal()

    def __init__(self, name: str, *, placeholder: str = "", mono: bool = False, secret: bool = False) -> None:
        self.edit = bare_edit(name, placeholder=placeholder, mono=mono)
        super().__init__(self.edit)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.textEdited.connect(self.edited)

    @property
    def text(self) -> str:
        """What stands in it, as it was typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put a text in."""
        self.edit.setText(text)
        self.edit.setCursorPosition(0)


class FileField(TextField):
    """A line for a path, and the way to choose a file."""

    def __init__(self, name: str, filters: tuple[str, ...]) -> None:
        super().__init__(name, placeholder="None", mono=True)
        self._name = name
        self._filters = filters
        choose = link_button("Choose…", on_click=self._choose)
        choose.setAccessibleName(f"Choose the file: {name}")
        self.add_trailing(choose)

    def _choose(self) -> None:
        ask_for_file(self, self._name, self._filters, self._take)

    def _take(self, path: Path) -> None:
        self.set_text(str(path))
        self.edited.emit()


class ChoiceField(ComboBox, Generic[Choice]):
    """One of an enum's members, by its words."""

    def __init__(self, name: str, words: Mapping[Choice, str]) -> None:
        super().__init__(name, list(words.values()))
        self._members = list(words)

    @property
    def chosen(self) -> Choice:
        """The member that is chosen."""
        return self._members[self.currentIndex()]

    def choose(self, member: Choice) -> None:
        """Choose a member."""
        self.setCurrentIndex(self._members.index(member))


class ProblemRow(FormRow):
    """A row whose problem stands under its field, and goes once the field is edited."""

    def __init__(self, label: str, field: QWidget, note: str = "") -> None:
        super().__init__(label, field, reserve_trailing=False)
        self.editor = field
        self._note = explanation("")
        self._grid.addWidget(self._note, NOTE_LINE, 1)
        self.set_note(note)
        if isinstance(field, TextField):
            field.edited.connect(lambda: self.show_problem(""))

    def set_note(self, words: str) -> None:
        """Say something small under the field; empty for nothing."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def show_problem(self, words: str) -> None:
        """Say what is wrong; empty for nothing."""
        self.set_error(words)
        if isinstance(self.editor, TextField):
            self.editor.set_look(FieldLook.BAD if words else FieldLook.PLAIN)
            self.editor.edit.setAccessibleDescription(words)


class RadioChoice(QWidget, Generic[Choice]):
    """A choice of few, each with its explanation under it."""

    changed = Signal()

    def __init__(
        self,
        words: Mapping[Choice, tuple[str, str]],
        lead: Callable[[Choice], SafetyPill] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.buttons: dict[Choice, QRadioButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for member, (title, meaning) in words.items():
            button = QRadioButton(title)
            button.setAccessibleName(title)
            button.setAccessibleDescription(meaning)
            button.toggled.connect(lambda on: self.changed.emit() if on else None)
            self.buttons[member] = button
            line = QHBoxLayout()
            line.addWidget(button)
            if lead is not None:
                line.addWidget(lead(member))
            line.addStretch(1)
            words_label = explanation(meaning)
            words_label.setContentsMargins(INDENT, 0, 0, 6)
            column.addLayout(line)
            column.addWidget(words_label)

    @property
    def chosen(self) -> Choice:
        """The member that is chosen."""
        return next(member for member, button in self.buttons.items() if button.isChecked())

    def choose(self, member: Choice) -> None:
        """Choose a member."""
        self.buttons[member].setChecked(True)
