"""The editors of the record's form, one for each kind of field.

An editor shows a value without changing it, and tells what a person did to it: a new value, or a text
that cannot become one. Values that Qt's widgets would alter are edited as JSON, where they are spelled out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vibes_desktop.model.fields import ABSENT, FieldKind, Value
from vibes_desktop.model.jsonvalue import Json, JsonObject
from vibes_desktop.people.compare import same_choice
from vibes_desktop.people.display import NOT_SET, one_line, visible
from vibes_desktop.people.edit import Unfinished
from vibes_desktop.people.entry import Unreadable, read, write
from vibes_desktop.ui.widgets.fields import ComboBox, bare_edit

Shown: TypeAlias = Value | Unfinished
Read: TypeAlias = Callable[[str, Value], Json]  # a typed text and the value it replaces; raises Unreadable

BLANK_HINT = "blank text (not the same as “not set”)"
MAX_LINE_CHARACTERS = 5_000  # longer texts make a line edit slow, and one line is no place for them


def fits_line(text: str) -> bool:
    """Tell whether a line edit gives a text back exactly as it was given."""
    return len(text) <= MAX_LINE_CHARACTERS and visible(text) == text and "\u00a0" not in text


def is_set(value: Shown) -> bool:
    """Tell a value from null and from no field at all."""
    return value is not None and value is not ABSENT


class Editor(QWidget):
    """Shows the value of one field and tells of edits."""

    edited = Signal(object)  # the new Json value; None clears
    unfinished = Signal(str, str)  # a text that is no value yet, and why

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.original: Value = ABSENT  # what an edit replaces; set by the row
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(6)

    def show_value(self, value: Shown) -> None:
        """Show a value; tells nobody."""
        raise NotImplementedError

    def hold(self, control: QWidget) -> None:
        """Take the focusable control in."""
        self.line.insertWidget(0, control, 1)
        self.setFocusProxy(control)


class LineEditor(Editor):
    """A line of text, read and written as a kind of value."""

    def __init__(
        self, name: str, kind: FieldKind, *, read_text: Read | None = None, mono: bool = False
    ) -> None:
        super().__init__(name)
        self._kind = kind
        self._read = read_text or self._read_kind
        self.edit = bare_edit(name, mono=mono, placeholder=NOT_SET)
        self.edit.textEdited.connect(self._on_edited)
        self.hold(self.edit)

    def show_value(self, value: Shown) -> None:
        """Show a value; null and absent are an empty line that says so."""
        self.edit.setPlaceholderText(BLANK_HINT if value == "" else NOT_SET)
        text = value.text if isinstance(value, Unfinished) else write(self._kind, value)
        if text != self.edit.text():
            with QSignalBlocker(self.edit):
                self.edit.setText(text)
                self.edit.setCursorPosition(0)

    def _on_edited(self, text: str) -> None:
        if not text and not (self._kind is FieldKind.TEXT and is_set(self.original)):
            self.edited.emit(None)
            return
        try:
            value = self._read(text, self.original)
        except Unreadable as error:
            self.unfinished.emit(text, str(error))
        else:
            self.edited.emit(value)

    def _read_kind(self, text: str, instead_of: Value) -> Json:
        return read(self._kind, text, instead_of)


class ChoiceEditor(Editor):
    """One of several values, each with the words for it."""

    def __init__(self, name: str, options: Sequence[tuple[str, Json]]) -> None:
        super().__init__(name)
        self._options = list(options)
        self.box = ComboBox(name, [words for words, _ in options], bare=True)
        self.box.setPlaceholderText(NOT_SET)
        self.box.activated.connect(lambda index: self.edited.emit(self._options[index][1]))
        self.hold(self.box)

    def show_value(self, value: Shown) -> None:
        """Show a value; one that is not among the options joins them."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self._index_of(value))

    def _index_of(self, value: Shown) -> int:
        if value is None or value is ABSENT or isinstance(value, Unfinished):
            return -1
        for i, (_, option) in enumerate(self._options):
            if is_same_option(option, value):
                return i
        self._options.append((one_line(value), value))
        self.box.addItem(self._options[-1][0])
        return len(self._options) - 1


def is_same_option(a: Json, b: Value) -> bool:
    """Compare options by what names them, and anything else as it is."""
    return same_choice(a, b) or (type(a) is type(b) and a == b)


def yes_no_editor(name: str) -> ChoiceEditor:
    """Make the editor of a truth value."""
    return ChoiceEditor(name, [("Yes", True), ("No", False)])


def worded(options: Sequence[JsonObject]) -> list[tuple[str, Json]]:
    """Pair options with their words."""
    return [(one_line(option), option) for option in options]
