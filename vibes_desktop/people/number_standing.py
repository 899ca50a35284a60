"""Where a change of number stands: read from the platform, whatever the journal believes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum

from vibes_desktop.model.errors import NotFound
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.number_change import NumberChange
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import from_platform
from vibes_desktop.people.lookup import is_same_person
from vibes_desktop.vibes.client import VibesClient


class Standing(StrEnum):
    """What the platform holds now."""

    HAS_OLD = "has_old"
    HAS_NONE = "has_none"
    HAS_NEW = "has_new"  # the same person key, under the same external ID
    HAS_OTHER = "has_other"  # somebody gave them a third number
    TAKEN = "taken"  # they have none, and the new number is on another record
    RE_KEYED = "re_keyed"  # the external ID finds nobody, or somebody else
    GONE = "gone"  # nobody has the person key


class Offer(StrEnum):
    """What can be done from here."""

    GO_ON = "go_on"
    RESTORE = "restore"
    LOOK_AGAIN = "look_again"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Position:
    """A standing with the people it concerns: the person, and who else has the new number."""

    standing: Standing
    person: Person | None = dataclass_field(default=None, repr=False)
    others: tuple[Person, ...] = dataclass_field(default=(), repr=False)


async def find_position(client: VibesClient, change: NumberChange) -> Position:
    """Read where it stands; raises what the client raises, save that the person is not there."""
    try:
        person = await client.person(change.person)
    except NotFound:
        return Position(Standing.GONE)
    owner, holders = await asyncio.gather(
        _owner(client, change.external_id), client.persons_by_mdn(change.new_number)
    )
    others = tuple(each for each in holders if not is_same_person(each, person))
    standing = _standing(change, from_platform(person.mdn or "", client.account.api_version))
    if owner is None or not owner.is_same_person(person):
        return Position(Standing.RE_KEYED, person, others)
    if standing is Standing.HAS_NONE and others:
        return Position(Standing.TAKEN, person, others)
    return Position(standing, person, others)


def _standing(change: NumberChange, number: str) -> Standing:
    if not number:
        return Standing.HAS_NONE
    if number == change.new_number:
        return Standing.HAS_NEW
    return Standing.HAS_OLD if number == change.old_number else Standing.HAS_OTHER


async def _owner(client: VibesClient, external_id: str) -> Person | None:
    try:
        return await client.person(Identifier(IdentifierKind.EXTERNAL_ID, external_id))
    except NotFound:
        return None


def offers_at(position: Position, change: NumberChange) -> frozenset[Offer]:
    """Name what can be done; looking again is always possible."""
    has_old_number = change.old_number is not None
    match position.standing:
        case Standing.HAS_OLD:
            return frozenset({Offer.GO_ON, Offer.LOOK_AGAIN, Offer.LEAVE})
        case Standing.HAS_NONE:
            found = {Offer.GO_ON, Offer.LOOK_AGAIN, Offer.LEAVE}
            return frozenset(found | {Offer.RESTORE} if has_old_number else found)
        case Standing.TAKEN:
            found = {Offer.LOOK_AGAIN, Offer.LEAVE}
            return frozenset(found | {Offer.RESTORE} if has_old_number else found)
        case Standing.HAS_NEW:
            return frozenset()
        case _:
            return frozenset({Offer.LOOK_AGAIN, Offer.LEAVE})
