"""A read-only text in monospace that may be large: it is put in by slices, so that the window keeps going."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from vibes_desktop.ui.theme import Color, active_theme

SLICE = 48 << 10  # characters that are put in at once: about 3 ms
Span = tuple[int, int]  # characters of the text, from 0, the last excluded


class CodeView(QPlainTextEdit):
    """Shows a text; Tab leaves it."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._put = 0
        self._spans: tuple[Span, ...] = ()
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._put_slice)
        self.setProperty("mono", True)
        self.setProperty("role", "code")
        self.setAccessibleName(accessible_name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    @property
    def is_filling(self) -> bool:
        """Tell whether more of the text is on its way."""
        return self._next.isActive()

    def set_text(self, text: str, spans: Sequence[Span] = ()) -> None:
        """Show another text, with some places marked."""
        self._next.stop()
        self._text, self._spans = text, tuple(spans)
        self._put = min(SLICE, len(text))
        self.setExtraSelections([])
        self.setPlainText(text[: self._put])
        if self._put < len(text):
            self._next.start()
        else:
            self._mark()

    def show_span(self, number: int) -> None:
        """Scroll to a marked place and put the cursor there."""
        if number < len(self._spans) and not self.is_filling:
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._position(self._spans[number][0]))
            self.setTextCursor(cursor)
            self.centerCursor()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.extraSelections():
            self._mark()

    def _put_slice(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(self._text[self._put : self._put + SLICE])
        self._put += SLICE
        if self._put >= len(self._text):
            self._next.stop()
            self._mark()

    def _mark(self) -> None:
        marks = []
        form = QTextCharFormat()
        form.setBackground(active_theme().color(Color.WARN_SOFT))
        form.setForeground(active_theme().color(Color.WARN))
        form.setFontUnderline(True)
        for start, stop in self._spans:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document())
            mark.cursor.setPosition(self._position(start))
            mark.cursor.setPosition(self._position(stop), QTextCursor.MoveMode.KeepAnchor)
            mark.format = form
            marks.append(mark)
        self.setExtraSelections(marks)

    def _position(self, characters: int) -> int:
        """Count as Qt does: in units of UTF-16, a line end as one."""
        before = self._text[:characters].replace("\r\n", "\n")
        units = len(before) + sum(letter > "\uffff" for letter in before)
        return min(units, self.document().characterCount() - 1)
