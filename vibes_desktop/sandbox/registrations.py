"""Callback registrations: what is sent where, and from when to when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from vibes_desktop.sandbox.answers import Json, JsonObject, Problem, Refusal
from vibes_desktop.sandbox.clock import Clock, later_stamp, parse_moment, to_minute, to_second
from vibes_desktop.sandbox.numbers import ApiVersion

URL_LIMIT = 1024  # characters
DESTINATIONS_PER_TYPE = 50
FIRST_CALLBACK_ID = 11887
METHODS = ("POST", "PUT")
CONTENT_TYPES = ("application/json", "text/json")
CALLBACKS_TO_SEND = ("all", "only_failures", "routing", "carrier_dlr", "handset_dlr")

# Each type, and the key that the object named after the type must have.
REQUIRED_KEY: dict[str, str | None] = {
    "ack_participant_added": "campaign_id",
    "ack_participant_changed": "campaign_id",
    "company_participant_added": None,
    "company_participant_changed": None,
    "person_added": None,
    "person_updated": None,
    "subscription_added": "list_id",
    "subscription_removed": "list_id",
    "subscription_list_added": None,
    "subscription_list_updated": None,
    "device_added": "app_id",
    "device_removed": "app_id",
    "device_updated": "app_id",
    "unmatched_message_received": "source_code",
    "wallet_item_install": "campaign_token",
    "wallet_item_remove": "campaign_token",
    "event_processed": None,
}


class RegistrationStyle(StrEnum):
    """How a registration reads back: as really seen, as documented (C-14), or in the oldest, flat form."""

    SEEN = "seen"
    DOCUMENTED = "documented"
    FLAT = "flat"


@dataclass
class Registration:
    """One destination for one callback type; `version` decides how its callbacks spell numbers."""

    callback_id: int
    callback_type: str
    details: JsonObject | None
    url: str
    method: str
    content_type: str
    start: datetime
    end: datetime | None
    created_at: str
    updated_at: str
    version: ApiVersion

    def ended(self, now: datetime) -> bool:
        """Say whether it is over."""
        return self.end is not None and self.end <= now

    def active(self, now: datetime) -> bool:
        """Say whether it is in force."""
        return self.start <= now and not self.ended(now)


KnowsResource = Callable[[str, str], bool]


class Registrations:
    """The account's callback registrations; `knows` says whether a campaign, list or app exists."""

    def __init__(self, knows: KnowsResource, clock: Clock) -> None:
        self._knows = knows
        self._clock = clock
        self._by_id: dict[str, Registration] = {}

    def find(self, callback_id: str) -> Registration | None:
        """Find one, ended or not."""
        return self._by_id.get(callback_id)

    def current(self) -> list[Registration]:
        """Give the active and future ones."""
        now = self._clock()
        return [each for each in self._by_id.values() if not each.ended(now)]

    def active(self, callback_type: str) -> Iterator[Registration]:
        """Give those of a type that are in force now."""
        now = self._clock()
        return (each for each in self.current() if each.callback_type == callback_type and each.active(now))

    def register(self, body: JsonObject, version: ApiVersion) -> Registration:
        """Store a new registration. Raises a 422 with all problems."""
        stamp = to_minute(self._clock())
        new = self._read(body, FIRST_CALLBACK_ID + len(self._by_id), stamp, version)
        self._by_id[str(new.callback_id)] = new
        return new

    def update(self, old: Registration, body: JsonObject, version: ApiVersion) -> Registration:
        """Change what is given, keep the rest. Raises a 422 with all problems."""
        merged = show_registration(old, "", RegistrationStyle.DOCUMENTED) | body
        if _type_of(merged) != old.callback_type:
            raise Refusal(422, Problem("callback_type can't be changed."))
        if isinstance(body.get("destination"), dict):
            merged["destination"] = {**_destination(old), **_object(body["destination"])}
        new = self._read(merged, old.callback_id, old.created_at, version)
        new.updated_at = later_stamp(old.updated_at, self._clock())
        self._by_id[str(old.callback_id)] = new
        return new

    def cancel(self, registration: Registration) -> None:
        """End it now; one that lies in the future begins and ends now."""
        now = self._clock()
        if registration.ended(now):
            return
        registration.start = min(registration.start, now)
        registration.end = now
        registration.updated_at = later_stamp(registration.updated_at, now)

    def _read(self, body: JsonObject, callback_id: int, created_at: str, version: ApiVersion) -> Registration:
        callback_type = _type_of(body)
        destination = _object(body.get("destination"))
        url, method = destination.get("url"), destination.get("method", METHODS[0])
        content_type = destination.get("content_type", CONTENT_TYPES[0])
        problems = [
            *self._type_problems(callback_type, body),
            *_destination_problems(url, method, content_type),
        ]
        start, end = _read_dates(body, self._clock(), problems)
        if not problems:
            problems += self._rivals(
                callback_id, callback_type, body.get(callback_type), str(url), start, end
            )
        if problems:
            raise Refusal(422, *problems)
        details = body.get(callback_type)
        return Registration(
            callback_id,
            callback_type,
            details if isinstance(details, dict) else None,
            str(url),
            str(method),
            str(content_type),
            start,
            end,
            created_at,
            created_at,
            version,
        )

    def _type_problems(self, callback_type: str, body: JsonObject) -> Iterator[Problem]:
        if callback_type not in REQUIRED_KEY:
            yield Problem("callback_type must be one of the registrable types.")
            return
        details = _object(body.get(callback_type))
        key = REQUIRED_KEY[callback_type]
        if key is not None:
            value = details.get(key)
            if not isinstance(value, str) or not value:
                yield Problem(f"{callback_type}.{key} is required.")
            elif not self._knows(key, value):
                yield Problem(f"{callback_type}.{key} is not known.")
        if details.get("callbacks_to_send", "all") not in CALLBACKS_TO_SEND:
            yield Problem(f"{callback_type}.callbacks_to_send is not one of its values.")

    def _rivals(
        self,
        callback_id: int,
        callback_type: str,
        details: Json,
        url: str,
        start: datetime,
        end: datetime | None,
    ) -> Iterator[Problem]:
        """Find registrations this one can't stand beside: unique per type, URL and active dates."""
        others = [
            each
            for each in self.current()
            if each.callback_type == callback_type and each.callback_id != callback_id
        ]
        if len({each.url for each in others} | {url}) > DESTINATIONS_PER_TYPE:
            yield Problem(f"A callback type has at most {DESTINATIONS_PER_TYPE} destinations.")
        for each in others:
            overlaps = (end is None or each.start < end) and (each.end is None or start < each.end)
            if each.url == url and each.details == (details or None) and overlaps:
                yield Problem("The same registration with this destination.url exists for these dates.")
                return


