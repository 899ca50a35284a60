"""What every section of the settings is: a column of cards that scrolls, under a heading."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.scroll_page import ScrollPage

WIDEST = 760
"""A form is read more easily in a column than across a wide screen."""


class Section(QWidget):
    """A heading, a place for one notice, and a column of cards."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.notice = Notice(Tone.NEUTRAL, "", closable=True)
        self.notice.setMaximumWidth(WIDEST)
        self.notice.hide()
        self.page = ScrollPage(title)
        self.page.column.setContentsMargins(0, 0, 12, 12)
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(0, 0, 0, 0)
        self.whole.setSpacing(12)
        self.whole.addWidget(self.notice)
        self.whole.addWidget(self.page, 1)

    def activate(self) -> None:
        """Be told that the section has come into view."""

    def initial_focus(self) -> QWidget | None:
        """Return what gets the focus when the section is entered; None for the first that takes it."""
        return None

    def add(self, widget: QWidget) -> None:
        """Add a card at the end, no wider than is read easily."""
        widget.setMaximumWidth(WIDEST)
        self.page.add(widget)

    def say(self, tone: Tone, title: str, *sentences: str) -> None:
        """Show a notice above the cards."""
        self.notice.set_content(tone, title, sentences)
        self.notice.show()


def explanation(text: str) -> QLabel:
    """Make the small words that explain a setting."""
    return plain_label(text, TextRole.SMALL_MUTED, wrap=True)
