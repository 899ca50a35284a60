"""Under a refused add: the people who have its identifiers, each with the way to the record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.masking import masked_person
from vibes_desktop.ui.people.person_card import PersonCard
from vibes_desktop.ui.privacy import Privacy

TITLE = "Has one of these identifiers"


class MetPeople(QWidget):
    """A card for each; hidden while there is nobody."""

    open_requested = Signal(object)  # Person

    def __init__(self, privacy: Privacy | None = None) -> None:
        super().__init__()
        self._privacy = privacy or Privacy(self)
        self._privacy.changed.connect(lambda: self.show_people(*self._shown))
        self._shown: tuple[Sequence[Person], ApiVersion] = ((), ApiVersion.V2)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.cards: list[PersonCard] = []
        self.hide()

    def show_people(self, people: Sequence[Person], version: ApiVersion) -> None:
        """Show these people in place of those before."""
        self._shown = people, version
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(person, version) for person in people]
        for card in self.cards:
            self._column.addWidget(card)
        self.setVisible(bool(people))

    def _card(self, person: Person, version: ApiVersion) -> PersonCard:
        seen = masked_person(person) if self._privacy.is_masking else person
        return PersonCard(TITLE, seen, version, lambda _: self.open_requested.emit(person))
