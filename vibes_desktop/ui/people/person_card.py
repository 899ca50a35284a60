"""A person who is met by an add: whose record it is, what it means for them, and the way to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.add import Meeting
from vibes_desktop.people.display import heading, one_line, visible
from vibes_desktop.ui.people.words import in_sentence
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label

OPEN = "Open this record instead"


class PersonCard(Card):
    """Who it is; more is added below."""

    def __init__(
        self, title: str, person: Person, version: ApiVersion, open_person: Callable[[Person], object]
    ) -> None:
        self.open = link_button(OPEN, small=True, on_click=lambda: open_person(person))
        super().__init__(title, self.open)
        name = heading(person, version)
        self.open.setAccessibleName(f"{OPEN}: {name}")
        self.add(ElidedLabel(name, TextRole.STRONG))
        keys = (person.person_key or person.person_id, person.external_person_id, person.mdn)
        self.add(ElidedLabel(" · ".join(visible(key) for key in keys if key), TextRole.MONO_MUTED))


def met_card(meeting: Meeting, version: ApiVersion, open_person: Callable[[Person], object]) -> PersonCard:
    """Make the card of somebody an add meets: what becomes of them, field by field."""
    by = " and ".join(in_sentence(identifier.kind.label) for identifier in meeting.by)
    card = PersonCard(f"Found by {by}", meeting.person, version, open_person)
    for effect in meeting.effects:
        card.add(plain_label(visible(effect), wrap=True))
    if meeting.changes:
        card.add(_changes(meeting))
    return card


def _changes(meeting: Meeting) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for change in meeting.changes:
        before, after = one_line(change.before), one_line(change.after)
        if before != after:
            column.addWidget(ElidedLabel(f"{visible(change.field.name)}: {before} → {after}"))
    return holder
