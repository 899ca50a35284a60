"""Opting a person in: the campaigns of a list, how the person stands, and the one request."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonObject, obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import from_platform
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.model.subscription import Campaign, Participant, SubscriptionList
from vibes_desktop.people.holders import read_subscriptions
from vibes_desktop.people.review import read_again
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.request import Request

SENDS_A_TEXT = "This sends a real text message to the person's phone."
NO_NUMBER = "There is no mobile number in the record, so there is nothing to text."
FEWEST_CONSENT_CHARACTERS = 8


class Standing(StrEnum):
    """How somebody stands to a list before an opt-in."""

    FREE = "free"
    PENDING = "pending"
    SUBSCRIBED = "subscribed"


@dataclass(frozen=True, slots=True)
class Stand:
    """How somebody stands, and since when; `until` is when an unanswered text lapses. Dates verbatim."""

    standing: Standing
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class OptInPlan:
    """Whom an opt-in texts, onto which list, through which campaign."""

    person: Person = dataclass_field(repr=False)
    target: Identifier
    list_id: str
    list_name: str
    campaign: Campaign
    stand: Stand
    request: Request

    @property
    def reason_not_to_send(self) -> str | None:
        """Say why there is nothing to send; None where there is."""
        match self.stand.standing:
            case Standing.PENDING:
                return "An opt-in text was sent to them before and waits for their answer."
            case Standing.SUBSCRIBED:
                return "They are on this list already."
            case Standing.FREE:
                return None


async def campaigns_into(client: VibesClient, list_id: str) -> tuple[Campaign, ...]:
    """Read the campaigns through which people can join a list now; raises what the client raises."""
    found = await client.lists.campaigns(list_id)
    return tuple(each for each in found if may_run(each))


def may_run(campaign: Campaign) -> bool:
    """Tell whether people can join through a campaign: it is active, or doesn't say what it is."""
    return bool(campaign.id) and (campaign.is_active or not campaign.status)


async def prepare_opt_in(
    client: VibesClient, person: Person, onto: SubscriptionList, campaign: Campaign
) -> OptInPlan:
    """Read how the person stands, and make the request.

    Raises InvalidInput where it can't be sent, and what the client raises: without the readings
    nothing may be sent.
    """
    address = person.best_identifier
    if address is None or onto.id is None or campaign.id is None:
        raise InvalidInput("This can't be sent", "Record, list or campaign has no ID to address it by.")
    fresh = await read_again(client, person, address)
    if not fresh.mdn:
        raise InvalidInput("This person can't be opted in", NO_NUMBER)
    stand = await read_stand(client, fresh, onto.id, campaign.id)
    request = client.campaigns.opt_in_request(campaign.id, _body(fresh, client.account.api_version))
    return OptInPlan(fresh, address, onto.id, onto.name or f"List {onto.id}", campaign, stand, request)


def check_consent(consent: str) -> str:
    """Return the consent as it is written down; raises InvalidInput where there is none."""
    text = consent.strip()
    if len(text) < FEWEST_CONSENT_CHARACTERS:
        raise InvalidInput(
            "The consent is missing",
            "Write how and when this person agreed to be texted: “asked for it on the phone, 3 May”.",
            field="consent",
        )
    return text


async def read_stand(client: VibesClient, person: Person, list_id: str, campaign_id: str) -> Stand:
    """Read whether somebody is on a list, or waits to be; raises what the client raises."""
    subscriptions, pending = await asyncio.gather(
        read_subscriptions(client, person), pending_of(client, person, campaign_id)
    )
    joined = [each for each in subscriptions if each.is_active and each.list_id == list_id]
    if joined:
        return Stand(Standing.SUBSCRIBED, joined[0].opt_in_date)
    if pending:
        return Stand(Standing.PENDING, pending[0].participation_date, pending[0].expire_date)
    return Stand(Standing.FREE)


async def pending_of(client: VibesClient, person: Person, campaign_id: str) -> tuple[Participant, ...]:
    """Read the person's unanswered opt-ins; by number, others who share it are left out."""
    number = from_platform(person.mdn or "", client.account.api_version)
    for kind, value in (
        (IdentifierKind.EXTERNAL_ID, person.external_person_id),
        (IdentifierKind.PERSON_ID, person.person_id),
        (IdentifierKind.MDN, number),
    ):
        if value:
            found = await client.campaigns.pending(campaign_id, Identifier(kind, value))
            return tuple(each for each in found if _is_of(each, person))
    return ()


def _is_of(participant: Participant, person: Person) -> bool:
    """Tell whether an opt-in is this person's, as far as it says whose it is."""
    part = participant.part("person")
    named = Person(part)
    if not (named.person_key or named.person_id):
        return True
    return named.is_same_person(person)


def _body(person: Person, version: ApiVersion) -> JsonObject:
    """Name the person by one identifier alone: two could contradict each other."""
    if person.person_key:
        return obj(person_key=person.person_key)
    if person.external_person_id:
        return obj(external_person_id=person.external_person_id)
    return obj(mobile_phone=obj(mdn=from_platform(person.mdn or "", version)))
