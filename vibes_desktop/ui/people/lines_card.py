"""A card of lines: words at the left, a state at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from vibes_desktop.ui.widgets.buttons import Button, link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.labels import TextRole, plain_label


class LinesCard(Card):
    """Holds lines, sentences and links; all of them go when others are shown."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._lines: list[QWidget] = []

    def clear(self) -> None:
        """Show nothing."""
        for line in self._lines:
            self.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []

    def show_words(self, words: str) -> None:
        """Show a sentence in place of everything."""
        self.clear()
        self.add_words(words)

    def add_words(self, words: str, role: TextRole = TextRole.MUTED) -> None:
        """Add a sentence."""
        self._append(plain_label(words, role, wrap=True))

    def add_line(self, words: QWidget, *states: QWidget) -> None:
        """Add a line."""
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(words, 1)
        for state in states:
            line.addWidget(state)
        self._append(holder)

    def add_link(self, words: str, act: Callable[[], object]) -> Button:
        """Add a link in a line of its own."""
        link = link_button(words, small=True, on_click=act)
        self._append(link)
        return link

    def _append(self, widget: QWidget) -> None:
        self._lines.append(widget)
        self.add(widget)
