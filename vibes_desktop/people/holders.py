"""Who has a number, and what each of them is subscribed to."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from vibes_desktop.model.errors import NotFound, VibesDesktopError
from vibes_desktop.model.person import Person
from vibes_desktop.model.subscription import Subscription
from vibes_desktop.vibes.client import VibesClient


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with their subscriptions; `trouble` is why these are not known: not the same as none."""

    person: Person = dataclass_field(repr=False)
    subscriptions: tuple[Subscription, ...] = dataclass_field(default=(), repr=False)
    trouble: VibesDesktopError | None = None

    @property
    def active(self) -> tuple[Subscription, ...]:
        """The subscriptions that have not ended, as far as they are known."""
        return tuple(each for each in self.subscriptions if each.is_active)


async def holder(client: VibesClient, person: Person) -> Holder:
    """Read somebody's subscriptions; a failure is kept rather than raised."""
    try:
        return Holder(person, await read_subscriptions(client, person))
    except VibesDesktopError as error:
        return Holder(person, trouble=error)


async def holders_of(client: VibesClient, e164: str) -> tuple[Holder, ...]:
    """Find everybody who has a number, with their subscriptions; raises what the look-up raises."""
    people = await client.persons_by_mdn(e164)
    return tuple(await asyncio.gather(*(holder(client, person) for person in people)))


async def read_subscriptions(client: VibesClient, person: Person) -> tuple[Subscription, ...]:
    """Read active and ended subscriptions of somebody who was read moments ago; raises VibesError."""
    identifier = person.best_identifier
    if identifier is None:
        raise NotFound(
            "This record has no ID to ask by",
            "Nothing was sent.",
            "It has neither a person key nor an external ID.",
            status=404,
        )
    return await client.subscriptions(identifier, active_only=False)


async def names_of_lists(client: VibesClient) -> dict[str, str]:
    """Read the lists' names by ID; none where they can't be read: the IDs have to do then."""
    try:
        lists = await client.subscription_lists()
    except VibesDesktopError:
        return {}
    return {each.id: each.name for each in lists if each.id and each.name}


def list_words(list_id: str | None, names: Mapping[str, str]) -> str:
    """Name a list: by its name, else by its ID."""
    return names.get(list_id or "") or (f"List {list_id}" if list_id else "A list without an ID")
