"""Callback registrations and test events (docs/platform.md §11). Each write acts on the live account."""

from __future__ import annotations

from vibes_desktop.model.jsonvalue import JsonObject
from vibes_desktop.model.registration import CallbackRegistration, QueuedEvent
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.caller import Caller, json_if_readable
from vibes_desktop.vibes.request import Request, Route, make_request
from vibes_desktop.vibes.shapes import objects, one_object


class Registrations:
    """Reads registrations; makes and sends the requests that change them."""

    def __init__(self, account: Account, caller: Caller) -> None:
        self._account = account
        self._caller = caller

    async def all(self) -> tuple[CallbackRegistration, ...]:
        """Read the registrations that are active or still to come."""
        found = await self._caller.read(make_request(self._account, "GET", Route.CALLBACKS))
        return tuple(CallbackRegistration(raw) for raw in objects(found))

    async def one(self, callback_id: str) -> CallbackRegistration:
        """Read one registration; raises NotFound."""
        request = make_request(self._account, "GET", Route.CALLBACK, ids={"callback_id": callback_id})
        return CallbackRegistration(one_object(await self._caller.read(request)))

    def register_request(self, body: JsonObject) -> Request:
        """Make the request that registers a callback."""
        return make_request(self._account, "POST", Route.CALLBACKS, body=body)

    def update_request(self, callback_id: str, body: JsonObject) -> Request:
        """Make the request that changes a registration."""
        return make_request(self._account, "PUT", Route.CALLBACK, body=body, ids={"callback_id": callback_id})

    def cancel_request(self, callback_id: str) -> Request:
        """Make the request that ends a registration now."""
        return make_request(self._account, "DELETE", Route.CALLBACK, ids={"callback_id": callback_id})

    def test_request(self, body: JsonObject) -> Request:
        """Make the request that queues a test event."""
        return make_request(self._account, "POST", Route.TEST_EVENT, body=body)

    async def send(self, request: Request) -> CallbackRegistration | None:
        """Send a change; returns the registration where the answer holds it. Raises OutcomeUnknown."""
        body = json_if_readable(await self._caller.call(request))
        return CallbackRegistration(body) if isinstance(body, JsonObject) else None

    async def send_test(self, request: Request) -> QueuedEvent | None:
        """Queue a test event; raises NotFound when no active registration matches."""
        body = json_if_readable(await self._caller.call(request))
        return QueuedEvent(body) if isinstance(body, JsonObject) else None
