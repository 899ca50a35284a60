"""Key hints: the small caps that show which key does the same."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

HEIGHT = 22


class KeyHint(QLabel):
    """A key cap; inside a primary button plain words in that button's colour."""

    def __init__(
        self, keys: QKeySequence | str, *, on_primary: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(hint_text(keys))
        self.setProperty("role", "keycap_primary" if on_primary else "keycap")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


def hint_text(keys: QKeySequence | str) -> str:
    """Return keys in the system's own spelling, with spaces for `+` and `Enter` for `Return`."""
    sequence = QKeySequence(keys)
    if sequence.isEmpty():
        return str(keys)
    native = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    return re.sub(r"\+(?=.)", " ", native.replace("Return", "Enter"))
