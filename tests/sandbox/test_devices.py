"""Which devices there are, who holds them, and how they read."""

from typing import Any

import pytest

from vibes_desktop.sandbox.devices import Device, Devices, DeviceShape, OsKey, show_device, show_devices
from vibes_desktop.sandbox.persons import PersonRecord

ANA = PersonRecord("key-ana", "id-ana")
TWIN = PersonRecord("key-ana", "id-ana")  # equal, and yet somebody else


def device(number: int, app_id: str = "app", **more: Any) -> Device:
    """Make a device."""
    return Device(app_id, f"device-{number}", "iOS", "17.4", "Example", "Model", f"token-{number}", **more)


@pytest.mark.parametrize(
    ("app_id", "device_id", "found"),
    [("app", "device-1", True), ("other", "device-1", True), ("other", "device-2", False), ("", "", False)],
)
def test_a_device_is_found_within_its_app(app_id: str, device_id: str, found: bool) -> None:
    all_ = [device(1), device(2), device(1, "other")]
    devices = Devices(all_)
    match = devices.find(app_id, device_id)
    assert (match in all_) is found
    assert match is None or (match.app_id, match.device_id) == (app_id, device_id)


def test_the_apps_are_those_that_have_a_device() -> None:
    assert Devices([device(1), device(2), device(3, "other")]).app_ids == {"app", "other"}
    assert Devices([]).app_ids == set()


def test_devices_follow_their_holder() -> None:
    first, second = device(1, holder=ANA), device(2)
    devices = Devices([first, second])
    assert devices.of_person(ANA) == [first]
    second.holder = ANA
    assert devices.of_person(ANA) == [first, second]
    assert devices.of_person(TWIN) == []
    first.holder = None
    assert devices.of_person(ANA) == [second]


@pytest.mark.parametrize("os_key", list(OsKey))
def test_devices_are_bare_wrapped_or_a_list(os_key: OsKey) -> None:
    both = [device(1), device(2)]
    shown = [show_device(each, os_key) for each in both]
    assert show_devices(both, DeviceShape.BARE, os_key) == shown[0]
    assert show_devices(both, DeviceShape.WRAPPED, os_key) == {"device": shown[0]}
    assert show_devices(both, DeviceShape.LIST, os_key) == shown


@pytest.mark.parametrize(
    ("os_key", "there", "absent"), [(OsKey.LOWER, "os", "OS"), (OsKey.UPPER, "OS", "os")]
)
def test_the_key_of_the_system_is_spelt_either_way(os_key: OsKey, there: str, absent: str) -> None:
    shown = show_device(device(1), os_key)
    assert shown[there] == "iOS"
    assert absent not in shown


def test_what_a_device_does_not_tell_is_left_out() -> None:
    plain = show_device(device(1), OsKey.UPPER)
    full = show_device(device(1, advertising_id="ad-1", location=(0.0, -87.63)), OsKey.UPPER)
    assert full == plain | {"advertising_id": "ad-1", "location": {"latitude": 0.0, "longitude": -87.63}}
    assert (plain["vibes_device_id"], plain["push_token"]) == ("device-1", "token-1")
    assert plain["url"] == "/mobile_apps/app/devices/device-1"


def test_a_device_shows_neither_its_token_nor_who_and_where() -> None:
    shown = repr(device(1, holder=ANA, advertising_id="ad-1", location=(41.88, -87.63)))
    assert "device-1" in shown
    for secret in ("token-1", "ana", "ad-1", "41.88"):
        assert secret not in shown
