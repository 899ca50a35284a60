"""By which identifiers a payload's person can be looked up; knows no Qt."""

from __future__ import annotations

from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.phone import from_platform, to_e164
from vibes_desktop.model.profile import ApiVersion

HOME_REGION = "US"  # numbers without a country code are North America's (callbacks.md §1)


def identifiers_of(payload: Payload) -> tuple[Identifier, ...]:
    """Give all that name the person, the surest first: the key, the customer's ID, the old ID, the number."""
    person = payload.facts.person
    number = to_e164(from_platform(person.mdn, ApiVersion.V1), HOME_REGION) if person.mdn else None
    named = (
        (IdentifierKind.PERSON_KEY, person.person_key),
        (IdentifierKind.EXTERNAL_ID, person.external_person_id),
        (IdentifierKind.PERSON_ID, person.person_id),
        (IdentifierKind.MDN, number),
    )
    return tuple(Identifier(kind, value) for kind, value in named if value)
