"""The connection test: one line for each rung, as it climbs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.theme import Color
from vibes_desktop.ui.widgets.buttons import icon_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

NAME_WIDTH = 132


class LadderCard(Card):
    """Lines that appear from top to bottom; the first that fails is the last, with what to do about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        close = icon_button(Icon.CLOSE, "Close the connection test", on_click=self.hide)
        super().__init__("Connection test", close, parent=parent)
        self.body.setSpacing(6)
        self._lines: list[QWidget] = []
        self.hide()

    @property
    def text(self) -> str:
        """All lines, as they read."""
        return "\n".join(text for line in self._lines for text in _texts(line) if text)

    def begin(self) -> None:
        """Come into view, without the lines of the test before."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines.clear()
        self.show()

    def add_rung(self, name: str, text: str, advice: str, *, ok: bool) -> None:
        """Add a rung's line."""
        self._add(_line(name, text, advice, ok=ok))

    def add_words(self, text: str) -> None:
        """End with a sentence."""
        self._add(plain_label(text, TextRole.STRONG, wrap=True))

    def _add(self, line: QWidget) -> None:
        self._lines.append(line)
        self.add(line)
        QAccessible.updateAccessibility(QAccessibleEvent(line, QAccessible.Event.Alert))


def _texts(line: QWidget) -> list[str]:
    labels = [line] if isinstance(line, QLabel) else line.findChildren(QLabel)
    return [label.text() for label in labels]


def _line(name: str, text: str, advice: str, *, ok: bool) -> QWidget:
    holder = QWidget()
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
    words.setAlignment(Qt.AlignmentFlag.AlignTop)
    words.addWidget(plain_label(text, TextRole.BODY if ok else TextRole.BAD, wrap=True, selectable=True))
    if advice:
        words.addWidget(plain_label(advice, wrap=True, selectable=True))
    whole.addLayout(words, 1)
    return holder
