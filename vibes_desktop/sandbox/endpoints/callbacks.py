"""Callback registrations and test events."""

from vibes_desktop.sandbox.answers import Answer, JsonObject, answer_json, refuse
from vibes_desktop.sandbox.calls import Call
from vibes_desktop.sandbox.happenings import happened
from vibes_desktop.sandbox.platform import Platform
from vibes_desktop.sandbox.registrations import REQUIRED_KEY, Registration, show_registration

# Where a test event of a family names the campaign or list it is about.
REQUIRED_PATH = {
    "ack_participant": ("participant", "acquisition_campaign", "api_key"),
    "subscription_added": ("subscription", "subscription_list", "id"),
    "subscription_removed": ("subscription", "subscription_list", "id"),
}
APP_PATH = ("push_device", "app_id")


def get_callbacks(platform: Platform, _call: Call) -> Answer:
    """Read the active and future registrations."""
    shown = [_show(platform, each) for each in platform.callbacks.current()]
    return answer_json(200, [*shown])


def get_callback(platform: Platform, call: Call) -> Answer:
    """Read one registration."""
    return answer_json(200, _show(platform, _find(platform, call)))


def register_callback(platform: Platform, call: Call) -> Answer:
    """Store a new registration."""
    new = platform.callbacks.register(_object(call), call.version)
    return answer_json(201, _show(platform, new))


def update_callback(platform: Platform, call: Call) -> Answer:
    """Change a registration."""
    changed = platform.callbacks.update(_find(platform, call), _object(call), call.version)
    return answer_json(platform.update_status, _show(platform, changed))


def cancel_callback(platform: Platform, call: Call) -> Answer:
    """End a registration."""
    found = _find(platform, call)
    platform.callbacks.cancel(found)
    return answer_json(200, _show(platform, found))


def send_test_event(platform: Platform, call: Call) -> Answer:
    """Queue a test event, of what was sent, for every active registration it fits."""
    body = _object(call)
    callback_type = body.get("callback_type", body.get("event_type"))
    if not isinstance(callback_type, str) or callback_type not in REQUIRED_KEY:
        raise refuse(422, "callback_type must be one of the registrable types.")
    about = _subject(callback_type, body)
    event_id = happened(platform, callback_type, about, lambda _version: body)
    if event_id is None:
        raise refuse(404, "An active callback does not exist.")
    message = f"A test callback of type {callback_type} was queued."
    return answer_json(201, {"message": message, "event_id": event_id})


def _find(platform: Platform, call: Call) -> Registration:
    found = platform.callbacks.find(call.params["callback_id"])
    if found is None:
        raise refuse(404, "The callback cannot be found.")
    return found


def _show(platform: Platform, each: Registration) -> JsonObject:
    return show_registration(each, platform.company_key, platform.registration_style)


def _object(call: Call) -> JsonObject:
    if not isinstance(call.body, dict):
        raise refuse(422, "The body must be an object.")
    return call.body


def _subject(callback_type: str, body: JsonObject) -> str | None:
    """Read the campaign, list or app that an event is about; None where the type has none. Raises a 422."""
    if callback_type.startswith("device_"):
        if not isinstance(body.get("person"), dict) or not isinstance(body.get("push_device"), dict):
            raise refuse(422, "person and push_device are required.")
        return _text_at(body, APP_PATH)
    family = "ack_participant" if callback_type.startswith("ack_participant") else callback_type
    path = REQUIRED_PATH.get(family)
    if path is None:
        return None
    subject = _text_at(body, path)
    if subject is None:
        raise refuse(422, f"{'.'.join(path)} is required.")
    return subject


def _text_at(body: JsonObject, path: tuple[str, ...]) -> str | None:
    value: object = body
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) and value else None
