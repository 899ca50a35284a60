"""The one window, from its first paint to its end; what it holds comes after the first paint.

The first paint waits for this module too, so it is light.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from vibes_desktop.ui.shell.first_paint import FirstPaint
from vibes_desktop.ui.shell.placing import USUAL, bring_on_screen

PROGRAM = "Vibes Desktop"
SMALLEST = QSize(960, 560)


class Frame(QMainWindow):
    """Shows empty bars at once, and its content in their place as soon as it is given some."""

    painted = Signal()  # for the first time
    closing = Signal()  # the person closes the window; it is still there

    def __init__(self, theme: str = "", geometry: bytes = b"") -> None:
        """Take the place it had last time, on a screen that is there."""
        super().__init__()
        self.setWindowTitle(PROGRAM)
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self.restoreGeometry(QByteArray(geometry))
        bring_on_screen(self)
        bars = FirstPaint(theme)
        bars.painted.connect(self.painted)
        self.setCentralWidget(bars)

    def hold(self, content: QWidget) -> None:
        """Show this from now on, under its title."""
        content.windowTitleChanged.connect(self.setWindowTitle)
        self.setWindowTitle(content.windowTitle())
        self.setCentralWidget(content)
        content.show()  # in this turn: between the two nothing is painted

    def bring_to_front(self) -> None:
        """Come before the other windows, from the task bar if need be."""
        from PySide6.QtCore import Qt  # 12 ms, which the first paint can do without

        self.setWindowState(
            (self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive
        )
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
