"""What names a person: Vibes' own key, the old numeric ID, the customer's ID, a mobile number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class IdentifierKind(StrEnum):
    """The kinds of identifier the platform can look a person up by (docs/platform.md §8.2, §8.3)."""

    PERSON_KEY = "person_key"
    PERSON_ID = "person_id"  # deprecated; goes into the person key's slot
    EXTERNAL_ID = "external_person_id"
    MDN = "mdn"

    @property
    def label(self) -> str:
        """The words for it on screen."""
        return _LABELS[self]


_LABELS = {
    IdentifierKind.PERSON_KEY: "Person key",
    IdentifierKind.PERSON_ID: "Person ID (old)",
    IdentifierKind.EXTERNAL_ID: "External ID",
    IdentifierKind.MDN: "Mobile number",
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier of a person. An MDN is kept in E.164."""

    kind: IdentifierKind
    value: str

    def __repr__(self) -> str:
        """Name the kind alone: a repr may end in a log, and the value is personal data."""
        return f"Identifier({self.kind.value})"
