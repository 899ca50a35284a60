"""A change of number before it begins: who has the new one, and what stands against it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import from_platform
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.holders import Holder, holder, holders_of, names_of_lists
from vibes_desktop.people.limits import problem_of_number
from vibes_desktop.people.lookup import is_same_person
from vibes_desktop.people.review import read_again
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.request import Request

OPT_INS_MAY_STAY_BEHIND = (
    "Opt-ins may not carry over: consent belongs to a number. What the person was subscribed to before is "
    "read again afterwards, and shown."
)
NO_EXTERNAL_ID = (
    "The platform doesn't change a number in place. The way it documents is to remove the number and to add "
    "the person again with the same external ID, and this record has none: added again, it would become "
    "somebody else."
)
WITHOUT_EXTERNAL_ID = (
    "Give the record an external ID first: edit that field, save, and come back. Or add a new person with "
    "the new number, and stop the messages to this one."
)
NUMBER_IS_TAKEN = (
    "The platform refuses a number that another record has (409), and by then the old one would be removed."
)
FREE_IT_FIRST = (
    "Open that record. If it is the same person, work with it, or remove the number from it first; then come "
    "back."
)
OLD_IS_SHARED = (
    "Others have the old number too. Should the new one be refused, the platform would not take the old one "
    "back for this record: it belongs to others then."
)


@dataclass(frozen=True, slots=True)
class NumberPlan:
    """A change of number as it would be made: the person, both numbers, and who is met.

    `requests` are what is sent, in their order; none where `obstacle` says why nothing may be.
    `names` of lists by ID. Numbers are in E.164.
    """

    own: Holder
    external_id: str = dataclass_field(repr=False)
    target: Identifier
    old_number: str | None = dataclass_field(repr=False)
    new_number: str = dataclass_field(repr=False)
    new_holders: tuple[Holder, ...]
    old_sharers: tuple[Person, ...] = dataclass_field(repr=False)
    names: Mapping[str, str]
    requests: tuple[Request, ...]
    obstacle: InvalidInput | None = None

    @property
    def person(self) -> Person:
        """The record as read moments ago."""
        return self.own.person

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists the person is on, by ID."""
        return tuple(dict.fromkeys(each.list_id for each in self.own.active if each.list_id))


async def prepare_number_change(client: VibesClient, person: Person, new_number: str) -> NumberPlan:
    """Look the new number up, read the person again, and say what would be sent.

    Raises InvalidInput for what is refused whatever the look-ups say: no external ID, no number, the
    same number; and what the client raises, as without the look-ups nothing may be removed.
    """
    version = client.account.api_version
    check_possible(person, new_number, version)
    fresh = await read_again(client, person, _address(person))
    external_id, old = check_possible(fresh, new_number, version)
    own, met, sharers, names = await asyncio.gather(
        holder(client, fresh),
        holders_of(client, new_number),
        _sharers(client, fresh, old),
        names_of_lists(client),
    )
    if own.trouble is not None:
        raise own.trouble
    others = tuple(each for each in met if not is_same_person(each.person, fresh))
    obstacle = InvalidInput("Somebody else has the new number", FREE_IT_FIRST, done=NUMBER_IS_TAKEN)
    return NumberPlan(
        own,
        external_id,
        _address(fresh),
        old,
        new_number,
        others,
        sharers,
        names,
        () if others else _requests(client, fresh, external_id, new_number),
        obstacle if others else None,
    )


def check_possible(person: Person, new_number: str, version: ApiVersion) -> tuple[str, str | None]:
    """Return external ID and old number; raises InvalidInput where the number can't be changed."""
    problem = problem_of_number(new_number, version)
    if problem is not None:
        raise InvalidInput("This number can't be used", problem, field=MOBILE.name)
    external_id = check_external_id(person)
    old = from_platform(person.mdn, version) if person.mdn else None
    if old == new_number:
        raise InvalidInput("This is the number they have", "Type another one.", field=MOBILE.name)
    return external_id, old


def check_external_id(person: Person) -> str:
    """Return the external ID; raises InvalidInput for a record whose number can't be changed at all."""
    external_id = person.external_person_id
    if not external_id:
        raise InvalidInput(
            "This number can't be changed", WITHOUT_EXTERNAL_ID, done=f"Nothing was removed. {NO_EXTERNAL_ID}"
        )
    if not person.person_key:
        raise InvalidInput(
            "This number can't be changed",
            "Without a person key it could not be seen whether it is still the same person afterwards.",
            done="Nothing was removed.",
        )
    return external_id


def removal_of(person: Person, version: ApiVersion) -> PersonEdit:
    """Make the edit that removes the number."""
    return PersonEdit(person, version).clear(MOBILE)


def addition_of(external_id: str, number: str, version: ApiVersion) -> PersonEdit:
    """Make the edit that adds the person again, under the same external ID."""
    return PersonEdit.of_new_person(version).set(EXTERNAL_ID, external_id).set(MOBILE, number)


def picture(plan: NumberPlan) -> tuple[object, ...]:
    """What a person was shown and decided on."""
    holders = tuple(each.person.best_identifier for each in plan.new_holders)
    return (plan.old_number, plan.new_number, plan.external_id, plan.target, holders, plan.requests)


def _requests(client: VibesClient, fresh: Person, external_id: str, new_number: str) -> tuple[Request, ...]:
    version = client.account.api_version
    addition = client.add_request(addition_of(external_id, new_number, version).body())
    if fresh.mdn is None:
        return (addition,)
    return (client.update_request(_address(fresh), removal_of(fresh, version).body()), addition)


async def _sharers(client: VibesClient, person: Person, number: str | None) -> tuple[Person, ...]:
    """Find who else has the old number; nobody where that can't be read, as it only adds a warning."""
    if number is None:
        return ()
    try:
        found = await client.persons_by_mdn(number)
    except VibesDesktopError:
        return ()
    return tuple(each for each in found if not is_same_person(each, person))


def _address(person: Person) -> Identifier:
    return Identifier(IdentifierKind.PERSON_KEY, person.person_key or "")
