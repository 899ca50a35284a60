"""Code blocks: what will be sent or was received, in monospace, to read and copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

FRAME_HEIGHT = 31


class CodeBlock(QPlainTextEdit):
    """A read-only text in monospace; Tab leaves it."""

    def __init__(
        self, accessible_name: str, text: str = "", *, max_lines: int = 12, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._max_lines = max_lines
        self.setProperty("role", "code")
        self.setAccessibleName(accessible_name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setProperty("mono", True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text; the height follows it up to the given number of lines."""
        self.setPlainText(text)
        self.ensurePolished()
        lines = min(max(self.blockCount(), 1), self._max_lines)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + FRAME_HEIGHT + bar)
