"""The Callbacks page: an honest place for what comes with a later version."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.shell.page import Page, PageId
from vibes_desktop.ui.widgets.buttons import Button, button
from vibes_desktop.ui.widgets.empty_state import EmptyState
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

MARGIN = 24
LATER = "Comes with a later version."


class CallbacksPage(Page):
    """Says what will be here, and why its two actions are off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(PageId.CALLBACKS, "Callbacks", Icon.CALLBACKS, parent)
        self.open_button = _not_yet("Open a file…")
        self.listen_button = _not_yet("Start the listener")
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 16, MARGIN, 16)
        column.addLayout(self._head())
        column.addWidget(
            EmptyState(
                "Open a file or start the listener.",
                example="Both come with a later version: callbacks from a file, or as the platform posts"
                " them, to read, to search and to compare. Nothing is received until then.",
                picture=Icon.CALLBACKS,
            ),
            1,
        )

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(plain_label("Callbacks", TextRole.TITLE))
        line.addStretch(1)
        line.addWidget(self.open_button)
        line.addWidget(self.listen_button)
        return line


def _not_yet(text: str) -> Button:
    """Make a button that is off and says why."""
    made = button(text, tooltip=LATER)
    made.setEnabled(False)
    made.setAccessibleDescription(LATER)
    return made
