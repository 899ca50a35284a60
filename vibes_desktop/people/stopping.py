"""Stop messages: who is texted on a number, and the plan that ends chosen subscriptions."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import from_platform
from vibes_desktop.people.holders import Holder, holder, holders_of, list_words, names_of_lists
from vibes_desktop.people.lookup import is_same_person
from vibes_desktop.people.review import read_again
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.request import Request

FOR_GOOD = (
    "This can't be undone. The platform can only end a subscription; to rejoin, the person is opted in anew, "
    "and that sends them a real text message."
)
NO_WAY_TO_ADDRESS = "It has neither a person key nor an ID to address it by."


@dataclass(frozen=True, slots=True)
class Stoppable:
    """One list that somebody is on, and the request that ends it."""

    person: Person = dataclass_field(repr=False)
    target: Identifier
    list_id: str
    list_name: str
    since: str | None
    request: Request
    is_own: bool


@dataclass(frozen=True, slots=True)
class StopPlan:
    """Everybody who is texted on the number, and what of it can be ended.

    `others_trouble`: why it is not known who shares the number. The person's own lists come first.
    """

    own: Holder
    others: tuple[Holder, ...]
    stoppable: tuple[Stoppable, ...]
    others_trouble: VibesDesktopError | None = None

    def on_list(self, list_id: str | None) -> tuple[Stoppable, ...]:
        """Choose the person's own: of one list, or all of them."""
        return tuple(each for each in self.stoppable if each.is_own and list_id in {None, each.list_id})


async def prepare_stop(client: VibesClient, person: Person) -> StopPlan:
    """Read the person again, everybody who shares the number, and what they are all subscribed to.

    Raises InvalidInput where the person can't be addressed or is gone, and what the client raises
    to the person's own reading.
    """
    address = person.best_identifier
    if address is None:
        raise InvalidInput("Messages to this record can't be stopped", NO_WAY_TO_ADDRESS)
    fresh = await read_again(client, person, address)
    own, names = await asyncio.gather(holder(client, fresh), names_of_lists(client))
    if own.trouble is not None:
        raise own.trouble
    others, trouble = await _sharing(client, fresh)
    found = [*_stoppable(client, own, names, is_own=True)]
    for each in others:
        found += _stoppable(client, each, names, is_own=False)
    return StopPlan(own, others, tuple(found), trouble)


async def _sharing(
    client: VibesClient, person: Person
) -> tuple[tuple[Holder, ...], VibesDesktopError | None]:
    if person.mdn is None:
        return (), None
    try:
        found = await holders_of(client, from_platform(person.mdn, client.account.api_version))
    except VibesDesktopError as error:
        return (), error
    return tuple(each for each in found if not is_same_person(each.person, person)), None


def _stoppable(
    client: VibesClient, of: Holder, names: Mapping[str, str], *, is_own: bool
) -> Sequence[Stoppable]:
    """Make one for each list: two active stays on one list end by the same request."""
    target = of.person.best_identifier
    if target is None:
        return ()
    since: dict[str, str | None] = {}
    for each in of.active:
        if each.list_id:
            since.setdefault(each.list_id, each.opt_in_date)
    return [
        Stoppable(
            of.person,
            target,
            list_id,
            list_words(list_id, names),
            opt_in,
            client.memberships.unsubscribe_request(target, list_id),
            is_own,
        )
        for list_id, opt_in in since.items()
    ]
