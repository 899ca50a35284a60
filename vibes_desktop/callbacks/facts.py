"""What the columns show of a payload, whichever spelling it uses (callbacks.md §4, §6)."""

from __future__ import annotations

from vibes_desktop.callbacks.dates import parse_ms
from vibes_desktop.callbacks.payload import Facts, Json, JsonObject, Kind, PersonRef

EMPTY: JsonObject = {}
MAX_ATTEMPT_DIGITS = 4


def facts_of(value: Json, kind: Kind) -> Facts:
    """Collect them; what is absent, or no text or number, is None."""
    if not isinstance(value, dict):
        return Facts()
    if kind is Kind.PERSON:
        return Facts(person=person_ref(value, EMPTY))
    subscription = value if kind is Kind.SUBSCRIPTION else part(value, "subscription")
    participant = part(value, "participant")
    campaign = part(participant, "acquisition_campaign") or part(subscription, "acquisition_campaign")
    listed = (
        part(subscription, "subscription_list")
        or part(value, "subscription_list")
        or part(participant, "subscription_list")
    )
    return Facts(
        event_id=text(value, "event_id"),
        event_ms=moment(value, "event_date"),
        person=_person(value, subscription, participant),
        list_id=text(listed, "id", "list_id", "subscription_list_id"),
        campaign_id=text(campaign, "id", "acquisition_id", "campaign_id", "api_key"),
        opt_in_ms=moment(subscription, "opt_in_date"),
        opt_out_ms=moment(subscription, "opt_out_date"),
        opt_out_reason=text(subscription, "opt_out_reason"),
        delivery_attempt=attempt(value),
    )


def person_ref(person: JsonObject, around: JsonObject) -> PersonRef:
    """Read who a person is; `around` may hold the number instead, as a message's participant does."""
    phone = part(person, "mobile_phone") or part(person, "mobile")
    return PersonRef(
        person_key=text(person, "person_key"),
        person_id=text(person, "person_id", "id"),
        external_person_id=text(person, "external_person_id", "external_id"),
        mdn=text(phone, "mdn") or text(person, "mdn") or text(around, "mdn"),
    )


def attempt(value: JsonObject) -> int | None:
    """Read the delivery attempt: a number, mostly written as text."""
    found = text(value, "delivery_attempt")
    if found is None or not (found.isascii() and found.isdigit() and len(found) <= MAX_ATTEMPT_DIGITS):
        return None
    return int(found)


def part(value: JsonObject, name: str) -> JsonObject:
    """Read a member that is an object; empty when it is not."""
    found = value.get(name)
    return found if isinstance(found, dict) else EMPTY


def text(value: JsonObject, *names: str) -> str | None:
    """Read the first of these members that holds a text or a whole number."""
    for name in names:
        found = value.get(name)
        if isinstance(found, str) and found:
            return found
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
    return None


def moment(value: JsonObject, name: str) -> int | None:
    """Read a point in time."""
    found = value.get(name)
    return parse_ms(found) if isinstance(found, str) else None


def _person(value: JsonObject, subscription: JsonObject, participant: JsonObject) -> PersonRef:
    person = part(subscription, "person") or part(participant, "person") or part(value, "person")
    if person:
        return person_ref(person, participant)
    processed = part(value, "event_processed")
    if processed:
        return _of_event_data(part(processed, "event_data"))
    return PersonRef(mdn=text(participant, "mdn"))


def _of_event_data(data: JsonObject) -> PersonRef:
    """A customer's own data: an `id` in it is not a person's."""
    return PersonRef(
        person_key=text(data, "person_key"),
        person_id=text(data, "person_id"),
        external_person_id=text(data, "external_person_id", "external_id"),
        mdn=text(data, "mdn") or text(part(data, "mobile_phone"), "mdn"),
    )
