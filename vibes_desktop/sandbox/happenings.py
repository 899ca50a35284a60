"""What happens on the platform, as callbacks to whoever registered for them."""

from collections.abc import Callable

from vibes_desktop.sandbox.answers import JsonObject, Refusal
from vibes_desktop.sandbox.clock import to_second
from vibes_desktop.sandbox.numbers import ApiVersion, mdn_shown
from vibes_desktop.sandbox.persons import PersonRecord, person_url, show_person
from vibes_desktop.sandbox.platform import Platform, QueuedEvent
from vibes_desktop.sandbox.registrations import REQUIRED_KEY, Registration
from vibes_desktop.sandbox.subscriptions import Subscription, list_url

EVENT_ID_BITS = 48

Spelling = Callable[[ApiVersion], JsonObject]


def happened(platform: Platform, callback_type: str, about: str | None, spell: Spelling) -> str | None:
    """Queue an event for every active registration it fits, spelt for its version; None when there is none.

    `about` is the list, campaign or app it is about.
    """
    fitting = [each for each in platform.callbacks.active(callback_type) if _fits(each, about)]
    if not fitting:
        return None
    event_id = f"{platform.random.getrandbits(EVENT_ID_BITS):012X}"
    envelope: JsonObject = {
        "event_id": event_id,
        "callback_type": callback_type,
        "event_date": to_second(platform.clock()),
    }
    for each in fitting:
        body = envelope | {name: value for name, value in spell(each.version).items() if name not in envelope}
        platform.queue(QueuedEvent(event_id, callback_type, each.url, each.method, each.content_type, body))
    return event_id


def person_added(platform: Platform, person: PersonRecord) -> None:
    """Tell that a person came into being."""
    happened(platform, "person_added", None, lambda version: _person(platform, person, version))


def person_updated(platform: Platform, person: PersonRecord) -> None:
    """Tell a person's complete new state; an "add" that met somebody is an update too."""
    happened(platform, "person_updated", None, lambda version: _person(platform, person, version))


def subscription_added(platform: Platform, stay: Subscription) -> None:
    """Tell that somebody joined a list."""
    _subscription(platform, "subscription_added", stay)


def subscription_removed(platform: Platform, stay: Subscription) -> None:
    """Tell that somebody left a list, and why."""
    _subscription(platform, "subscription_removed", stay)


def _fits(registration: Registration, about: str | None) -> bool:
    """Say whether a registration is for this subject."""
    key = REQUIRED_KEY[registration.callback_type]
    return about is None or key is None or (registration.details or {}).get(key) == about


def _person(platform: Platform, person: PersonRecord, version: ApiVersion) -> JsonObject:
    try:
        shown = show_person(person, platform.company_key, version, with_person_id=True)
    except Refusal:  # version 1 has no spelling for the number; a callback can't be refused
        shown = show_person(person, platform.company_key, ApiVersion.TWO, with_person_id=True)
    del shown["person_key"]  # the vendor's samples of these callbacks have none
    return {"person": shown}


def _subscription(platform: Platform, callback_type: str, stay: Subscription) -> None:
    def spell(version: ApiVersion) -> JsonObject:
        key = platform.company_key
        person: JsonObject = {
            "id": stay.person.person_id,
            "external_id": stay.person.external_person_id,
            "external_person_id": stay.person.external_person_id,
            "person_key": stay.person.person_key,
            "url": person_url(key, stay.person),
        }
        if stay.person.mdn is not None:
            person["mobile_phone"] = {"mdn": _number(stay.person.mdn, version)}
        told: JsonObject = {
            "person": person,
            "subscription_list": {"id": stay.list_id, "url": list_url(key, stay.list_id)},
            "opt_in_date": stay.opt_in_date,
        }
        if stay.opt_out_date is not None:
            told |= {"opt_out_date": stay.opt_out_date, "opt_out_reason": stay.opt_out_reason}
        return {"subscription": told}

    happened(platform, callback_type, stay.list_id, spell)


def _number(mdn: str, version: ApiVersion) -> str:
    try:
        return mdn_shown(mdn, version)
    except Refusal:
        return mdn
