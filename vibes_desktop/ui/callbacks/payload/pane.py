"""The pane beside the table: one payload, read in every way there is."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from vibes_desktop.ui.callbacks.payload.actions import PayloadActions
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

NOTHING = "Choose a row to read its payload."


class PayloadPane(QFrame):
    """Shows the viewer's current payload."""

    def __init__(self, viewer: Viewer, actions: PayloadActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewer = viewer
        self.ways_out = actions
        self.setProperty("role", "card")
        self.setAccessibleName("The payload")
        column = QVBoxLayout(self)
        column.addWidget(plain_label(NOTHING, TextRole.MUTED, wrap=True))
