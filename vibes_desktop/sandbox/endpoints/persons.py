"""People: find, add, update."""

from dataclasses import replace

from vibes_desktop.sandbox.answers import Answer, JsonObject, answer_json, refuse
from vibes_desktop.sandbox.calls import Call
from vibes_desktop.sandbox.happenings import person_added, person_updated
from vibes_desktop.sandbox.numbers import mdn_shown, mdn_to_find
from vibes_desktop.sandbox.persons import (
    EXTERNAL_ID_LIMIT,
    PersonRecord,
    read_person_body,
    show_person,
)
from vibes_desktop.sandbox.platform import ExternalUpdate, MdnShape, NobodyFound, Platform, SuccessBody


def show(platform: Platform, call: Call, person: PersonRecord) -> JsonObject:
    """Give a person as this call reads it."""
    return show_person(person, platform.company_key, call.version, with_person_id=platform.shows_person_id)


def find_person(platform: Platform, call: Call) -> PersonRecord:
    """Find who the path names, by either kind of ID. Raises a 404, or a 422 for an unreadable number."""
    if "external_person_id" in call.params:
        person = platform.people.by_external_id(call.params["external_person_id"])
    else:
        person = platform.people.by_key(call.params["person_key"])
    if person is None:
        raise refuse(404, "The person record cannot be found.")
    if person.mdn is not None:
        mdn_shown(person.mdn, call.version)
    return person


def get_person(platform: Platform, call: Call) -> Answer:
    """Read one person."""
    return answer_json(200, show(platform, call, find_person(platform, call)))


def find_by_mdn(platform: Platform, call: Call) -> Answer:
    """Find everybody with a number."""
    mdn = call.query.get("mdn", "")
    if not mdn:
        raise refuse(404, "mdn is missing.")
    found = platform.people.by_mdn(mdn_to_find(mdn, call.version))
    if not found and platform.nobody_found == NobodyFound.EMPTY_ARRAY:
        return answer_json(200, [])
    if not found:
        raise refuse(404, "No person record has this MDN.")
    if platform.mdn_shape == MdnShape.OBJECT:
        return answer_json(200, show(platform, call, found[0]))
    return answer_json(200, [show(platform, call, person) for person in found])


def add_person(platform: Platform, call: Call) -> Answer:
    """Create a person (201), or merge into the one who is met (200)."""
    body = read_person_body(call.body, call.version, platform.fields)
    identified = isinstance(body.external_person_id, str) or isinstance(body.mdn, str)
    if platform.identifier_required and not identified:
        raise refuse(422, "At least one of mobile_phone.mdn and external_person_id is required.")
    person, is_new = platform.people.add(body)
    (person_added if is_new else person_updated)(platform, person)
    return answer_json(201 if is_new else 200, show(platform, call, person))


def update_by_key(platform: Platform, call: Call) -> Answer:
    """Update the person with this key."""
    return _update(platform, call, find_person(platform, call))


def update_by_external_id(platform: Platform, call: Call) -> Answer:
    """Update the person with this external ID; an unknown one is created or refused (C-8)."""
    external_id = call.params["external_person_id"]
    if platform.people.by_external_id(external_id) is None:
        if call.external_update == ExternalUpdate.CREATES:
            return _create(platform, call, external_id)
        raise refuse(404, "The person record cannot be found.")
    return _update(platform, call, find_person(platform, call))


def _create(platform: Platform, call: Call, external_id: str) -> Answer:
    if not 0 < len(external_id) <= EXTERNAL_ID_LIMIT:
        raise refuse(422, f"external_person_id must have 1 to {EXTERNAL_ID_LIMIT} characters.")
    body = read_person_body(call.body, call.version, platform.fields)
    if isinstance(body.mdn, str) and platform.people.by_mdn(body.mdn):
        raise refuse(409, "The MDN belongs to another person record.")
    if isinstance(body.external_person_id, str):
        if platform.people.by_external_id(body.external_person_id) is not None:
            raise refuse(422, "external_person_id belongs to another person.")
    else:
        body = replace(body, external_person_id=external_id)
    person, is_new = platform.people.add(body)
    (person_added if is_new else person_updated)(platform, person)
    return _success(platform, call, person, 201)


def _update(platform: Platform, call: Call, person: PersonRecord) -> Answer:
    body = read_person_body(call.body, call.version, platform.fields)
    platform.people.update(person, body)
    person_updated(platform, person)
    return _success(platform, call, person, platform.update_status)


def _success(platform: Platform, call: Call, person: PersonRecord, status: int) -> Answer:
    if platform.success_body == SuccessBody.EMPTY:
        return Answer(status)
    if platform.success_body == SuccessBody.ECHO:
        return answer_json(status, call.sent)
    return answer_json(status, show(platform, call, person))