def show_registration(each: Registration, company_key: str, style: RegistrationStyle) -> JsonObject:
    """Give a registration as read."""
    documented = style == RegistrationStyle.DOCUMENTED
    shown: JsonObject = {
        "callback_id": str(each.callback_id) if documented else each.callback_id,
        "callback_type": each.callback_type,
    }
    if each.details is not None:
        shown[each.callback_type] = each.details
    if style == RegistrationStyle.FLAT:
        shown |= {
            "destination_url": each.url,
            "destination_method": each.method,
            "content_type": each.content_type,
        }
    else:
        shown["destination"] = _destination(each)
    suffix = "date" if documented else "at"
    return shown | {
        "start_date": to_second(each.start),
        "end_date": to_second(each.end) if each.end else None,
        f"created_{suffix}": each.created_at,
        f"updated_{suffix}": each.updated_at,
        "url": f"/companies/{company_key}/config/callbacks/{each.callback_id}",
    }


def _destination(each: Registration) -> JsonObject:
    return {"url": each.url, "method": each.method, "content_type": each.content_type}


def _object(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _type_of(body: JsonObject) -> str:
    """Read callback_type, or the deprecated event_type."""
    value = body.get("callback_type", body.get("event_type"))
    return value if isinstance(value, str) else ""


def _destination_problems(url: object, method: object, content_type: object) -> Iterator[Problem]:
    if not isinstance(url, str) or not (_is_https(url) or is_on_this_computer(url)):
        yield Problem("destination.url must be an https address.")
    elif len(url) > URL_LIMIT:
        yield Problem(f"destination.url is longer than {URL_LIMIT} characters.")
    if method not in METHODS:
        yield Problem("destination.method must be POST or PUT.")
    if content_type not in CONTENT_TYPES:
        yield Problem("destination.content_type must be application/json or text/json.")


def _is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)


def is_on_this_computer(url: str) -> bool:
    """Say whether an address is plain HTTP on the loopback interface, which only the sandbox accepts."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
        return parts.scheme == "http" and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False


def _read_dates(body: JsonObject, now: datetime, problems: list[Problem]) -> tuple[datetime, datetime | None]:
    start = _read_date(body, "start_date", problems) or now
    end = _read_date(body, "end_date", problems)
    if end is not None and end < start:
        problems.append(Problem("end_date is before start_date."))
    return start, end


def _read_date(body: JsonObject, key: str, problems: list[Problem]) -> datetime | None:
    value = body.get(key)
    if value in (None, ""):  # "leave blank" for the default
        return None
    try:
        return parse_moment(value if isinstance(value, str) else "")
    except ValueError:
        problems.append(Problem(f"{key} must be a date in ISO 8601."))
        return None
