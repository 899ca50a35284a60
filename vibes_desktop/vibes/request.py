"""A request as it is shown and as it is sent: one value for both, without credentials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from vibes_desktop import __version__
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.jsonvalue import JsonObject, dump, first_unsendable
from vibes_desktop.vibes.account import Account

USER_AGENT = f"vibes-desktop/{__version__}"
SLASH_NOTE = (
    "The ID contains “/”. It is sent encoded, but some proxies take it for the end of a path all the same."
)
NO_IDS: Final[Mapping[str, str]] = MappingProxyType({})
_COMPANY = "/companies/{company_key}"
_DB = _COMPANY + "/mobiledb"
_PERSON = _DB + "/persons/{person_key}"
_EXTERNAL = _DB + "/persons/external/{external_person_id}"


class Subject(Enum):
    """What a call is about, in the words of an error."""

    PERSON = "person"
    SUBSCRIPTION = "subscription"
    LIST = "subscription list"
    CAMPAIGN = "campaign"
    PARTICIPANT = "participant"
    DEVICE = "device"
    CALLBACK = "callback registration"


class Route(Enum):
    """The calls of docs/platform.md §8, §10 and §11 as path templates: what a log may name."""

    PERSON = _PERSON
    PERSON_BY_EXTERNAL_ID = _EXTERNAL
    PERSONS_BY_MDN = _DB + "/persons"
    PERSONS = _DB + "/persons/"
    SUBSCRIPTIONS = _PERSON + "/subscriptions"
    SUBSCRIPTIONS_BY_EXTERNAL_ID = _EXTERNAL + "/subscriptions"
    SUBSCRIPTION = _PERSON + "/subscriptions/{list_id}"
    SUBSCRIPTION_BY_EXTERNAL_ID = _EXTERNAL + "/subscriptions/{list_id}"
    LISTS = _DB + "/subscription_lists/"
    LIST = _DB + "/subscription_lists/{list_id}"
    SUBSCRIBERS = _DB + "/subscription_lists/{list_id}/subscribers"
    LIST_CAMPAIGNS = _DB + "/subscription_lists/{list_id}/acquisition_campaigns/"
    CAMPAIGNS = _COMPANY + "/campaigns/acquisition"
    CAMPAIGN = _COMPANY + "/campaigns/acquisition/{campaign_id}"
    PARTICIPANTS = _COMPANY + "/campaigns/acquisition/{campaign_id}/participants"
    DEVICES = _PERSON + "/push_devices"
    DEVICES_BY_EXTERNAL_ID = _EXTERNAL + "/push_devices"
    DEVICE = "/mobile_apps/{app_id}/devices/{device_id}"
    ASSIGN_DEVICE = "/mobile_apps/{app_id}/devices/{device_id}/assign"
    CALLBACKS = _COMPANY + "/config/callbacks/"
    CALLBACK = _COMPANY + "/config/callbacks/{callback_id}"
    TEST_EVENT = _COMPANY + "/config/callback_events/test"
    ROOT = "/"

    @property
    def subject(self) -> Subject:
        """What the call is about."""
        return _SUBJECTS.get(self, Subject.PERSON)


_SUBJECTS = {
    Route.SUBSCRIPTIONS: Subject.PERSON,
    Route.SUBSCRIPTION: Subject.SUBSCRIPTION,
    Route.SUBSCRIPTION_BY_EXTERNAL_ID: Subject.SUBSCRIPTION,
    Route.LISTS: Subject.LIST,
    Route.LIST: Subject.LIST,
    Route.SUBSCRIBERS: Subject.SUBSCRIPTION,
    Route.LIST_CAMPAIGNS: Subject.LIST,
    Route.CAMPAIGNS: Subject.CAMPAIGN,
    Route.CAMPAIGN: Subject.CAMPAIGN,
    Route.PARTICIPANTS: Subject.PARTICIPANT,
    Route.DEVICES: Subject.PERSON,
    Route.DEVICE: Subject.DEVICE,
    Route.ASSIGN_DEVICE: Subject.DEVICE,
    Route.CALLBACKS: Subject.CALLBACK,
    Route.CALLBACK: Subject.CALLBACK,
    Route.TEST_EVENT: Subject.CALLBACK,
}


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. `path` is percent-encoded, with its query; `body` is JSON text.

    Headers that only concern the connection (Host, Content-Length) and Authorization are added on the wire.
    `notes` are sentences a person should read before sending.
    """

    method: str
    url: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: str | None
    route: Route = Route.ROOT
    notes: tuple[str, ...] = field(default=())

    def __repr__(self) -> str:
        """Name the route alone: IDs and bodies are personal data."""
        return f"Request({self.method} {self.route.value})"

    @property
    def is_write(self) -> bool:
        """Tell whether it may change something."""
        return self.method != "GET"


