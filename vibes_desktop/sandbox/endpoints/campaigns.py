"""Acquisition campaigns and opting in."""

from vibes_desktop.sandbox.answers import Answer, Json, JsonObject, answer_json, refuse
from vibes_desktop.sandbox.calls import Call
from vibes_desktop.sandbox.campaigns import (
    UNPROCESSABLE,
    Campaign,
    ParticipationStatus,
    show_campaign,
    show_participation,
)
from vibes_desktop.sandbox.happenings import person_added, person_updated, subscription_added
from vibes_desktop.sandbox.numbers import mdn_to_store
from vibes_desktop.sandbox.persons import PersonBody, PersonRecord, read_person_body
from vibes_desktop.sandbox.platform import Platform

MISMATCH = "EXTERNALPERSONIDMISMATCH"


def get_campaigns(platform: Platform, _call: Call) -> Answer:
    """Read every campaign; a 404 when there are none."""
    campaigns = platform.campaigns.campaigns.values()
    if not campaigns:
        raise refuse(404, "No campaigns can be located.")
    return answer_json(200, [show_campaign(each, platform.company_key) for each in campaigns])


def get_campaign(platform: Platform, call: Call) -> Answer:
    """Read one campaign."""
    return answer_json(200, show_campaign(_find_campaign(platform, call), platform.company_key))


def get_participants(platform: Platform, call: Call) -> Answer:
    """Read the opt-ins of a person that wait for an answer."""
    campaign = _find_campaign(platform, call)
    found = [
        platform.campaigns.pending(person, campaign.campaign_id)
        for person in _people_asked_for(platform, call)
    ]
    return answer_json(200, [show_participation(each, platform.company_key) for each in found if each])


def add_participant(platform: Platform, call: Call) -> Answer:
    """Opt a person in; an unknown one is created, an existing one updated, but only on success."""
    campaign = _find_campaign(platform, call)
    body = read_person_body(call.body, call.version, platform.fields, bad_number_status=400)
    person = _participant(platform, call.body if isinstance(call.body, dict) else {}, body)
    mdn = body.mdn if person is None or person.mdn is None else person.mdn
    if not isinstance(mdn, str):
        raise refuse(422, "The person has no mobile phone.", UNPROCESSABLE)
    platform.campaigns.check(campaign, mdn, person)
    person = _store(platform, person, body)
    pending = platform.campaigns.pending(person, campaign.campaign_id)
    joined = pending or platform.campaigns.join(campaign, person)
    if joined.status is ParticipationStatus.SUBSCRIBED:
        subscription_added(platform, platform.subscriptions.on_list(person, campaign.list_id)[-1])
    return answer_json(200 if pending else 201, show_participation(joined, platform.company_key))


def _find_campaign(platform: Platform, call: Call) -> Campaign:
    found = platform.campaigns.campaigns.get(call.params["acquisition_id"])
    if found is None:
        raise refuse(404, "The acquisition campaign cannot be found.")
    return found


def _people_asked_for(platform: Platform, call: Call) -> list[PersonRecord]:
    query = call.query
    if "mdn" in query:
        return platform.people.by_mdn(mdn_to_store(query["mdn"], call.version, 400))
    if "external_person_id" in query:
        person = platform.people.by_external_id(query["external_person_id"])
    elif "person_id" in query or "person_key" in query:
        person = platform.people.by_key(query.get("person_key", query.get("person_id", "")))
    else:
        raise refuse(422, "One of mdn, person_id and external_person_id is required.")
    return [person] if person else []


def _participant(platform: Platform, sent: JsonObject, body: PersonBody) -> PersonRecord | None:
    """Find whom an opt-in means; None is somebody new. Raises a 422 when the identifiers disagree."""
    key = _key_of(sent)
    external_id = body.external_person_id if isinstance(body.external_person_id, str) else None
    mdn = body.mdn if isinstance(body.mdn, str) else None
    if key is not None:
        person = platform.people.by_key(key)
        if person is None:
            raise refuse(422, "The person record cannot be found.", UNPROCESSABLE)
    elif external_id is None and mdn is None:
        raise refuse(
            422,
            "One of person_key, person_id, external_person_id and mobile_phone.mdn is required.",
            UNPROCESSABLE,
        )
    else:
        person = _known(platform, external_id, mdn)
    if person is None:
        return None
    if mdn not in (None, person.mdn) and (person.mdn is not None or platform.people.by_mdn(mdn or "")):
        raise refuse(422, "The person has another MDN.", MISMATCH)
    if external_id is not None and person.external_person_id not in (None, external_id):
        raise refuse(422, "The person has another external_person_id.", MISMATCH)
    return person


def _known(platform: Platform, external_id: str | None, mdn: str | None) -> PersonRecord | None:
    owner = platform.people.by_external_id(external_id) if external_id is not None else None
    sharing = platform.people.by_mdn(mdn) if mdn is not None else []
    return owner or next(iter(sharing), None)


def _key_of(sent: JsonObject) -> str | None:
    value: Json = sent.get("person_key", sent.get("person_id"))
    return None if value is None else str(value)


def _store(platform: Platform, person: PersonRecord | None, body: PersonBody) -> PersonRecord:
    """Create or change the person, once nothing stands against the opt-in any more."""
    if person is None:
        new, _ = platform.people.add(body)
        person_added(platform, new)
        return new
    platform.people.merge(person, body)
    person_updated(platform, person)
    return person
