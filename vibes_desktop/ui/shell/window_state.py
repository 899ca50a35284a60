"""What the window looked like last time: place, size, page, splitters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QByteArray, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter

from vibes_desktop.ui.shell.page import PageId
from vibes_desktop.ui.shell.window import USUAL, MainWindow

GEOMETRY = "geometry"
PAGE = "page"
GRIP = 120
"""How many pixels of the window's top edge must be on a screen, so that it can be taken hold of."""


class StateStore(Protocol):
    """Where small pieces of state are kept by name."""

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key, None if nothing."""

    def put(self, key: str, value: bytes) -> None:
        """Keep a value under a key."""


def save_state(window: MainWindow, store: StateStore) -> None:
    """Keep how the window looks now."""
    store.put(GEOMETRY, bytes(window.saveGeometry().data()))
    store.put(PAGE, window.current_page.page_id.value.encode())
    for splitter in _named_splitters(window):
        store.put(f"splitter/{splitter.objectName()}", bytes(splitter.saveState().data()))


def restore_state(window: MainWindow, store: StateStore) -> None:
    """Make the window look as it did, on a screen that is there; call before it is shown."""
    geometry = store.get(GEOMETRY)
    if geometry is not None:
        window.restoreGeometry(QByteArray(geometry))
    bring_on_screen(window)
    page = (store.get(PAGE) or b"").decode(errors="replace")
    if page in {known.value for known in PageId} and window.has_page(PageId(page)):
        window.show_page(PageId(page), take_focus=False)
    for splitter in _named_splitters(window):
        state = store.get(f"splitter/{splitter.objectName()}")
        if state is not None:
            splitter.restoreState(QByteArray(state))


def bring_on_screen(window: MainWindow) -> None:
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


def _named_splitters(window: MainWindow) -> list[QSplitter]:
    return [splitter for splitter in window.findChildren(QSplitter) if splitter.objectName()]
