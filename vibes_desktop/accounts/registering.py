"""Callback registrations of the account in use: list, register, change, end, test (docs/platform.md §11).

Each of these acts on the live account, so each is a request to look at first, and is read again after.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from vibes_desktop.model.errors import InvalidInput, NotFound, OutcomeUnknown
from vibes_desktop.model.jsonvalue import Json, JsonObject
from vibes_desktop.model.registration import CallbackRegistration, QueuedEvent
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.request import Request

MAX_URL_CHARACTERS = 1024
METHODS = ("POST", "PUT")
CONTENT_TYPES = ("application/json", "text/json")
SUBJECT_KEYS: dict[str, str | None] = {
    "person_added": None,
    "person_updated": None,
    "subscription_added": "list_id",
    "subscription_removed": "list_id",
    "ack_participant_added": "campaign_id",
    "ack_participant_changed": "campaign_id",
    "company_participant_added": None,
    "company_participant_changed": None,
    "subscription_list_added": None,
    "subscription_list_updated": None,
    "device_added": "app_id",
    "device_removed": "app_id",
    "device_updated": "app_id",
    "unmatched_message_received": "source_code",
    "event_processed": None,
    "wallet_item_install": "campaign_token",
    "wallet_item_remove": "campaign_token",
}
SUBJECT_WORDS = {
    "list_id": "List ID",
    "campaign_id": "Acquisition campaign ID",
    "app_id": "App ID",
    "source_code": "Short code",
    "campaign_token": "Wallet campaign token",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants registered. `subject` belongs to the type's key in SUBJECT_KEYS."""

    callback_type: str
    url: str = field(repr=False)
    subject: str = ""
    method: str = METHODS[0]
    content_type: str = CONTENT_TYPES[0]

    @property
    def body(self) -> JsonObject:
        """What is sent."""
        destination = JsonObject(
            (("url", self.url), ("method", self.method), ("content_type", self.content_type))
        )
        members: list[tuple[str, Json]] = [("callback_type", self.callback_type)]
        key = SUBJECT_KEYS.get(self.callback_type)
        if key is not None:
            members.append((self.callback_type, JsonObject(((key, self.subject),))))
        return JsonObject((*members, ("destination", destination)))


class Registered(StrEnum):
    """How it ended, as read again afterwards."""

    DONE = "done"
    DIFFERS = "differs"
    NOT_DONE = "not done"
    UNKNOWN = "unknown"


class Act(Enum):
    """What is done to a registration."""

    REGISTER = "Register"
    CHANGE = "Change"
    END = "End"


@dataclass(frozen=True, slots=True)
class Plan:
    """One change, to be looked at: the exact request, and what must be true afterwards."""

    act: Act
    request: Request
    draft: Draft | None = None
    callback_id: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """How a change ended."""

    outcome: Registered
    registration: CallbackRegistration | None = None


def draft_of(registration: CallbackRegistration) -> Draft:
    """Give a registration as a draft to change."""
    callback_type = registration.callback_type or ""
    key = SUBJECT_KEYS.get(callback_type)
    subject = registration.options.get(key) if key is not None else None
    return Draft(
        callback_type,
        registration.destination_url or "",
        "" if subject is None else str(subject),
        registration.destination_method or METHODS[0],
        registration.content_type or CONTENT_TYPES[0],
    )


def checked(draft: Draft, *, is_here: bool) -> Draft:
    """Make sure that a draft can be registered; raises InvalidInput with the field it is about.

    `is_here`: the platform itself is on this computer, so it reaches what is here, and takes http.
    """
    if draft.callback_type not in SUBJECT_KEYS:
        raise InvalidInput("Unknown callback type", "Choose one of the list.", field="callback_type")
    key = SUBJECT_KEYS[draft.callback_type]
    if key is not None and not draft.subject.strip():
        words = SUBJECT_WORDS[key]
        raise InvalidInput(f"{words} is missing", "The platform asks for it with this type.", field="subject")
    _check_url(draft.url, is_here=is_here)
    return draft


