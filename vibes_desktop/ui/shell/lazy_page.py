"""A page whose content arrives after the window's first paint."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.page import Page


class LazyPage(Page):
    """Stands in the rail from the start, and passes everything on once its page is there."""

    _page: Page | None = None

    @property
    def page(self) -> Page | None:
        """The page it holds."""
        return self._page

    def hold(self, page: Page) -> None:
        """Take the page in."""
        self._page = page
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        if self.isVisible():
            page.activate()

    def activate(self) -> None:
        """Be told that the page has just come into view."""
        if self._page is not None:
            self._page.activate()

    def initial_focus(self) -> QWidget | None:
        """Return the widget that has the focus when the page was called by key."""
        return None if self._page is None else self._page.initial_focus()

    def commands(self) -> Sequence[Command]:
        """Return the page's commands; none before it is there."""
        return () if self._page is None else self._page.commands()

    def bar_widget(self) -> QWidget | None:
        """Return what the page puts into the top bar."""
        return None if self._page is None else self._page.bar_widget()
