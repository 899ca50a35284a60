"""Which endpoint answers which path."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from vibes_desktop.sandbox.answers import Answer, Refusal
from vibes_desktop.sandbox.calls import Call
from vibes_desktop.sandbox.endpoints import callbacks, campaigns, devices, persons, subscriptions
from vibes_desktop.sandbox.platform import Platform

Endpoint = Callable[[Platform, Call], Answer]

MOBILEDB = "/companies/{company_key}/mobiledb"
BY_KEY = f"{MOBILEDB}/persons/{{person_key}}"
BY_EXTERNAL_ID = f"{MOBILEDB}/persons/external/{{external_person_id}}"
LISTS = f"{MOBILEDB}/subscription_lists"
CAMPAIGNS = "/companies/{company_key}/campaigns/acquisition"
CALLBACKS = "/companies/{company_key}/config/callbacks"
DEVICES = "/mobile_apps/{app_id}/devices/{vibes_device_id}"

TABLE: tuple[tuple[str, str, Endpoint], ...] = (
    # A trailing slash marks a collection; it may be left out.
    ("GET", f"{MOBILEDB}/persons/", persons.find_by_mdn),
    ("POST", f"{MOBILEDB}/persons/", persons.add_person),
    ("GET", BY_KEY, persons.get_person),
    ("PUT", BY_KEY, persons.update_by_key),
    ("GET", BY_EXTERNAL_ID, persons.get_person),
    ("PUT", BY_EXTERNAL_ID, persons.update_by_external_id),
    ("GET", f"{BY_KEY}/subscriptions/", subscriptions.get_subscriptions),
    ("GET", f"{BY_EXTERNAL_ID}/subscriptions/", subscriptions.get_subscriptions),
    ("GET", f"{BY_KEY}/subscriptions/{{subscription_list_id}}", subscriptions.get_subscription),
    ("GET", f"{BY_EXTERNAL_ID}/subscriptions/{{subscription_list_id}}", subscriptions.get_subscription),
    ("DELETE", f"{BY_KEY}/subscriptions/{{subscription_list_id}}", subscriptions.unsubscribe),
    ("DELETE", f"{BY_EXTERNAL_ID}/subscriptions/{{subscription_list_id}}", subscriptions.unsubscribe),
    ("GET", f"{LISTS}/", subscriptions.get_lists),
    ("GET", f"{LISTS}/{{subscription_list_id}}", subscriptions.get_list),
    ("GET", f"{LISTS}/{{subscription_list_id}}/subscribers/", subscriptions.get_subscriber),
    ("GET", f"{LISTS}/{{subscription_list_id}}/acquisition_campaigns/", subscriptions.get_campaigns_of_list),
    ("GET", f"{CAMPAIGNS}/", campaigns.get_campaigns),
    ("GET", f"{CAMPAIGNS}/{{acquisition_id}}", campaigns.get_campaign),
    ("GET", f"{CAMPAIGNS}/{{acquisition_id}}/participants/", campaigns.get_participants),
    ("POST", f"{CAMPAIGNS}/{{acquisition_id}}/participants/", campaigns.add_participant),
    ("GET", f"{BY_KEY}/push_devices/", devices.get_devices_of_person),
    ("GET", f"{BY_EXTERNAL_ID}/push_devices/", devices.get_devices_of_person),
    ("GET", DEVICES, devices.get_device),
    ("POST", f"{DEVICES}/assign", devices.assign_device),
    ("POST", f"{CALLBACKS}/", callbacks.register_callback),
    ("GET", f"{CALLBACKS}/", callbacks.get_callbacks),
    ("GET", f"{CALLBACKS}/{{callback_id}}", callbacks.get_callback),
    ("PUT", f"{CALLBACKS}/{{callback_id}}", callbacks.update_callback),
    ("DELETE", f"{CALLBACKS}/{{callback_id}}", callbacks.cancel_callback),
    ("POST", "/companies/{company_key}/config/callback_events/test", callbacks.send_test_event),
)


@dataclass(frozen=True)
class Match:
    """The endpoint for a request, and what its path names."""

    endpoint: Endpoint
    params: Mapping[str, str] = field(repr=False)


def find_route(method: str, segments: Sequence[str]) -> Match:
    """Find the endpoint. Raises a 404 for an unknown path and a 405 for the wrong method."""
    allowed: list[str] = []
    for route_method, template, endpoint in TABLE:
        params = _match(template, segments)
        if params is None:
            continue
        if route_method == method:
            return Match(endpoint, params)
        allowed.append(route_method)
    if allowed:
        raise Refusal(405, headers=(("Allow", ", ".join(allowed)),))
    raise Refusal(404)


def _match(template: str, segments: Sequence[str]) -> dict[str, str] | None:
    """Compare a path with a template, segment by segment; a name in braces takes one that is not empty."""
    expected = template.split("/")[1:]
    if expected[-1] == "" and segments[-1] != "":
        expected.pop()
    if len(expected) != len(segments):
        return None
    params: dict[str, str] = {}
    for pattern, segment in zip(expected, segments, strict=True):
        if pattern.startswith("{") and segment:
            params[pattern[1:-1]] = segment
        elif pattern != segment:
            return None
    return params
