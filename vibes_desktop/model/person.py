"""A Person as the platform sent it, nothing lost (docs/platform.md §8.1)."""

from __future__ import annotations

from dataclasses import dataclass

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonObject
from vibes_desktop.model.received import Received, text_of

KNOWN_FIELDS = frozenset(
    {
        "person_key",
        "person_id",
        "external_person_id",
        "mobile_phone",
        "timezone",
        "timezone_source",
        "custom_fields",
        "created_at",
        "updated_at",
        "url",
    }
)
MAX_EXTERNAL_ID_CHARACTERS = 128


@dataclass(frozen=True, slots=True, repr=False)
class Person(Received):
    """One record. `mdn` is in the spelling received: E.164 under API version 2, national digits under 1."""

    @property
    def person_key(self) -> str | None:
        """Vibes' identifier, the one to use."""
        return self.text("person_key")

    @property
    def person_id(self) -> str | None:
        """The deprecated identifier; documented as a number, seen as text."""
        return self.text("person_id")

    @property
    def external_person_id(self) -> str | None:
        """The customer's own identifier."""
        return self.text("external_person_id")

    @property
    def mdn(self) -> str | None:
        """The mobile number as received."""
        return text_of(self.part("mobile_phone").get("mdn"))

    @property
    def carrier_code(self) -> str | None:
        """The carrier's code."""
        return text_of(self.part("mobile_phone").get("carrier_code"))

    @property
    def timezone(self) -> str | None:
        """The time zone's name, verbatim."""
        return self.text("timezone")

    @property
    def created_at(self) -> str | None:
        """When the record was made, verbatim."""
        return self.text("created_at")

    @property
    def updated_at(self) -> str | None:
        """When the record last changed, verbatim."""
        return self.text("updated_at")

    @property
    def custom_fields(self) -> JsonObject:
        """The custom fields, in the platform's order; empty when there are none."""
        return self.part("custom_fields")

    @property
    def unknown_fields(self) -> JsonObject:
        """What the platform sent beyond the documented fields: shown, never sent back."""
        return JsonObject(
            tuple((name, value) for name, value in self.raw.members if name not in KNOWN_FIELDS)
        )

    @property
    def best_identifier(self) -> Identifier | None:
        """What to address this person by: the key, else the old ID, else the external ID."""
        for kind, value in (
            (IdentifierKind.PERSON_KEY, self.person_key),
            (IdentifierKind.PERSON_ID, self.person_id),
            (IdentifierKind.EXTERNAL_ID, self.external_person_id),
        ):
            if value:
                return Identifier(kind, value)
        return None

    def is_same_person(self, other: Person) -> bool:
        """Compare identities: by key, else old ID, else external ID (docs/platform.md §8.1)."""
        if self.person_key and other.person_key:
            return self.person_key == other.person_key
        if self.person_id and other.person_id:
            return self.person_id == other.person_id
        return bool(self.external_person_id) and self.external_person_id == other.external_person_id
