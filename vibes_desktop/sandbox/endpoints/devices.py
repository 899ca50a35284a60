"""Push devices: who holds which, and handing one to a person."""

from vibes_desktop.sandbox.answers import Answer, answer_json, refuse
from vibes_desktop.sandbox.calls import Call
from vibes_desktop.sandbox.devices import Device, show_devices
from vibes_desktop.sandbox.endpoints.persons import find_person, show
from vibes_desktop.sandbox.persons import EXTERNAL_ID_LIMIT, PersonRecord
from vibes_desktop.sandbox.platform import Platform


def get_devices_of_person(platform: Platform, call: Call) -> Answer:
    """Read a person's devices."""
    found = platform.devices.of_person(find_person(platform, call))
    if not found:
        raise refuse(404, "The person has no device.")
    return _answer(platform, found)


def get_device(platform: Platform, call: Call) -> Answer:
    """Read one device of an app."""
    return _answer(platform, [_find_device(platform, call)])


def assign_device(platform: Platform, call: Call) -> Answer:
    """Hand a device to a person; an unknown external ID is written onto its present holder."""
    device = _find_device(platform, call)
    device.holder = _new_holder(platform, call, device)
    return answer_json(200, show(platform, call, device.holder))


def _answer(platform: Platform, found: list[Device]) -> Answer:
    return answer_json(200, show_devices(found, platform.device_shape, platform.os_key))


def _find_device(platform: Platform, call: Call) -> Device:
    found = platform.devices.find(call.params["app_id"], call.params["vibes_device_id"])
    if found is None:
        raise refuse(404, "The device cannot be found.")
    return found


def _new_holder(platform: Platform, call: Call, device: Device) -> PersonRecord:
    body = call.body if isinstance(call.body, dict) else {}
    key, external_id = body.get("person_key"), body.get("external_person_id")
    if isinstance(key, str) and key:
        person = platform.people.by_key(key)
        if person is None:
            raise refuse(404, "The person record cannot be found.")
        return person
    if not isinstance(external_id, str) or not 0 < len(external_id) <= EXTERNAL_ID_LIMIT:
        raise refuse(422, "One of person_key and external_person_id is required.")
    person = platform.people.by_external_id(external_id)
    if person is not None:
        return person
    if device.holder is None:
        raise refuse(422, "Nobody holds the device.")
    platform.people.set_external_id(device.holder, external_id)
    platform.people.touch(device.holder)
    return device.holder
