"""The way from one page to another: pages know this, and never each other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vibes_desktop.ui.shell.page import PageId


class Navigator(QObject):
    """Carries wishes of pages to whoever can fulfil them."""

    page_wanted = Signal(object)  # a PageId: show it and put the focus there
    person_wanted = Signal(str)  # text for the People page's box: look it up there
    payloads_wanted = Signal(str)  # a question for the Callbacks page

    def show_page(self, page_id: PageId) -> None:
        """Go to a page."""
        self.page_wanted.emit(page_id)

    def open_person(self, text: str) -> None:
        """Go to the People page and look a person up, as if `text` had been typed there."""
        self.page_wanted.emit(PageId.PEOPLE)
        self.person_wanted.emit(text)

    def show_payloads(self, question: str) -> None:
        """Go to the Callbacks page and ask there, as if `question` had been typed."""
        self.page_wanted.emit(PageId.CALLBACKS)
        self.payloads_wanted.emit(question)
