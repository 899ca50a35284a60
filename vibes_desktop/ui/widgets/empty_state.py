"""Empty states: a sentence, one button, an example."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.theme import Color
from vibes_desktop.ui.widgets.buttons import Button
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

TEXT_WIDTH = 480


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
        for label in (self._sentence, self._example):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._example.setVisible(bool(example))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 24)
        whole.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._centre(action, picture), 0)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(3)

    def set_text(self, sentence: str, example: str = "") -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self._example.setText(example)
        self._example.setVisible(bool(example))

    def _centre(self, action: Button | None, picture: Icon | None) -> QWidget:
        centre = QWidget()
        centre.setFixedWidth(TEXT_WIDTH)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        if picture is not None:
            column.addWidget(IconLabel(picture, Color.MUTED, 32), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence)
        if action is not None:
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._example)
        return centre
