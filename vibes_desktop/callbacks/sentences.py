"""What a payload is about, in one sentence for a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from vibes_desktop.callbacks.columns import DAY_MS
from vibes_desktop.callbacks.facts import moment, part, text
from vibes_desktop.callbacks.payload import JsonObject, Kind, Payload, PersonRef

MAX_WORDS = 120  # characters of a text that somebody wrote
Says = Callable[[str], str]
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_in_words(milliseconds: int) -> str:
    """Write a day in UTC: 18 Feb 2017."""
    day = datetime.fromtimestamp(milliseconds // 1000, UTC)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def sentence(payload: Payload, times: Callable[[int], str] = day_in_words, own: Says = str) -> str:
    """Say what it is about. `times` writes a moment; `own` may hide what is a person's own."""
    teller = _Teller(payload, times, own)
    said = teller.callback() if payload.kind is Kind.CALLBACK else teller.other()
    said = said[:1].upper() + said[1:] + "."
    return said if payload.cut_off_at is None else f"{said} The text ends early, so more may have been said."


class _Teller:
    """Puts the words together for one payload."""

    def __init__(self, payload: Payload, times: Callable[[int], str], own: Says) -> None:
        self._payload = payload
        self._value: JsonObject = payload.value if isinstance(payload.value, dict) else {}
        self._facts = payload.facts
        self._times = times
        self._own = own

    def callback(self) -> str:
        name = self._payload.callback_type or ""
        family, _, act = name.rpartition("_")
        match family:
            case "subscription":
                return self._subscription(act)
            case "person":
                return self._person(act)
            case "ack_participant" | "company_participant" | "*_participant":
                return self._participant(family, act)
            case "device":
                return self._device(act)
            case "subscription_list":
                return self._list(act)
            case "wallet_item":
                return self._wallet(act)
        if name == "unmatched_message_received":
            return self._message()
        if name == "event_processed":
            return self._event()
        called = f'the unknown type "{name[:60]}"' if name else "no type that it names"
        return f"a callback of {called}{self._about()}{self._on(self._facts.event_ms)}"

    def other(self) -> str:
        match self._payload.kind:
            case Kind.PERSON:
                return f"a person's record, not a callback: {self._who()}"
            case Kind.REGISTRATION:
                return self._registration()
            case Kind.SUBSCRIPTION:
                listed = self._value.get("subscriptions")
                if isinstance(listed, list):
                    return f"{len(listed)} subscriptions as the platform lists them, not a callback"
                what = f"a subscription{self._to_list()} as the platform lists it, not a callback"
                return f"{what}: {self._who()}"
            case Kind.VIBES_CONNECT:
                return "XML of Vibes Connect, the aggregation product, not a callback of this platform"
            case Kind.UNREADABLE:
                reasons = (each.message for each in self._payload.findings if each.code == "unreadable")
                return next(reasons, "It can't be read").rstrip(".")
            case _:
                return "JSON, but nothing of this platform that is known here"

    def _subscription(self, act: str) -> str:
        facts, who, listed = self._facts, self._who(), self._to_list(" list ")
        if act == "added":
            campaign = f" through campaign {facts.campaign_id}" if facts.campaign_id else ""
            return f"{who} joined{listed}{self._on(facts.opt_in_ms or facts.event_ms)}{campaign}"
        if act == "removed":
            left_ms = facts.opt_out_ms if facts.opt_out_ms is not None else facts.event_ms
            reason = f" ({facts.opt_out_reason})" if facts.opt_out_reason else ""
            return f"{who} left{listed}{self._on(left_ms)}{reason}{_joined(facts.opt_in_ms, left_ms)}"
        return f"something about the subscription of {who}{self._to_list()}{self._on(facts.event_ms)}"

    def _person(self, act: str) -> str:
        who, when = self._who(), self._on(self._facts.event_ms)
        if act == "added":
            return f"{who} was added{when}"
        what = "was updated" if act == "updated" else "was added or updated"
        return f"{who} {what}{when}; this is the complete new record"

    def _participant(self, family: str, act: str) -> str:
        holder = part(self._value, "participant")
        status = (text(holder, "status") or "").upper()
        verbs = {"CONFIRMED": "confirmed taking part in", "REJECTED": "refused to take part in"}
        asked = "asked to take part in" if act == "added" else "answered to"
        verb = verbs.get(status, asked) if act == "changed" else asked
        moment_ms = moment(holder, "participation_date") if act == "added" else None
        when = self._on(moment_ms if moment_ms is not None else self._facts.event_ms)
        until = moment(holder, "expire_date")
        pending = f"; it waits for an answer until {self._times(until)}" if until and act == "added" else ""
        scope = " (told for every campaign of the company)" if family == "company_participant" else ""
        return f"{self._who()} {verb} {self._campaign(holder)}{when}{pending}{scope}"

    def _campaign(self, holder: JsonObject) -> str:
        campaign = part(holder, "acquisition_campaign")
        named = text(campaign, "description")
        name = f" “{_short(named)}”" if named else ""
        keyword = text(campaign, "keyword")
        by = f" by the keyword {keyword}" if keyword else ""
        number = f" {self._facts.campaign_id}" if self._facts.campaign_id else ""
        return f"campaign{number}{name}{by}" if number or name else f"an unnamed campaign{by}"

    def _device(self, act: str) -> str:
        device = part(self._value, "push_device")
        told = ", ".join(found for found in (text(device, "device_os", "os", "OS"), _app(device)) if found)
        number = text(device, "vibes_device_id")
        named = f"push device{f' {number}' if number else ''}{f' ({told})' if told else ''}"
        verbs = {"added": "was added to", "removed": "was taken from", "updated": "was updated for"}
        verb = verbs.get(act, "changed for")
        return f"{named} {verb} {self._who(first=False)}{self._on(self._facts.event_ms)}"

    def _list(self, act: str) -> str:
        name = text(part(self._value, "subscription_list"), "name")
        listed = f"list {self._facts.list_id or 'without an ID'}{f' “{_short(name)}”' if name else ''}"
        verb = {"added": "was added", "updated": "was updated"}.get(act, "was added or updated")
        return f"{listed} {verb}{self._on(self._facts.event_ms)}"

    def _wallet(self, act: str) -> str:
        instance, item = part(self._value, "wallet_instance"), part(self._value, "wallet_item")
        provider = text(instance, "provider")
        number = text(item, "uuid")
        named = f"wallet item{f' {number}' if number else ''}{f' ({provider})' if provider else ''}"
        if act == "*":
            return f"{named} was installed or removed{self._on(self._facts.event_ms)}; it names no person"
        registered, unregistered = moment(instance, "registered_at"), moment(instance, "unregistered_at")
        if act == "install":
            when = self._on(registered if registered is not None else self._facts.event_ms)
            return f"{named} was installed{when}; it names no person"
        removed = unregistered if unregistered is not None else self._facts.event_ms
        joined = _joined(registered, removed, "installed")
        return f"{named} was removed{self._on(removed)}{joined}; it names no person"

    def _message(self) -> str:
        code = part(self._value, "source_code")
        number, sent = text(code, "code"), code.get("response_sent")
        wrote = text(self._value, "message")
        said = f": “{self._own(_short(wrote))}”" if wrote else ""
        received = moment(self._value, "receipt_date")
        when = self._on(received if received is not None else self._facts.event_ms)
        answer = {True: "; the default answer was sent", False: "; no answer was sent"}.get(sent is True, "")
        answer = answer if isinstance(sent, bool) else ""
        return f"{self._who()} wrote{f' to {number}' if number else ''}{when}{said}{answer}"

    def _event(self) -> str:
        holder = part(self._value, "event_processed")
        action = part(holder, "action")
        name, number = text(holder, "event_type"), text(holder, "event_id")
        event = f"the event{f' {name}' if name else ''}{f' ({number})' if number else ''}"
        stage = " ".join(found for found in (text(action, "type"), text(action, "status")) if found)
        reason = text(action, "status_reason")
        told = ", ".join(found for found in (stage, (reason or "").replace("_", " ")) if found)
        after = f": {told}" if told else ""
        return f"{event}{self._about()} was processed{self._on(self._facts.event_ms)}{after}"

    def _registration(self) -> str:
        name = text(self._value, "callback_type", "event_type")
        url = text(part(self._value, "destination"), "url")
        where = f" to {_short(url)}" if url else ""
        return f"a registration{f' of {name}' if name else ''}{where}, not a callback"

    def _who(self, *, first: bool = True) -> str:
        found = _named(self._facts.person, self._own)
        return found or ("somebody" if first else "somebody who is not named")

    def _about(self) -> str:
        found = _named(self._facts.person, self._own)
        return f" about {found}" if found else ""

    def _on(self, milliseconds: int | None) -> str:
        return f" on {self._times(milliseconds)}" if milliseconds is not None else ""

    def _to_list(self, between: str = " to list ") -> str:
        if self._facts.list_id:
            return f"{between}{self._facts.list_id}"
        return " a list" if between == " list " else ""


