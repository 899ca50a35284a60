"""The editors of the record's form, one for each kind of field.

An editor shows a value without changing it, and tells what a person did to it: a new value, or a text
that cannot become one. Values that Qt's widgets would alter are edited as JSON, where they are spelled out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from vibes_desktop.model.fields import ABSENT, FieldKind, Value
from vibes_desktop.model.jsonvalue import Json, JsonNumber, JsonObject
from vibes_desktop.people.compare import same_choice
from vibes_desktop.people.display import NOT_SET, one_line, visible
from vibes_desktop.people.edit import Unfinished
from vibes_desktop.people.entry import Unreadable, read, write
from vibes_desktop.ui.people.field_view import Shown, is_set
from vibes_desktop.ui.widgets.fields import ComboBox, bare_edit
from vibes_desktop.ui.widgets.key_hint import hint_text

Read = Callable[[str, Value], Json]  # a typed text and the value it replaces; raises Unreadable

BLANK_HINT = "blank text"
BLANKED_HINT = "blank text, not the same as “not set” · {key} clears"
CLEAR_KEY = "Alt+Delete"
MAX_LINE_CHARACTERS = 5_000  # longer texts make a line edit slow, and one line is no place for them


def fits_line(text: str) -> bool:
    """Tell whether a line edit shows a text so that every character of it can be seen and comes back."""
    return len(text) <= MAX_LINE_CHARACTERS and visible(text) == text and "\u00a0" not in text


class Editor(QWidget):
    """Shows the value of one field and tells of edits."""

    edited = Signal(object)  # the new Json value; None clears
    unfinished = Signal(str, str)  # a text that is no value yet, and why

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.original: Value = ABSENT  # what an edit replaces; set by the row
        # What takes the keys. Not Qt's focus proxy: Tab would stop at the places of proxies as well.
        self.control: QWidget = self
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(6)

    @property
    def line_edit(self) -> QLineEdit | None:
        """The line in which text is typed, where there is one."""
        return None

    def show_value(self, value: Shown) -> None:
        """Show a value; tells nobody."""
        raise NotImplementedError

    def can_show(self, value: Shown) -> bool:
        """Tell whether this editor shows a value as what it is."""
        raise NotImplementedError

    def set_read_only(self, is_read_only: bool) -> None:
        """Let values be looked at and not be edited."""
        raise NotImplementedError

    def hold(self, control: QWidget) -> None:
        """Take the focusable control in."""
        self.line.insertWidget(0, control, 1)
        self.control = control

    def empty_words(self, value: Shown) -> str:
        """Say that there is no value; nothing where the row says that it will be cleared."""
        return "" if value is None and is_set(self.original) else NOT_SET


class LineEditor(Editor):
    """A line of text, read and written as a kind of value."""

    def __init__(
        self, name: str, kind: FieldKind, *, read_text: Read | None = None, mono: bool = False
    ) -> None:
        super().__init__(name)
        self._kind = kind
        self._read = read_text or self._read_kind
        self._value: Shown = ABSENT
        self.edit = bare_edit(name, mono=mono, placeholder=NOT_SET)
        # The row's menu takes the place of the line's own, and holds what that offers.
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.textEdited.connect(self.on_edited)
        self.edit.editingFinished.connect(lambda: self.show_value(self._value))
        self.hold(self.edit)

    @property
    def line_edit(self) -> QLineEdit | None:
        """The line in which text is typed."""
        return self.edit

    def show_value(self, value: Shown) -> None:
        """Show a value; null and absent are an empty line that says so."""
        self.edit.setPlaceholderText(self.empty_words(value))
        self._value = value
        text = value.text if isinstance(value, Unfinished) else write(self._kind, value)
        if text != self.edit.text() and not self._is_being_typed(value):
            with QSignalBlocker(self.edit):
                self.edit.setText(text)
                self.edit.setCursorPosition(0)

    def can_show(self, value: Shown) -> bool:
        """Take any text that fits a line; numbers only as numbers."""
        if isinstance(value, JsonNumber):
            return self._kind is FieldKind.NUMBER
        is_line = isinstance(value, str) and self._kind is not FieldKind.NUMBER and fits_line(value)
        return is_line or isinstance(value, Unfinished) or not is_set(value)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the text be selected and copied only."""
        self.edit.setReadOnly(is_read_only)

    def empty_words(self, value: Shown) -> str:
        """Tell blank from not set."""
        if value != "":
            return super().empty_words(value)
        return BLANK_HINT if self.original == "" else BLANKED_HINT.format(key=hint_text(CLEAR_KEY))

    def on_edited(self, text: str) -> None:
        """Tell what the text has become."""
        if not text and not (self._kind is FieldKind.TEXT and is_set(self.original)):
            self.edited.emit(None)
            return
        try:
            value = self._read(text, self.original)
        except Unreadable as error:
            self.unfinished.emit(text, str(error))
        else:
            self.edited.emit(value)

    def _is_being_typed(self, value: Shown) -> bool:
        """Tell whether the cursor is in a spelling of the value, which must not change under it."""
        if not self.edit.hasFocus():
            return False
        try:
            return self._read(self.edit.text(), self.original) == value
        except Unreadable:
            return False

    def _read_kind(self, text: str, instead_of: Value) -> Json:
        return read(self._kind, text, instead_of)


class ChoiceEditor(Editor):
    """One of several values, each with the words for it."""

    def __init__(self, name: str, options: Sequence[tuple[str, Json]]) -> None:
        super().__init__(name)
        self._options = list(options)
        self.box = _Choice(name, [words for words, _ in options], bare=True)
        self.box.activated.connect(lambda index: self.edited.emit(self._options[index][1]))
        self.hold(self.box)

    def show_value(self, value: Shown) -> None:
        """Show the option that a value is; none for any other value."""
        self.box.setPlaceholderText(self.empty_words(value))
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self._index_of(value))

    def can_show(self, value: Shown) -> bool:
        """Take the options alone."""
        return not is_set(value) or isinstance(value, Unfinished) or self._index_of(value) >= 0

    def set_read_only(self, is_read_only: bool) -> None:
        """Keep the list of options closed."""
        self.box.setEnabled(not is_read_only)

    def _index_of(self, value: Shown) -> int:
        if isinstance(value, Unfinished):
            return -1
        same = (i for i, (_, option) in enumerate(self._options) if is_same_option(option, value))
        return next(same, -1)


class _Choice(ComboBox):
    """A box whose choice the wheel never changes: it scrolls the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def is_same_option(a: Json, b: Value) -> bool:
    """Compare options by what names them, and anything else as it is."""
    return same_choice(a, b) or (type(a) is type(b) and a == b)


def yes_no_editor(name: str) -> ChoiceEditor:
    """Make the editor of a truth value."""
    return ChoiceEditor(name, [("Yes", True), ("No", False)])


def worded(options: Sequence[JsonObject]) -> list[tuple[str, Json]]:
    """Pair options with their words."""
    return [(one_line(option), option) for option in options]
