"""Where a window can be on the screens there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

USUAL = QSize(1360, 860)
GRIP = 120
"""How many pixels of the window's top edge must be on a screen, so that it can be taken hold of."""


def bring_on_screen(window: QWidget) -> None:
    """Move and shrink a window that would open where no screen is."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    wanted = placed(window.geometry(), screens)
    if wanted != window.geometry():
        window.setGeometry(wanted)


def placed(window: QRect, screens: Sequence[QRect]) -> QRect:
    """Return where a window can be: as it is while its top edge can be grabbed, else on a screen."""
    grip = QRect(window.left(), window.top(), window.width(), GRIP)
    home = next((screen for screen in screens if _seen(grip, screen)), None)
    if home is not None and window.height() <= home.height() and window.width() <= home.width():
        return window
    screen = home or screens[0]
    size = (window.size() if not window.isEmpty() else USUAL).boundedTo(screen.size())
    result = QRect(window.topLeft(), size)
    if home is None:
        result.moveCenter(screen.center())
    result.moveLeft(max(screen.left(), min(result.left(), screen.right() - size.width() + 1)))
    result.moveTop(max(screen.top(), min(result.top(), screen.bottom() - size.height() + 1)))
    return result


def _seen(grip: QRect, screen: QRect) -> bool:
    seen = grip.intersected(screen)
    return seen.width() >= min(GRIP, grip.width()) and seen.height() >= GRIP // 2