def make_request(
    account: Account,
    method: str,
    route: Route,
    *,
    ids: Mapping[str, str] = NO_IDS,
    query: Iterable[tuple[str, str]] = (),
    body: JsonObject | None = None,
) -> Request:
    """Build the request of a call; raises InvalidInput for what can't be sent."""
    path = route.value.format(
        **{
            name: path_segment(value, name)
            for name, value in (("company_key", account.company_key), *ids.items())
        }
    )
    base = account.base_url.rstrip("/")
    pairs = _encoded(query)
    target = f"{urlsplit(base).path}{path}" + (f"?{pairs}" if pairs else "")
    return Request(
        method=method,
        url=f"{base}{path}" + (f"?{pairs}" if pairs else ""),
        path=target,
        headers=_headers(account),
        body=None if body is None else _body_text(body),
        route=route,
        notes=(SLASH_NOTE,) if any("/" in value for value in ids.values()) else (),
    )


def path_segment(value: str, field_name: str) -> str:
    """Encode an ID for a path (docs/platform.md §4); raises InvalidInput where one would get lost."""
    if not value:
        # An empty segment would turn "one person" into "all persons".
        title = "The company key is missing" if field_name == "company_key" else "An ID is missing"
        raise InvalidInput(title, "Type it first.", field=field_name)
    if value in {".", ".."}:
        raise InvalidInput(
            "This ID can't be sent",
            f"“{value}” means a folder in an address and would be removed on the way, even when encoded.",
            field=field_name,
        )
    try:
        return quote(value, safe="")
    except UnicodeEncodeError:
        raise _broken_character(field_name) from None


def _encoded(query: Iterable[tuple[str, str]]) -> str:
    pairs = tuple(query)
    for name, value in pairs:
        if not value:
            raise InvalidInput("A value is missing", "Type the ID or number first.", field=name)
    try:
        return urlencode(pairs, quote_via=quote, safe="")
    except UnicodeEncodeError:
        raise _broken_character(pairs[0][0]) from None


def _headers(account: Account) -> tuple[tuple[str, str], ...]:
    return (
        ("Accept", "application/json"),
        ("Accept-Encoding", "gzip"),
        ("Content-Type", "application/json"),
        ("User-Agent", USER_AGENT),
        ("X-API-Version", str(int(account.api_version))),
    )


def _body_text(body: JsonObject) -> str:
    place = first_unsendable(body)
    if place is not None:
        raise InvalidInput(
            "This value can't be sent",
            f"At {place} there is something JSON has no spelling for: NaN, an infinity, a broken character "
            "or a key that occurs twice.",
            field=_unsendable_field(body),
        )
    return dump(body)


def _unsendable_field(body: JsonObject) -> str | None:
    """Find the field a person edited, rather than the place inside its value."""
    for name, value in body.members:
        if name == "custom_fields" and isinstance(value, JsonObject):
            inner = _unsendable_field(value)
            if inner is not None:
                return inner
        if first_unsendable(JsonObject(((name, value),))):
            return name
    return None


def _broken_character(field_name: str) -> InvalidInput:
    return InvalidInput(
        "This value can't be sent",
        "It holds a broken character (half of a surrogate pair). Copy it again from its source.",
        field=field_name,
    )
