"""The bar at the bottom: what was done last, where secrets are, what runs, whether somebody listens."""

from __future__ import annotations

from enum import Enum

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from vibes_desktop.ui.theme import load_measures
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole
from vibes_desktop.ui.widgets.progress_line import ProgressLine


class StatusSlot(Enum):
    """The places in the bar, from left to right; LISTENER stands at the right."""

    ACTIVITY = "activity"  # "Read 2 s ago · 84 ms"
    SECRETS = "secrets"  # "Secrets: GNOME keyring"
    LISTENER = "listener"  # "Listener off"


class StatusBar(QFrame):
    """Short texts in fixed places, and the progress of what runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "status_bar")
        self.setAccessibleName("Status")
        self.setFixedHeight(load_measures().status_bar)
        self.progress = ProgressLine()
        self._labels = {slot: ElidedLabel(role=TextRole.SMALL_MUTED) for slot in StatusSlot}
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(20)
        line.addWidget(self._labels[StatusSlot.ACTIVITY])
        line.addWidget(self._labels[StatusSlot.SECRETS])
        line.addStretch(1)
        line.addWidget(self.progress)
        line.addWidget(self._labels[StatusSlot.LISTENER])
        for label in self._labels.values():
            label.hide()

    def set_text(self, slot: StatusSlot, text: str, tooltip: str = "") -> None:
        """Show a text in its place; empty for nothing."""
        label = self._labels[slot]
        label.set_full_text(text)
        label.setVisible(bool(text))
        label.set_more(tooltip)

    def text(self, slot: StatusSlot) -> str:
        """Return what a place shows."""
        return self._labels[slot].full_text
