"""How many callbacks came when: bars that filter by a click or a drag."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from vibes_desktop.ui.callbacks.viewer import Viewer

HEIGHT = 96


class HistogramView(QFrame):
    """Bars of the question's answer over time."""

    def __init__(self, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedHeight(HEIGHT)
        self._viewer = viewer
