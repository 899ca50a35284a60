"""Push devices of a person (docs/platform.md §10), in each shape they come in (C-13)."""

from __future__ import annotations

from vibes_desktop.model.errors import InvalidInput, NotFound
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json, obj
from vibes_desktop.model.subscription import PushDevice
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.caller import Caller, bad_answer
from vibes_desktop.vibes.persons import person_path
from vibes_desktop.vibes.request import Request, Route, make_request
from vibes_desktop.vibes.shapes import objects, unwrapped

ASSIGNABLE_BY = frozenset({IdentifierKind.PERSON_KEY, IdentifierKind.EXTERNAL_ID})


class Devices:
    """Reads push devices and makes the request that attaches one."""

    def __init__(self, account: Account, caller: Caller) -> None:
        self._account = account
        self._caller = caller

    async def of(self, person: Identifier) -> tuple[PushDevice, ...]:
        """Read a person's devices; an empty tuple also for 404.

        A person without a device and one who does not exist may get the same 404: read the person first.
        """
        route, ids = person_path(person, Route.DEVICES, Route.DEVICES_BY_EXTERNAL_ID)
        try:
            return _devices(await self._caller.read(make_request(self._account, "GET", route, ids=ids)))
        except NotFound:
            return ()

    async def one(self, app_id: str, device_id: str) -> PushDevice:
        """Read one device of an app; raises NotFound."""
        request = make_request(
            self._account, "GET", Route.DEVICE, ids={"app_id": app_id, "device_id": device_id}
        )
        found = _devices(await self._caller.read(request))
        if len(found) != 1:
            raise bad_answer("It does not hold exactly one device.")
        return found[0]

    def assign_request(self, app_id: str, device_id: str, person: Identifier) -> Request:
        """Make the request that attaches a device to a person, by person key or external ID.

        An external ID nobody has is written onto the person who holds the device now.
        """
        if person.kind not in ASSIGNABLE_BY:
            raise InvalidInput(
                "A device can't be attached by this ID",
                "Use the person key or the external ID.",
                field=person.kind.value,
            )
        body = obj([(person.kind.value, person.value)])
        return make_request(
            self._account,
            "POST",
            Route.ASSIGN_DEVICE,
            body=body,
            ids={"app_id": app_id, "device_id": device_id},
        )


def _devices(value: Json) -> tuple[PushDevice, ...]:
    entries = (entry for outer in objects(value) for entry in unwrapped(outer, "device", "devices"))
    return tuple(PushDevice(entry) for entry in entries if entry)
