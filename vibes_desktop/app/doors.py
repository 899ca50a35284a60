"""The ways from one page to another that carry more than a text."""

from __future__ import annotations

from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.ui.people.page import PeoplePage
from vibes_desktop.ui.settings.page import SettingsPage
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import PageId


class Doors:
    """Each brings a page into view and has it do something."""

    def __init__(self, navigator: Navigator, people: PeoplePage) -> None:
        self._navigator = navigator
        self._people = people

    def undo(self, record: ChangeRecord) -> None:
        """Plan the undoing of a change, on the People page."""
        self._navigator.show_page(PageId.PEOPLE)
        self._people.undo(record)

    def open_person(self, identifier: Identifier) -> None:
        """Look somebody up by an identifier of a known kind."""
        self._navigator.show_page(PageId.PEOPLE)
        self._people.search.show_identifier(identifier)
        self._people.search.submit()

    def connect_first(self, settings: SettingsPage) -> None:
        """Go where somebody without a profile in use gets one."""
        self._navigator.show_page(PageId.SETTINGS)
        settings.connect_first()