def _named(person: PersonRef, own: Says) -> str:
    """Name somebody as a person would: by number, else by the customer's ID, else by the platform's."""
    if person.mdn:
        return own(number_in_words(person.mdn))
    if person.external_person_id:
        return own(person.external_person_id)
    number = person.person_key or person.person_id
    return f"person {number}" if number else ""


def number_in_words(mdn: str) -> str:
    """Write a mobile number with spaces; as it is, where it is none."""
    from vibes_desktop.model.phone import show
    from vibes_desktop.model.profile import ApiVersion

    version = ApiVersion.V2 if mdn.startswith("+") else ApiVersion.V1
    shown = show(mdn, version)
    return shown.text.replace("-", " ") if shown.is_valid else mdn


def _joined(joined_ms: int | None, left_ms: int | None, verb: str = "joined") -> str:
    if joined_ms is None or left_ms is None or joined_ms > left_ms:
        return ""
    days = (left_ms - joined_ms) // DAY_MS
    if days < 1:
        return f"; {verb} less than a day before"
    return f"; {verb} {days:,} day{'' if days == 1 else 's'} before"


def _app(device: JsonObject) -> str:
    number = text(device, "app_id")
    return f"app {number}" if number else ""


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= MAX_WORDS else one_line[: MAX_WORDS - 1] + "…"