def _check_url(url: str, *, is_here: bool) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise InvalidInput("The address can't be read", "Write it as https://…", field="url") from None
    if len(url) > MAX_URL_CHARACTERS:
        advice = f"The platform takes {MAX_URL_CHARACTERS:,} characters at most."
        raise InvalidInput("The address is too long", advice, field="url")
    if is_here and parts.scheme == "http" and _is_loopback(host):
        return
    if parts.scheme != "https" or not host:
        advice = "Write one that begins with https:// and can be reached from the internet."
        raise InvalidInput("The platform posts to https addresses only", advice, field="url")
    if _is_loopback(host):
        advice = "Give the address of a tunnel or a server that leads to this computer."
        raise InvalidInput("The platform can't reach this computer by that address", advice, field="url")


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Registering:
    """Plans and sends changes of registrations, for one account."""

    def __init__(self, client: VibesClient, *, is_here: bool) -> None:
        self._calls = client.callbacks
        self._is_here = is_here

    async def all(self) -> tuple[CallbackRegistration, ...]:
        """Read the registrations that are active or still to come. Raises VibesError."""
        return await self._calls.all()

    def plan_register(self, draft: Draft) -> Plan:
        """Plan a new registration; raises InvalidInput."""
        body = checked(draft, is_here=self._is_here).body
        return Plan(Act.REGISTER, self._calls.register_request(body), draft)

    def plan_change(self, registration: CallbackRegistration, draft: Draft) -> Plan:
        """Plan another destination for a registration; raises InvalidInput."""
        callback_id = _id_of(registration)
        body = checked(draft, is_here=self._is_here).body
        return Plan(Act.CHANGE, self._calls.update_request(callback_id, body), draft, callback_id)

    def plan_end(self, registration: CallbackRegistration) -> Plan:
        """Plan the end of a registration, now; raises InvalidInput."""
        callback_id = _id_of(registration)
        return Plan(Act.END, self._calls.cancel_request(callback_id), None, callback_id)

    def plan_test(self, registration: CallbackRegistration) -> Request:
        """Make the request that has the platform send a test event; raises InvalidInput."""
        return self._calls.test_request(sample_event(draft_of(registration)))

    async def send(self, plan: Plan) -> Result:
        """Send a planned change and read again what became of it. Raises VibesError when it was refused."""
        sent = None
        try:
            sent = await self._calls.send(plan.request)
        except OutcomeUnknown:
            return await self._look(plan, None, was_answered=False)
        return await self._look(plan, sent, was_answered=True)

    async def test(self, request: Request) -> QueuedEvent | None:
        """Have a test event sent; raises NotFound when no active registration matches."""
        return await self._calls.send_test(request)

    async def _look(self, plan: Plan, sent: CallbackRegistration | None, *, was_answered: bool) -> Result:
        try:
            found = await self._find(plan, sent)
        except OutcomeUnknown:
            return Result(Registered.UNKNOWN, sent)
        if plan.act is Act.END:
            return Result(Registered.DONE if found is None else Registered.NOT_DONE, found)
        if found is None:
            return Result(Registered.DIFFERS if was_answered else Registered.NOT_DONE)
        is_same = plan.draft is not None and same(draft_of(found), plan.draft)
        wrong = Registered.DIFFERS if was_answered else Registered.NOT_DONE
        return Result(Registered.DONE if is_same else wrong, found)

    async def _find(self, plan: Plan, sent: CallbackRegistration | None) -> CallbackRegistration | None:
        """Find what was changed among the registrations that are in force."""
        callback_id = plan.callback_id or (sent.id if sent is not None else None)
        if callback_id is None:
            alike = [each for each in await self.all() if plan.draft and same(draft_of(each), plan.draft)]
            return alike[-1] if alike else None
        try:
            found = await self._calls.one(callback_id)
        except NotFound:
            return None
        return None if plan.act is Act.END and has_ended(found) else found


def same(one: Draft, other: Draft) -> bool:
    """Tell whether two drafts mean the same registration."""
    return (one.callback_type, one.url, one.method, one.content_type, one.subject) == (
        other.callback_type,
        other.url,
        other.method,
        other.content_type,
        other.subject,
    )


def has_ended(registration: CallbackRegistration, now: datetime | None = None) -> bool:
    """Tell whether a registration is over; False where its end can't be read."""
    if registration.end_date is None:
        return False
    try:
        end = datetime.fromisoformat(registration.end_date)
    except ValueError:
        return False
    return (end if end.tzinfo else end.replace(tzinfo=UTC)) <= (now or datetime.now(UTC))


def sample_event(draft: Draft) -> JsonObject:
    """Make the body of a test event for a registration: the subject at the place its family has it."""
    members: list[tuple[str, Json]] = [("callback_type", draft.callback_type)]
    key = SUBJECT_KEYS.get(draft.callback_type)
    if key == "list_id":
        members.append(("subscription", _nested("subscription_list", "id", draft.subject)))
    elif key == "campaign_id":
        members.append(("participant", _nested("acquisition_campaign", "api_key", draft.subject)))
    elif key == "app_id":
        members.append(("person", JsonObject((("external_id", "test-person"),))))
        members.append(("push_device", JsonObject((("app_id", draft.subject),))))
    return JsonObject(tuple(members))


def _nested(part: str, name: str, value: str) -> JsonObject:
    return JsonObject(((part, JsonObject(((name, value),))),))


def _id_of(registration: CallbackRegistration) -> str:
    if registration.id is None:
        raise InvalidInput(
            "This registration has no ID", "Ask the platform's support: it can't be changed without one."
        )
    return registration.id
