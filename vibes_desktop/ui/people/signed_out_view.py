"""What the page shows while no profile is in use: the two ways to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.theme import Color
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

SENTENCE = "No profile is in use. A profile is one company's account on the Vibes platform."
ABOUT_SANDBOX = "The sandbox is a simulated platform on this computer: nothing in it reaches anybody."


class SignedOutView(QWidget):
    """Connect to Vibes, or try the sandbox."""

    profile_requested = Signal()
    sandbox_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._connect = button("Connect to Vibes…", ButtonRole.PRIMARY, on_click=self.profile_requested.emit)
        self._try = button("Try the sandbox", on_click=self.sandbox_requested.emit)
        choices = QHBoxLayout()
        choices.setSpacing(12)
        choices.addStretch(1)
        choices.addWidget(self._connect)
        choices.addWidget(self._try)
        choices.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(IconLabel(Icon.PEOPLE, Color.MUTED, 32), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(plain_label(SENTENCE), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(choices)
        column.addWidget(plain_label(ABOUT_SANDBOX, TextRole.SMALL_MUTED), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on; with a focus proxy Tab would go round between the buttons for ever."""
        self._connect.setFocus(event.reason())
