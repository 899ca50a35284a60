"""Subscriptions of a person, and the lists themselves."""

from vibes_desktop.sandbox.answers import JSON_TYPE, Answer, Refusal, answer_json, refuse
from vibes_desktop.sandbox.calls import Call
from vibes_desktop.sandbox.campaigns import show_campaign
from vibes_desktop.sandbox.endpoints.persons import find_person, show
from vibes_desktop.sandbox.happenings import subscription_removed
from vibes_desktop.sandbox.numbers import mdn_to_find
from vibes_desktop.sandbox.persons import PersonRecord
from vibes_desktop.sandbox.platform import Platform, SubscriptionShape
from vibes_desktop.sandbox.subscriptions import SubscriptionList, show_list, show_subscription


def get_subscriptions(platform: Platform, call: Call) -> Answer:
    """Read a person's subscriptions; with active_only=false the ended ones too."""
    person = find_person(platform, call)
    found = platform.subscriptions.of_person(person, active_only=_active_only(call))
    return answer_json(200, [show_subscription(each, platform.company_key) for each in found])


def get_subscription(platform: Platform, call: Call) -> Answer:
    """Read a person's subscription to one list."""
    person = find_person(platform, call)
    list_id = call.params["subscription_list_id"]
    found = platform.subscriptions.on_list(person, list_id, active_only=_active_only(call))
    if not found:
        raise refuse(404, "The person is not subscribed to the list.")
    if platform.subscription_shape == SubscriptionShape.OBJECT:
        return answer_json(200, show_subscription(found[-1], platform.company_key))
    return answer_json(200, [show_subscription(each, platform.company_key) for each in found])


def unsubscribe(platform: Platform, call: Call) -> Answer:
    """Take a person off a list."""
    person = find_person(platform, call)
    ended = platform.subscriptions.unsubscribe(person, call.params["subscription_list_id"])
    if not ended:
        raise refuse(404, "The person is not subscribed to the list.")
    for stay in ended:
        subscription_removed(platform, stay)
    if platform.unsubscribe_status == 200:
        return Answer(200, content_type=JSON_TYPE)
    return Answer(204)


def get_lists(platform: Platform, _call: Call) -> Answer:
    """Read every list."""
    lists = platform.subscriptions.lists.values()
    return answer_json(200, [show_list(each, platform.company_key) for each in lists])


def get_list(platform: Platform, call: Call) -> Answer:
    """Read one list."""
    return answer_json(200, show_list(_find_list(platform, call), platform.company_key))


def get_subscriber(platform: Platform, call: Call) -> Answer:
    """Read a person if they are subscribed to a list."""
    found = _find_list(platform, call)
    for person in _candidates(platform, call):
        if platform.subscriptions.on_list(person, found.list_id):
            return answer_json(200, show(platform, call, person))
    raise refuse(404, "The person cannot be found or is not subscribed to the list.")


def get_campaigns_of_list(platform: Platform, call: Call) -> Answer:
    """Read the active campaigns that lead to a list."""
    found = platform.campaigns.active_of_list(_find_list(platform, call).list_id)
    return answer_json(200, [show_campaign(each, platform.company_key) for each in found])


def _find_list(platform: Platform, call: Call) -> SubscriptionList:
    found = platform.subscriptions.lists.get(call.params["subscription_list_id"])
    if found is None:
        raise refuse(404, "The subscription list cannot be found.")
    return found


def _active_only(call: Call) -> bool:
    value = call.query.get("active_only", "true")
    if value not in ("true", "false"):
        raise refuse(422, "active_only must be true or false.")
    return value == "true"


def _candidates(platform: Platform, call: Call) -> list[PersonRecord]:
    """Find who the query names; a malformed number is only ever a 404 here."""
    query = call.query
    found = [
        platform.people.by_key(query.get("person_key", query.get("person_id", ""))),
        platform.people.by_external_id(query.get("external_person_id", "")),
    ]
    named = [person for person in found if person is not None]
    if named or "mdn" not in query:
        return named
    try:
        return platform.people.by_mdn(mdn_to_find(query["mdn"], call.version))
    except Refusal:
        return []
