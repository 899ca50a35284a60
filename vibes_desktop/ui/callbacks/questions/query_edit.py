"""The one line in which a question is written: coloured as one types, what is wrong underlined."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit, QSizePolicy, QWidget

from vibes_desktop.ui.callbacks.questions.coloring import Part, covered, hidden_stretches, spans
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.theme import Color, active_theme, mono_font

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LINE_ENDS = dict.fromkeys(map(ord, "\r\n\u2028\u2029\x0b\x0c\x85"), " ")
INK = {Part.FIELD: Color.ACCENT, Part.OPERATOR: Color.MUTED, Part.VALUE: Color.TEXT, Part.WORD: Color.TEXT}


class QueryEdit(QPlainTextEdit):
    """A single line; Enter submits it, once per press. Keys are offered to `key_filter` first."""

    submitted = Signal()
    typed = Signal()  # somebody changed the text; not the program
    left = Signal()  # the focus went elsewhere

    def __init__(self, privacy: Privacy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key_filter: Callable[[QKeyEvent], bool] = lambda _event: False
        self._is_put = False
        self.setProperty("role", "bare")
        self.setProperty("mono", True)
        self.setFont(mono_font())
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._privacy = privacy
        self._question, self._dots = _document(self), _document(self)
        self._is_covered = False
        self._place = 0  # of the cursor, in Qt's units, while it is covered
        self.setDocument(self._question)
        self._colors = _Colors(self._question, privacy)
        self._former = ""
        self.textChanged.connect(self._tell_typed)

    @property
    def text(self) -> str:
        """What stands in it."""
        return self._question.toPlainText()

    @property
    def cursor_at(self) -> int:
        """The place of the cursor, in characters of the text."""
        place = self._place if self._is_covered else self.textCursor().position()
        return _characters(self.text, place)

    def put(self, text: str) -> None:
        """Write another text in its place, in a way that can be undone, the cursor at its end."""
        self._is_put = True
        self.put_between(0, len(self.text), text)
        self._is_put = False

    def put_between(self, begin: int, end: int, text: str) -> None:
        """Write a text in the place of a stretch, and go behind it."""
        cursor = QTextCursor(self._question)
        cursor.setPosition(_units(self.text, begin))
        cursor.setPosition(_units(self.text, end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text.translate(LINE_ENDS))
        self._place = cursor.position()
        if self._is_covered:
            self._tell_typed()
            self._cover()
        else:
            self.setTextCursor(cursor)

    def x_of(self, place: int) -> int:
        """Tell where a character stands, in pixels of the viewport."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(self.text, min(place, len(self.text))))
        return self.cursorRect(cursor).left()

    def mark_error(self, position: int | None) -> None:
        """Underline what stands at a place (None: nothing)."""
        self._colors.mark_error(position)

    def recolor(self) -> None:
        """Colour it anew, after another theme was chosen, or whether personal data are hidden.

        What is selected has a colour of its own, which would show what is covered.
        """
        self.setStyleSheet("selection-color: transparent" if self._privacy.is_masking else "")
        self._cover()
        self._colors.rehighlight()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(200, QFontMetrics(self.font()).height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.key_filter(event):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._cover()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._cover()
        self.left.emit()

    def _cover(self) -> None:
        """While data are hidden and nobody writes, hold dots, for a screen reader reads whatever it holds."""
        covers = self._privacy.is_masking and not self.hasFocus()
        if covers:
            self._dots.setPlainText(covered(self.text))
        if covers is self._is_covered:
            return
        self._is_covered = covers
        if covers:
            self._place = self.textCursor().position()
        shown = self._dots if covers else self._question
        shown.setDefaultFont(self.font())
        self.setDocument(shown)
        if not covers:
            cursor = QTextCursor(self._question)
            cursor.setPosition(min(self._place, self._question.characterCount() - 1))
            self.setTextCursor(cursor)

    def _tell_typed(self) -> None:
        """Tell edits; colours change the document too, but not its text."""
        text = self.text
        if text != self._former:
            self._former = text
            if not self._is_put:
                self.typed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            event.accept()
            if not event.isAutoRepeat() and not _chorded(event):
                self.submitted.emit()
            return
        super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy what is selected as it is shown."""
        copied, cursor = QMimeData(), self.textCursor()
        shown = covered(self.text) if self._privacy.is_masking else self.text
        begin = _characters(self.text, cursor.selectionStart())
        copied.setText(shown[begin : _characters(self.text, cursor.selectionEnd())])
        return copied

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(source.text().strip().translate(LINE_ENDS))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "_colors"):
            self._colors.rehighlight()


class _Colors(QSyntaxHighlighter):
    """Colours the parts of a question by the theme."""

    def __init__(self, document: QTextDocument, privacy: Privacy) -> None:
        super().__init__(document)
        self._privacy = privacy
        self._error_at: int | None = None

    def mark_error(self, position: int | None) -> None:
        """Underline the word at a place, or what comes before the end."""
        if position != self._error_at:
            self._error_at = position
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        theme = active_theme()
        for span in spans(text):
            self._paint(text, span.begin, span.end, _format(theme.color(INK[span.part])))
        if self._privacy.is_masking:
            covered = _format(QColor(Qt.GlobalColor.transparent))
            covered.setBackground(theme.color(Color.LINE))
            for begin, end in hidden_stretches(text):
                self._paint(text, begin, end, covered)
        if self._error_at is not None and text:
            begin, end = _around(text, self._error_at)
            self._underline(text, begin, end, theme.color(Color.BAD))

    def _paint(self, text: str, begin: int, end: int, look: QTextCharFormat) -> None:
        first = _units(text, begin)
        self.setFormat(first, _units(text, end) - first, look)

    def _underline(self, text: str, begin: int, end: int, color: QColor) -> None:
        for place in range(_units(text, begin), _units(text, end)):
            look = self.format(place)
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(color)
            self.setFormat(place, 1, look)


def _document(edit: QPlainTextEdit) -> QTextDocument:
    made = QTextDocument(edit)
    made.setDocumentLayout(QPlainTextDocumentLayout(made))
    made.setDefaultFont(edit.font())
    made.setDocumentMargin(0)
    return made


def _format(color: QColor) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(color)
    look.setFontWeight(QFont.Weight.Normal)
    return look


def _around(text: str, position: int) -> tuple[int, int]:
    """Find the word at a place; the last one where the place is the end."""
    position = min(position, len(text) - 1)
    while position > 0 and text[position].isspace():
        position -= 1
    begin = end = position
    while end < len(text) and not text[end].isspace():
        end += 1
    return begin, max(end, begin + 1)


def _units(text: str, place: int) -> int:
    """Count Qt's units (UTF-16) before a place: emoji take two."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def _characters(text: str, units: int) -> int:
    """Count the characters before a place that is given in Qt's units."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "surrogatepass"))


def _chorded(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
