"""The person calls of docs/platform.md §8: read, find by number, add, update."""

from __future__ import annotations

from typing import Final

from vibes_desktop.model.errors import InvalidInput, NotFound
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json, JsonObject
from vibes_desktop.model.person import MAX_EXTERNAL_ID_CHARACTERS, Person
from vibes_desktop.model.phone import to_platform
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.caller import Caller
from vibes_desktop.vibes.request import Request, Route, make_request
from vibes_desktop.vibes.shapes import objects, one_object

SYSTEM_MADE: Final = ("person_key", "person_id")


def person_path(person: Identifier, by_key: Route, by_external_id: Route) -> tuple[Route, dict[str, str]]:
    """Choose the route and the ID in its path; the old person ID goes into the key's slot (C-15)."""
    match person.kind:
        case IdentifierKind.PERSON_KEY | IdentifierKind.PERSON_ID:
            return by_key, {"person_key": person.value}
        case IdentifierKind.EXTERNAL_ID:
            return by_external_id, {"external_person_id": person.value}
        case IdentifierKind.MDN:
            raise InvalidInput(
                "A mobile number does not name one person",
                "Find the person by the number first, then use the person key.",
                field="mdn",
            )


def spelled_number(e164: str, version: ApiVersion) -> str:
    """Spell a number for the API version; raises InvalidInput where that version can't carry it."""
    spelled = to_platform(e164, version)
    if spelled is None:
        raise InvalidInput(
            "API version 1 can't carry this number",
            "It knows North American numbers only. Set the profile to API version 2.",
            field="mobile_phone",
        )
    return spelled


def spelled_body(body: JsonObject, version: ApiVersion) -> JsonObject:
    """Spell the mobile number in a body for the API version, and leave everything else alone."""
    phone = body.get("mobile_phone")
    number = phone.get("mdn") if isinstance(phone, JsonObject) else None
    if not isinstance(phone, JsonObject) or not isinstance(number, str) or not number.startswith("+"):
        return body
    spelled = replaced(phone, "mdn", spelled_number(number, version))
    return replaced(body, "mobile_phone", spelled)


def replaced(holder: JsonObject, name: str, value: Json) -> JsonObject:
    """Give an object with another value in one member's place."""
    return JsonObject(tuple((key, value if key == name else item) for key, item in holder.members))


def full_person(value: Json) -> Person | None:
    """Take the body of a write for a person if it is one, rather than an echo of what was sent (C-9).

    The IDs the platform makes are never sent, so an echo has none.
    """
    if isinstance(value, JsonObject) and any(value.get(name) for name in SYSTEM_MADE):
        return Person(value)
    return None


class Persons:
    """Reads persons and makes the requests that change them."""

    def __init__(self, account: Account, caller: Caller) -> None:
        self._account = account
        self._caller = caller

    async def one(self, identifier: Identifier) -> Person:
        """Read one person by person key, old person ID or external ID; raises NotFound."""
        route, ids = person_path(identifier, Route.PERSON, Route.PERSON_BY_EXTERNAL_ID)
        return Person(one_object(await self._caller.read(make_request(self._account, "GET", route, ids=ids))))

    async def by_number(self, e164: str) -> tuple[Person, ...]:
        """Find all persons with a mobile number; none is an empty tuple, whether 404 or `[]` (C-4)."""
        number = spelled_number(e164, self._account.api_version)
        request = make_request(self._account, "GET", Route.PERSONS_BY_MDN, query=[("mdn", number)])
        try:
            found = await self._caller.read(request)
        except NotFound:
            return ()
        return tuple(Person(raw) for raw in objects(found))

    def add_request(self, body: JsonObject) -> Request:
        """Make the request that adds a person, or merges into one; raises InvalidInput (C-5)."""
        phone = body.get("mobile_phone")
        if not body.get("external_person_id") and not (isinstance(phone, JsonObject) and phone.get("mdn")):
            raise InvalidInput(
                "A new person needs an identifier",
                "Give a mobile number or an external ID.",
                field="mobile_phone",
            )
        return make_request(self._account, "POST", Route.PERSONS, body=self._sendable(body))

    def update_request(self, target: Identifier, body: JsonObject) -> Request:
        """Make the request that changes the fields in `body` and no others; raises InvalidInput."""
        if not body:
            raise InvalidInput("There is nothing to send", "Change a field first.")
        route, ids = person_path(target, Route.PERSON, Route.PERSON_BY_EXTERNAL_ID)
        return make_request(self._account, "PUT", route, body=self._sendable(body), ids=ids)

    def _sendable(self, body: JsonObject) -> JsonObject:
        external_id = body.get("external_person_id")
        if isinstance(external_id, str) and len(external_id) > MAX_EXTERNAL_ID_CHARACTERS:
            raise InvalidInput(
                "The external ID is too long",
                f"It has {len(external_id)} characters; the platform takes {MAX_EXTERNAL_ID_CHARACTERS}.",
                field="external_person_id",
            )
        return spelled_body(body, self._account.api_version)
