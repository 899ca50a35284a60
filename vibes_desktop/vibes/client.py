"""The Vibes HTTP API as calls: what the rest of the program uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from vibes_desktop.model.identifier import Identifier
from vibes_desktop.model.jsonvalue import Json, JsonObject
from vibes_desktop.model.person import Person
from vibes_desktop.model.subscription import Subscription, SubscriptionList
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.caller import Caller, json_if_readable
from vibes_desktop.vibes.campaigns import Campaigns
from vibes_desktop.vibes.devices import Devices
from vibes_desktop.vibes.persons import Persons, full_person
from vibes_desktop.vibes.registrations import Registrations
from vibes_desktop.vibes.request import Request
from vibes_desktop.vibes.subscriptions import Lists, Memberships
from vibes_desktop.vibes.transport import Transport


@dataclass(frozen=True, slots=True)
class WriteAnswer:
    """A 2xx to a write. `person` only where the body is a whole person; `body` is any JSON it held."""

    status: int
    person: Person | None
    body: Json = field(default=None, repr=False)


class VibesClient:
    """All calls for one account, grouped by what they are about.

    Every call raises VibesError or InvalidInput. After one 401 all raise Unauthorized until `resume`.
    """

    def __init__(
        self,
        account: Account,
        transport: Transport,
        *,
        jitter: Callable[[float, float], float] | None = None,
    ) -> None:
        self.account = account
        self._caller = Caller(account, transport, jitter=jitter)
        self.persons = Persons(account, self._caller)
        self.memberships = Memberships(account, self._caller)
        self.lists = Lists(account, self._caller)
        self.campaigns = Campaigns(account, self._caller)
        self.devices = Devices(account, self._caller)
        self.callbacks = Registrations(account, self._caller)

    @property
    def is_stopped(self) -> bool:
        """Tell whether a 401 stopped everything."""
        return self._caller.is_stopped

    def resume(self) -> None:
        """Go on after a 401: the person has acted."""
        self._caller.resume()

    async def person(self, identifier: Identifier) -> Person:
        """Read one person by person key, old person ID or external ID; raises NotFound."""
        return await self.persons.one(identifier)

    async def persons_by_mdn(self, e164: str) -> tuple[Person, ...]:
        """Find all persons with a mobile number; an empty tuple when there is none."""
        return await self.persons.by_number(e164)

    def update_request(self, target: Identifier, body: JsonObject) -> Request:
        """Make the request that changes the fields in `body`; raises InvalidInput."""
        return self.persons.update_request(target, body)

    def add_request(self, body: JsonObject) -> Request:
        """Make the request that adds a person; raises InvalidInput."""
        return self.persons.add_request(body)

    async def write(self, request: Request) -> WriteAnswer:
        """Send a change; never repeated when it may have been processed: raises OutcomeUnknown then."""
        answer = await self._caller.call(request)
        body = json_if_readable(answer)
        return WriteAnswer(answer.status, full_person(body), body)

    async def subscriptions(
        self, person: Identifier, *, active_only: bool = True
    ) -> tuple[Subscription, ...]:
        """Read a person's subscriptions; an empty tuple also for a person who does not exist."""
        return await self.memberships.of(person, active_only=active_only)

    async def subscription_lists(self) -> tuple[SubscriptionList, ...]:
        """Read all subscription lists."""
        return await self.lists.all()
