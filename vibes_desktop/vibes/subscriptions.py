"""Subscriptions of a person, and the lists there are (docs/platform.md §10)."""

from __future__ import annotations

from typing import Final

from vibes_desktop.model.errors import NotFound
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.person import Person
from vibes_desktop.model.subscription import Campaign, Subscription, SubscriptionList
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.caller import Caller
from vibes_desktop.vibes.persons import person_path, spelled_number
from vibes_desktop.vibes.request import Request, Route, make_request
from vibes_desktop.vibes.shapes import objects, one_object

ALSO_ENDED: Final = ("active_only", "false")


class Memberships:
    """The subscriptions of one person at a time."""

    def __init__(self, account: Account, caller: Caller) -> None:
        self._account = account
        self._caller = caller

    async def of(self, person: Identifier, *, active_only: bool = True) -> tuple[Subscription, ...]:
        """Read a person's subscriptions; an empty tuple also for 404.

        A person who is on no list and one who does not exist get the same 404: read the person first.
        """
        route, ids = person_path(person, Route.SUBSCRIPTIONS, Route.SUBSCRIPTIONS_BY_EXTERNAL_ID)
        query = () if active_only else (ALSO_ENDED,)
        return await self._read(make_request(self._account, "GET", route, query=query, ids=ids))

    async def on_list(self, person: Identifier, list_id: str) -> tuple[Subscription, ...]:
        """Read a person's subscriptions to one list: several after leaving and rejoining (C-12)."""
        route, ids = person_path(person, Route.SUBSCRIPTION, Route.SUBSCRIPTION_BY_EXTERNAL_ID)
        return await self._read(make_request(self._account, "GET", route, ids=ids | {"list_id": list_id}))

    def unsubscribe_request(self, person: Identifier, list_id: str) -> Request:
        """Make the request that ends a subscription; sent by `write`, NotFound means already ended."""
        route, ids = person_path(person, Route.SUBSCRIPTION, Route.SUBSCRIPTION_BY_EXTERNAL_ID)
        return make_request(self._account, "DELETE", route, ids=ids | {"list_id": list_id})

    async def _read(self, request: Request) -> tuple[Subscription, ...]:
        try:
            found = await self._caller.read(request)
        except NotFound:
            return ()
        return tuple(Subscription(raw) for raw in objects(found))


class Lists:
    """The company's subscription lists."""

    def __init__(self, account: Account, caller: Caller) -> None:
        self._account = account
        self._caller = caller

    async def all(self) -> tuple[SubscriptionList, ...]:
        """Read all lists."""
        found = await self._caller.read(make_request(self._account, "GET", Route.LISTS))
        return tuple(SubscriptionList(raw) for raw in objects(found))

    async def one(self, list_id: str) -> SubscriptionList:
        """Read one list; raises NotFound."""
        request = make_request(self._account, "GET", Route.LIST, ids={"list_id": list_id})
        return SubscriptionList(one_object(await self._caller.read(request)))

    async def subscriber(self, list_id: str, person: Identifier) -> Person | None:
        """Read a person if they are subscribed to a list; None for 404."""
        value = person.value
        if person.kind is IdentifierKind.MDN:
            value = spelled_number(value, self._account.api_version)
        query = ((person.kind.value, value),)
        request = make_request(self._account, "GET", Route.SUBSCRIBERS, query=query, ids={"list_id": list_id})
        try:
            return Person(one_object(await self._caller.read(request)))
        except NotFound:
            return None

    async def campaigns(self, list_id: str) -> tuple[Campaign, ...]:
        """Read the campaigns that lead into a list; raises NotFound for an unknown list."""
        request = make_request(self._account, "GET", Route.LIST_CAMPAIGNS, ids={"list_id": list_id})
        return tuple(Campaign(raw) for raw in objects(await self._caller.read(request)))
