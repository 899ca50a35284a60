"""Empty states: a sentence, one button, an example."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.theme import Color
from vibes_desktop.ui.widgets.buttons import Button
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

TEXT_WIDTH = 520


class EmptyState(QWidget):
    """What a page says while it has nothing to show, and what to do about it."""

    def __init__(
        self,
        sentence: str,
        action: Button | None = None,
        example: str = "",
        *,
        picture: Icon | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sentence = plain_label(sentence, wrap=True)
        self._example = plain_label(example, TextRole.SMALL_MUTED, wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 24)
        self._column.setSpacing(12)
        self._column.addStretch(2)
        if picture is not None:
            self._column.addWidget(IconLabel(picture, Color.MUTED, 32), 0, Qt.AlignmentFlag.AlignHCenter)
        self._add_text(self._sentence)
        if action is not None:
            self._column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        self._add_text(self._example)
        self._example.setVisible(bool(example))
        self._column.addStretch(3)

    def set_text(self, sentence: str, example: str = "") -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self._example.setText(example)
        self._example.setVisible(bool(example))

    def _add_text(self, label: QLabel) -> None:
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setMaximumWidth(TEXT_WIDTH)
        label.setMinimumWidth(min(TEXT_WIDTH, 280))
        self._column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
