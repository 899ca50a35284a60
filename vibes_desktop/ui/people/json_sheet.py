"""The sheet in which a value is edited as JSON."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from vibes_desktop.model.fields import FieldKind
from vibes_desktop.model.jsonvalue import Json, dump
from vibes_desktop.people.display import visible
from vibes_desktop.people.entry import JSON_INDENT, Unreadable, read
from vibes_desktop.ui.theme import Color, active_theme
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.code_block import CodeBlock
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

MAX_EDITED_CHARACTERS = 100_000  # beyond, Qt's text editor stalls the window
SHOWN_LINES = 300
SHOWN_COLUMNS = 1_000
EDITOR_HEIGHT = 320
TAKE_KEY = "Ctrl+Return"
_PARAGRAPH, _RIGHT = "\u2029", QTextCursor.MoveOperation.Right

Take = Callable[[Json], object]


class JsonSheet(SheetDialog):
    """JSON as text; it can only be taken over once it can be read and sent."""

    def __init__(self, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Edit {visible(name)}", subtitle="as JSON", parent=parent)
        self.value: Json = None
        self.edit = QPlainTextEdit()
        self.edit.setAccessibleName(f"{visible(name)} as JSON")
        self.edit.setProperty("mono", True)
        self.edit.setMinimumHeight(EDITOR_HEIGHT)
        self.edit.setTabChangesFocus(True)
        self.edit.setPlainText(text)
        self.problem = plain_label("", TextRole.SMALL_BAD, wrap=True)
        self.problem.setMinimumHeight(18)
        self.add(self.edit)
        self.add(self.problem)
        self.set_note("Characters that can't be seen are spelled \\uXXXX, so that they survive.")
        self.add_button(button("Cancel", shortcut_hint="Esc", on_click=self.reject))
        self.take = button("Take over", ButtonRole.PRIMARY, shortcut_hint=TAKE_KEY, on_click=self.accept)
        self.add_button(self.take, key=TAKE_KEY)
        self.edit.textChanged.connect(self._check)
        self._check()
        self.edit.setFocus()

    def _check(self) -> None:
        try:
            self.value = read(FieldKind.JSON, self._text())
        except Unreadable as error:
            self.problem.setText(str(error))
            self.take.setEnabled(False)
            self._mark(error)
        else:
            self.problem.setText("")
            self.take.setEnabled(True)
            self.edit.setExtraSelections([])

    def _text(self) -> str:
        """Read the text as it is: `toPlainText` turns no-break spaces into spaces."""
        return self.edit.document().toRawText().replace(_PARAGRAPH, "\n")

    def _mark(self, error: Unreadable) -> None:
        """Underline the place of a syntax error."""
        self.edit.setExtraSelections([])
        if error.line is None or error.column is None:
            return
        block = self.edit.document().findBlockByNumber(error.line - 1)
        mark = QTextEdit.ExtraSelection()
        mark.cursor = QTextCursor(block)
        mark.format = _wavy()
        steps = max(0, min(error.column - 1, block.length() - 2))
        mark.cursor.movePosition(_RIGHT, QTextCursor.MoveMode.MoveAnchor, steps)
        mark.cursor.movePosition(_RIGHT, QTextCursor.MoveMode.KeepAnchor)
        self.edit.setExtraSelections([mark])


class JsonView(SheetDialog):
    """JSON to read and copy; of a very large value, the beginning."""

    def __init__(self, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(visible(name), subtitle="as JSON", parent=parent)
        code = CodeBlock(f"{visible(name)} as JSON", _beginning(text), max_lines=24)
        self.add(code)
        if is_too_large(text):
            self.set_note(
                f"{len(text):,} characters: too many to edit here. "
                "The value stays as it is unless you clear the field."
            )
        self.copy = self.add_button(button("Copy all of it", on_click=lambda: _copy(text)))
        self.set_default(self.add_button(button("Close", shortcut_hint="Esc", on_click=self.reject)))


def open_json(name: str, text: str, parent: QWidget, take: Take | None) -> None:
    """Open a value's JSON; `take` gets the new value, without it the text is only shown."""
    if take is None or is_too_large(text):
        view = JsonView(name, text, parent)
        view.finished.connect(view.deleteLater)
        view.open()
        return
    sheet = JsonSheet(name, text, parent)
    sheet.accepted.connect(lambda: take(sheet.value))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()


def is_too_large(text: str) -> bool:
    """Tell whether a text would stall the editor."""
    return len(text) > MAX_EDITED_CHARACTERS


def spelled_out(value: Json) -> str:
    """Write a value as JSON in which every character that Qt would alter is an escape."""
    text = dump(value, indent=JSON_INDENT)
    return text if text.isascii() else "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    if character == "\n" or (character.isprintable() and character != "\u00a0"):
        return character
    return dump(character, ascii_only=True)[1:-1]


def _beginning(text: str) -> str:
    """Cut a text where painting it would stall the window: lines that are long, and many lines."""
    lines = text.split("\n", SHOWN_LINES)
    rest = lines[SHOWN_LINES:]
    shown = [
        line if len(line) <= SHOWN_COLUMNS else f"{line[:SHOWN_COLUMNS]} …" for line in lines[:SHOWN_LINES]
    ]
    return "\n".join([*shown, *(["…"] if rest else [])])


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def _wavy() -> QTextCharFormat:
    wavy = QTextCharFormat()
    wavy.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    wavy.setUnderlineColor(active_theme().color(Color.BAD))
    return wavy
