"""Acquisition campaigns: the only way to opt a person in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from vibes_desktop.sandbox.answers import JsonObject, refuse
from vibes_desktop.sandbox.clock import Clock, to_minute
from vibes_desktop.sandbox.persons import PersonRecord, person_url
from vibes_desktop.sandbox.subscriptions import Subscriptions

UNPROCESSABLE = "UNPROCESSABLE ENTITY"
CONFIRMATION_BLOCK = "MDNHASCONFIRMATIONBLOCK"
TIME_TO_CONFIRM = timedelta(days=30)


class CampaignStatus(StrEnum):
    """How a campaign stands; lower-case always."""

    SCHEDULED = "scheduled"
    ACTIVE = "active"
    DELETED = "deleted"
    PAST = "past"


class ParticipationStatus(StrEnum):
    """How an opt-in stands."""

    PENDING = "PENDING"
    SUBSCRIBED = "SUBSCRIBED"


@dataclass(frozen=True)
class Campaign:
    """A way onto one list; most ask the person to confirm by text message."""

    campaign_id: str
    description: str
    list_id: str
    status: CampaignStatus
    start_date: str
    end_date: str | None
    keywords: tuple[str, ...]
    asks_to_confirm: bool = True


@dataclass(frozen=True)
class Participation:
    """One person's opt-in through one campaign."""

    person: PersonRecord = field(repr=False)
    campaign_id: str
    participation_date: str
    expire_date: str
    status: ParticipationStatus


class Campaigns:
    """The account's campaigns, the opt-ins that wait for an answer, and the numbers that said no."""

    def __init__(self, campaigns: Iterable[Campaign], subscriptions: Subscriptions, clock: Clock) -> None:
        self.campaigns = {each.campaign_id: each for each in campaigns}
        self.landlines: set[str] = set()
        self._subscriptions = subscriptions
        self._clock = clock
        self._pending: dict[tuple[str, str], Participation] = {}
        self._refused: set[tuple[str, str]] = set()

    def active_of_list(self, list_id: str) -> list[Campaign]:
        """Give the campaigns that lead to a list now."""
        return [
            each
            for each in self.campaigns.values()
            if each.list_id == list_id and each.status is CampaignStatus.ACTIVE
        ]

    def pending(self, person: PersonRecord, campaign_id: str) -> Participation | None:
        """Find the opt-in that waits for this person's answer."""
        return self._pending.get((campaign_id, person.person_key))

    def check(self, campaign: Campaign, mdn: str, person: PersonRecord | None) -> None:
        """Make sure that this number can opt in. Raises a 409 or 422."""
        if campaign.status is not CampaignStatus.ACTIVE:
            raise refuse(422, "The campaign is not active.", UNPROCESSABLE)
        if mdn in self.landlines or (person is not None and person.mdn == mdn and not person.carrier_code):
            raise refuse(422, "The MDN is a landline or has no provisioned carrier.", UNPROCESSABLE)
        if person is not None and self._subscriptions.on_list(person, campaign.list_id):
            raise refuse(409, "The person is already subscribed.")
        if (campaign.campaign_id, mdn) in self._refused:
            raise refuse(422, "The MDN has replied No to this campaign before.", CONFIRMATION_BLOCK)

    def join(self, campaign: Campaign, person: PersonRecord) -> Participation:
        """Opt a checked person in: pending where the campaign asks to confirm, else subscribed at once."""
        now = self._clock()
        status = ParticipationStatus.PENDING if campaign.asks_to_confirm else ParticipationStatus.SUBSCRIBED
        joined = Participation(
            person, campaign.campaign_id, to_minute(now), to_minute(now + TIME_TO_CONFIRM), status
        )
        if campaign.asks_to_confirm:
            self._pending[campaign.campaign_id, person.person_key] = joined
        else:
            self._subscriptions.subscribe(person, campaign.list_id)
        return joined

    def reply(self, person: PersonRecord, campaign_id: str, *, yes: bool) -> None:
        """Let a person answer the text message; there must be one to answer."""
        del self._pending[campaign_id, person.person_key]
        if yes:
            self._subscriptions.subscribe(person, self.campaigns[campaign_id].list_id)
        else:
            self.block(campaign_id, person.mdn or "")

    def block(self, campaign_id: str, mdn: str) -> None:
        """Remember that a number replied No."""
        self._refused.add((campaign_id, mdn))


def show_campaign(each: Campaign, company_key: str) -> JsonObject:
    """Give a campaign as read."""
    return {
        "acquisition_id": each.campaign_id,
        "description": each.description,
        "campaign_type": {"code": "ACQUISITION"},
        "status": each.status.value,
        "start_date": each.start_date,
        "end_date": each.end_date,
        "created_date": each.start_date,
        "updated_date": each.start_date,
        "acquisition_campaign": {"keywords": list(each.keywords)},
        "url": f"/companies/{company_key}/campaigns/acquisition/{each.campaign_id}",
    }


def show_participation(each: Participation, company_key: str) -> JsonObject:
    """Give an opt-in as read."""
    return {
        "person": {
            "person_id": each.person.person_id,
            "person_key": each.person.person_key,
            "url": person_url(company_key, each.person),
        },
        "participation_date": each.participation_date,
        "expire_date": each.expire_date,
        "status": each.status.value,
    }
