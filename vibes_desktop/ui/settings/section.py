"""What every section of the settings is: a column of cards that scrolls."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.scroll_page import ScrollPage

WIDEST = 760
"""A form is read more easily in a column than across a wide screen."""
GUTTER = 12
"""Kept free at the right, for the scroll bar."""
GAP = 12


class Section(QWidget):
    """A place for one notice, and a column of cards; `fix` adds what doesn't scroll."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.setMaximumWidth(WIDEST + GUTTER)
        self.notice = Notice(Tone.NEUTRAL, "", closable=True)
        self.notice.hide()
        self.page = ScrollPage(title)
        self.page.verticalScrollBar().rangeChanged.connect(self._make_room)
        self._make_room(0, 0)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(GAP)
        self._whole.addWidget(self.page, 1)
        self.fix(self.notice, 0)

    def activate(self) -> None:
        """Be told that the section has come into view."""

    def initial_focus(self) -> QWidget | None:
        """Return what gets the focus when the section is entered; None for the first that takes it."""
        return None

    def add(self, widget: QWidget) -> None:
        """Add a card at the end of the column."""
        self.page.add(widget)

    def fix(self, widget: QWidget, index: int = -1) -> None:
        """Put a widget before or after what scrolls, as wide as the cards."""
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, GUTTER, 0)
        line.addWidget(widget)
        self._whole.insertLayout(index, line)

    def say(self, tone: Tone, title: str, *sentences: str) -> None:
        """Show a notice above the cards."""
        self.notice.set_content(tone, title, sentences)
        self.notice.show()

    def _make_room(self, lowest: int, highest: int) -> None:
        """Keep the cards as wide as they are whether the scroll bar is there or not."""
        self.page.column.setContentsMargins(0, 0, GUTTER if lowest == highest else 0, GAP)


def explanation(text: str) -> QLabel:
    """Make the small words that explain a setting."""
    return plain_label(text, TextRole.SMALL_MUTED, wrap=True)
