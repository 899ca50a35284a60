"""Acquisition campaigns: the only way to opt a person in (docs/platform.md §10)."""

from __future__ import annotations

from dataclasses import dataclass, field

from vibes_desktop.model.errors import Conflict, InvalidInput, NotFound, Unprocessable
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonObject
from vibes_desktop.model.subscription import Campaign, OptIn, OptInRefusal, Participant
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.caller import Caller, json_if_readable
from vibes_desktop.vibes.persons import spelled_body, spelled_number
from vibes_desktop.vibes.request import Request, Route, make_request
from vibes_desktop.vibes.shapes import objects, one_object

ALREADY_PENDING_STATUS = 200


@dataclass(frozen=True, slots=True)
class OptInAnswer:
    """What became of an opt-in; `participant` where the answer tells."""

    result: OptIn
    participant: Participant | None = field(default=None)


class Campaigns:
    """Reads campaigns and opts people in."""

    def __init__(self, account: Account, caller: Caller) -> None:
        self._account = account
        self._caller = caller

    async def all(self) -> tuple[Campaign, ...]:
        """Read all campaigns; none is a 404, and an empty tuple here."""
        try:
            found = await self._caller.read(make_request(self._account, "GET", Route.CAMPAIGNS))
        except NotFound:
            return ()
        return tuple(Campaign(raw) for raw in objects(found))

    async def one(self, campaign_id: str) -> Campaign:
        """Read one campaign; raises NotFound."""
        request = make_request(self._account, "GET", Route.CAMPAIGN, ids={"campaign_id": campaign_id})
        return Campaign(one_object(await self._caller.read(request)))

    async def pending(self, campaign_id: str, person: Identifier) -> tuple[Participant, ...]:
        """Read a person's unanswered opt-ins; by number, old person ID or external ID."""
        value = person.value
        if person.kind is IdentifierKind.PERSON_KEY:
            raise InvalidInput(
                "A person key can't be asked for here",
                "Use the mobile number or the external ID.",
                field=person.kind.value,
            )
        if person.kind is IdentifierKind.MDN:
            value = spelled_number(value, self._account.api_version)
        query = ((person.kind.value, value),)
        request = make_request(
            self._account, "GET", Route.PARTICIPANTS, query=query, ids={"campaign_id": campaign_id}
        )
        return tuple(Participant(raw) for raw in objects(await self._caller.read(request)))

    def opt_in_request(self, campaign_id: str, body: JsonObject) -> Request:
        """Make the request that sends a real text message to a person, when `opt_in` sends it."""
        spelled = spelled_body(body, self._account.api_version)
        return make_request(
            self._account, "POST", Route.PARTICIPANTS, body=spelled, ids={"campaign_id": campaign_id}
        )

    async def opt_in(self, request: Request) -> OptInAnswer:
        """Send an opt-in; raises Unprocessable (see `opt_in_refusal`) and OutcomeUnknown."""
        try:
            answer = await self._caller.call(request)
        except Conflict:
            return OptInAnswer(OptIn.ALREADY_SUBSCRIBED)
        body = json_if_readable(answer)
        participant = Participant(body) if isinstance(body, JsonObject) else None
        if answer.status == ALREADY_PENDING_STATUS:
            return OptInAnswer(OptIn.ALREADY_PENDING, participant)
        status = (participant.status or "").upper() if participant else ""
        result = {"PENDING": OptIn.PENDING, "SUBSCRIBED": OptIn.SUBSCRIBED}.get(status, OptIn.ACCEPTED)
        return OptInAnswer(result, participant)


def opt_in_refusal(error: Unprocessable) -> OptInRefusal:
    """Tell which of the documented reasons a refused opt-in has."""
    said = " ".join(f"{c.code or ''} {c.message}" for c in error.complaints) or error.body_text
    text = said.lower()
    for reason in (OptInRefusal.CONFIRMATION_BLOCK, OptInRefusal.ID_MISMATCH):
        if reason.value.lower() in text:
            return reason
    if "landline" in text or "carrier" in text:
        return OptInRefusal.NO_MOBILE_CARRIER
    if "custom field" in text or "custom_field" in text:
        return OptInRefusal.UNKNOWN_FIELDS
    return OptInRefusal.OTHER
