"""The connection test: one line for each rung, as it climbs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.theme import Color
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.progress_line import ProgressLine

NAME_WIDTH = 120
LINE_HEIGHT = 22


class LadderCard(Card):
    """Lines that appear from top to bottom; the first that fails is the last, with what to do about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.progress = ProgressLine()
        super().__init__("Connection test", self.progress, parent=parent)
        self._lines: list[QWidget] = []
        self._idle = plain_label(
            "Tests address, proxy, encryption, sign-in, company key and API version, one after the other."
            " Nothing is changed on the platform.",
            TextRole.SMALL_MUTED,
            wrap=True,
        )
        self.add(self._idle)

    @property
    def text(self) -> str:
        """All lines, as they read."""
        labels = (label.text() for line in self._lines for label in line.findChildren(QLabel))
        return "\n".join(text for text in labels if text)

    def begin(self) -> None:
        """Take the lines of the test before away."""
        self._idle.hide()
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines.clear()

    def add_rung(self, name: str, text: str, advice: str, *, ok: bool) -> None:
        """Add a rung's line."""
        line = _line(name, text, advice, ok=ok)
        self._lines.append(line)
        self.add(line)

    def add_words(self, text: str) -> None:
        """End with a sentence."""
        label = plain_label(text, TextRole.STRONG, wrap=True)
        self._lines.append(label)
        self.add(label)


def _line(name: str, text: str, advice: str, *, ok: bool) -> QWidget:
    holder = QWidget()
    holder.setMinimumHeight(LINE_HEIGHT)
    holder.setAccessibleName(f"{name}: {'passed' if ok else 'failed'}. {text} {advice}".strip())
    whole = QHBoxLayout(holder)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(8)
    mark = IconLabel(Icon.OK, Color.OK) if ok else IconLabel(Icon.ERROR, Color.BAD)
    title = plain_label(name, TextRole.STRONG)
    title.setFixedWidth(NAME_WIDTH)
    whole.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    whole.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(plain_label(text, TextRole.BODY if ok else TextRole.BAD, wrap=True, selectable=True))
    if advice:
        words.addWidget(plain_label(advice, wrap=True, selectable=True))
    whole.addLayout(words, 1)
    return holder
