"""Pages: all that the window knows of what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.shell.commands import Command


class PageId(StrEnum):
    """The pages there are, in the order of the rail."""

    PEOPLE = "people"
    CALLBACKS = "callbacks"
    HISTORY = "history"
    SETTINGS = "settings"


class Page(QWidget):
    """One page of the window. A page knows no other page: it is handed a Navigator."""

    def __init__(self, page_id: PageId, title: str, icon: Icon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page_id = page_id
        self.title = title
        self.icon = icon
        self.setAccessibleName(title)

    def activate(self) -> None:
        """Be told that the page has just come into view."""

    def initial_focus(self) -> QWidget | None:
        """Return the widget that has the focus when the page was called by key; None keeps it."""
        return None

    def commands(self) -> Sequence[Command]:
        """Return the page's commands; their keys work while it is in view."""
        return ()

    def bar_widget(self) -> QWidget | None:
        """Return what the page puts into the top bar, in place of the search hint."""
        return None
