"""The editor of everything that has no editor of its own: a preview, and its JSON in a sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from vibes_desktop.model.fields import ABSENT, FieldKind
from vibes_desktop.model.jsonvalue import Json, dump
from vibes_desktop.people.display import one_line
from vibes_desktop.people.edit import Unfinished
from vibes_desktop.people.entry import JSON_INDENT, Unreadable, read
from vibes_desktop.ui.people.editors import Editor, Shown
from vibes_desktop.ui.theme import Color, active_theme, mono_font
from vibes_desktop.ui.widgets.buttons import ButtonRole, button, link_button
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

MAX_EDITED_CHARACTERS = 200_000  # beyond, Qt's text editor stalls the window on one long line
EDITOR_HEIGHT = 320
_TAKE_KEY = "Ctrl+Return"
_RIGHT = QTextCursor.MoveOperation.Right


class JsonEditor(Editor):
    """A value in one line, and a button that opens it as JSON."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._text = ""
        self._preview = ElidedLabel(role=TextRole.MONO)
        self._open = link_button("Edit JSON", small=True, on_click=self.open_sheet)
        self._open.setAccessibleName(f"{name}: edit JSON")
        self.line.addWidget(self._preview, 1)
        self.line.addWidget(self._open)
        self.setFocusProxy(self._open)

    def show_value(self, value: Shown) -> None:
        """Show a value as JSON in one line."""
        if isinstance(value, Unfinished):
            self._text, preview = value.text, value.text
        else:
            preview = one_line(value)
            self._text = "" if value is None or value is ABSENT else _spelled_out(value)
        self._preview.set_full_text(preview)
        is_small = len(self._text) <= MAX_EDITED_CHARACTERS
        self._open.setEnabled(is_small)
        self._open.set_text(
            "Edit JSON" if is_small else f"{len(self._text) // 1000:,} kB: too large to edit here"
        )
        self._open.setAccessibleName(f"{self.name}: {self._open.text()}")

    def open_sheet(self) -> None:
        """Edit the value as JSON in a sheet."""
        _open_sheet(self.name, self._text, self.window(), self.edited.emit)


class JsonSheet(SheetDialog):
    """JSON as text; it can only be taken over once it can be read and sent."""

    def __init__(self, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Edit {one_line(name)}", subtitle="as JSON", parent=parent)
        self.value: Json = None
        self._edit = QPlainTextEdit()
        self._edit.setAccessibleName(f"{name} as JSON")
        self._edit.setFont(mono_font())
        self._edit.setMinimumHeight(EDITOR_HEIGHT)
        self._edit.setTabChangesFocus(True)
        self._edit.setPlainText(text)
        self._problem = plain_label("", TextRole.SMALL_BAD, wrap=True)
        self._problem.setMinimumHeight(18)
        self.add(self._edit)
        self.add(self._problem)
        self.set_note("Characters that can't be seen are spelled \\uXXXX, so that they survive.")
        self.add_button(button("Cancel", on_click=self.reject))
        self._take = button(
            "Take over", ButtonRole.PRIMARY, shortcut_hint="Ctrl+Return", on_click=self.accept
        )
        self.add_button(self._take, key=_TAKE_KEY)
        self._edit.textChanged.connect(self._check)
        self._check()
        self._edit.setFocus()

    def _check(self) -> None:
        try:
            self.value = read(FieldKind.JSON, self._edit.toPlainText())
        except Unreadable as error:
            self._problem.setText(str(error))
            self._take.setEnabled(False)
            self._mark(error)
        else:
            self._problem.setText("")
            self._take.setEnabled(True)
            self._edit.setExtraSelections([])

    def _mark(self, error: Unreadable) -> None:
        """Underline the place of a syntax error."""
        if error.line is None or error.column is None:
            return
        block = self._edit.document().findBlockByNumber(error.line - 1)
        mark = QTextEdit.ExtraSelection()
        mark.cursor = QTextCursor(block)
        mark.format = self._wavy()
        steps = max(0, min(error.column - 1, block.length() - 2))
        mark.cursor.movePosition(_RIGHT, QTextCursor.MoveMode.MoveAnchor, steps)
        mark.cursor.movePosition(_RIGHT, QTextCursor.MoveMode.KeepAnchor)
        self._edit.setExtraSelections([mark])

    def _wavy(self) -> QTextCharFormat:
        wavy = QTextCharFormat()
        wavy.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wavy.setUnderlineColor(active_theme().color(Color.BAD))
        return wavy


def edit_as_json(name: str, value: Json, parent: QWidget, take: Callable[[Json], None]) -> None:
    """Open the sheet for a value; `take` gets the new one."""
    _open_sheet(name, _spelled_out(value), parent, take)


def _open_sheet(name: str, text: str, parent: QWidget, take: Callable[[Json], None]) -> None:
    sheet = JsonSheet(name, text, parent)
    sheet.accepted.connect(lambda: take(sheet.value))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()


def _spelled_out(value: Json) -> str:
    """Write a value as JSON in which every character that Qt would alter is an escape."""
    text = dump(value, indent=JSON_INDENT)
    return text if text.isascii() else "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    if character == "\n" or (character.isprintable() and character != "\u00a0"):
        return character
    return dump(character, ascii_only=True)[1:-1]
