"""Under a refused add: the people who have its identifiers, each with the way to the record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.ui.people.person_card import PersonCard

TITLE = "Has one of these identifiers"


class MetPeople(QWidget):
    """A card for each; hidden while there is nobody."""

    open_requested = Signal(object)  # Person

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.cards: list[PersonCard] = []
        self.hide()

    def show_people(self, people: Sequence[Person], version: ApiVersion) -> None:
        """Show these people in place of those before."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [PersonCard(TITLE, person, version, self.open_requested.emit) for person in people]
        for card in self.cards:
            self._column.addWidget(card)
        self.setVisible(bool(people))
