"""What the window looked like last time: place, size, page, splitters."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QSplitter

from vibes_desktop.storage.glance import GEOMETRY
from vibes_desktop.ui.shell.page import PageId
from vibes_desktop.ui.shell.window import MainWindow

PAGE = "page"


class StateStore(Protocol):
    """Where small pieces of state are kept by name."""

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key, None if nothing."""

    def put(self, key: str, value: bytes) -> None:
        """Keep a value under a key."""


def save_state(window: MainWindow, store: StateStore) -> None:
    """Keep how the window looks now."""
    store.put(GEOMETRY, bytes(window.window().saveGeometry().data()))
    store.put(PAGE, window.current_page.page_id.value.encode())
    for splitter in _named_splitters(window):
        store.put(f"splitter/{splitter.objectName()}", bytes(splitter.saveState().data()))


def restore_state(window: MainWindow, store: StateStore) -> None:
    """Show the page and the panes of last time; the frame has taken its place already."""
    page = (store.get(PAGE) or b"").decode(errors="replace")
    if page in {known.value for known in PageId} and window.has_page(PageId(page)):
        window.show_page(PageId(page), take_focus=False)
    for splitter in _named_splitters(window):
        state = store.get(f"splitter/{splitter.objectName()}")
        if state is not None:
            splitter.restoreState(QByteArray(state))


def _named_splitters(window: MainWindow) -> list[QSplitter]:
    return [splitter for splitter in window.findChildren(QSplitter) if splitter.objectName()]
