"""What the platform sent beyond what is documented: shown, never sent back."""

from __future__ import annotations

from collections.abc import Iterator

from vibes_desktop.model.jsonvalue import Json, JsonObject, dump
from vibes_desktop.model.person import Person
from vibes_desktop.people.display import one_line, visible
from vibes_desktop.ui.widgets.buttons import CopyButton
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.form import FormGrid, value_row
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole

_KNOWN_OF_PHONE = frozenset({"mdn", "carrier_code"})


class OtherFieldsCard(Card):
    """Unknown fields, and known ones of a form that nobody expects; read-only."""

    def __init__(self) -> None:
        super().__init__("Other fields of the platform, read-only", ruled=True)
        self.grid = FormGrid()
        self.add(self.grid)
        self._shown: tuple[tuple[str, Json], ...] = ()

    def show_person(self, person: Person) -> None:
        """Show what has no place elsewhere; hidden while there is nothing."""
        fields = tuple(_unexpected(person))
        if fields != self._shown:
            self._shown = fields
            self.grid.clear()
            for name, value in fields:
                text = value if isinstance(value, str) else dump(value)
                label = ElidedLabel(one_line(value), TextRole.MONO)
                self.grid.add_row(value_row(visible(name), label, CopyButton(visible(name), text)))
        self.setVisible(bool(fields))


def _unexpected(person: Person) -> Iterator[tuple[str, Json]]:
    yield from person.unknown_fields.members
    phone = person.raw.get("mobile_phone")
    if isinstance(phone, JsonObject):
        for name, value in phone.members:
            if name not in _KNOWN_OF_PHONE:
                yield f"mobile_phone.{name}", value
    elif phone is not None:
        yield "mobile_phone", phone
    custom = person.raw.get("custom_fields")
    if custom is not None and not isinstance(custom, JsonObject):
        yield "custom_fields", custom
