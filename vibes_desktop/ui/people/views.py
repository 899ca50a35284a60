"""What the page shows one of, and the outline of a record while an answer is due."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from vibes_desktop.ui.widgets.skeleton import Skeleton

WAIT_MS = 300
SKELETON_ROWS = 10


class Views(QStackedWidget):
    """Shows one view. After 300 ms of waiting a skeleton takes its place, until something is shown."""

    shown = Signal()  # another view came into sight

    def __init__(self) -> None:
        super().__init__()
        self._skeleton = Skeleton(SKELETON_ROWS)
        self._before: QWidget | None = None
        self.addWidget(self._skeleton)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._show_skeleton)

    @property
    def is_waiting(self) -> bool:
        """Tell whether the skeleton is in view."""
        return self.currentWidget() is self._skeleton

    def show_view(self, view: QWidget) -> None:
        """Show a view, and wait no longer."""
        self._timer.stop()
        self._before = None
        self.setCurrentWidget(view)
        self.shown.emit()

    def wait(self) -> None:
        """Show the skeleton if nothing else comes soon."""
        if not self.is_waiting:
            self._timer.start()

    def go_back(self) -> None:
        """Wait no longer, and show what was there before."""
        self._timer.stop()
        if self.is_waiting and self._before is not None:
            self.show_view(self._before)

    def _show_skeleton(self) -> None:
        self._before = self.currentWidget()
        self.setCurrentWidget(self._skeleton)
        self.shown.emit()
