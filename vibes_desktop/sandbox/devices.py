"""Push devices: phones with the customer's app, and the person who holds each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from vibes_desktop.sandbox.answers import Json, JsonObject
from vibes_desktop.sandbox.persons import PersonRecord


class DeviceShape(StrEnum):
    """How device answers are wrapped (C-13)."""

    BARE = "bare"
    WRAPPED = "wrapped"
    LIST = "list"


class OsKey(StrEnum):
    """How the operating system's key is spelled (C-13)."""

    LOWER = "os"
    UPPER = "OS"


@dataclass
class Device:
    """One installed app; the push token is as good as a password for messages to it."""

    app_id: str
    device_id: str
    os: str
    os_version: str
    hardware_make: str
    hardware_model: str
    push_token: str = field(repr=False)
    holder: PersonRecord | None = field(repr=False, default=None)
    advertising_id: str | None = field(repr=False, default=None)
    location: tuple[float, float] | None = field(repr=False, default=None)  # latitude, longitude


class Devices:
    """Every device of the account's apps."""

    def __init__(self, devices: Iterable[Device]) -> None:
        self._by_id = {(each.app_id, each.device_id): each for each in devices}

    @property
    def app_ids(self) -> set[str]:
        """Name the apps that have a device."""
        return {app_id for app_id, _ in self._by_id}

    def find(self, app_id: str, device_id: str) -> Device | None:
        """Find one device of an app."""
        return self._by_id.get((app_id, device_id))

    def of_person(self, person: PersonRecord) -> list[Device]:
        """Give the devices that somebody holds."""
        return [each for each in self._by_id.values() if each.holder is person]


def show_devices(found: list[Device], shape: DeviceShape, os_key: OsKey) -> Json:
    """Give devices as read; bare and wrapped hold one, the first."""
    shown: list[Json] = [show_device(each, os_key) for each in found]
    if shape == DeviceShape.LIST:
        return shown
    return {"device": shown[0]} if shape == DeviceShape.WRAPPED else shown[0]


def show_device(each: Device, os_key: OsKey) -> JsonObject:
    """Give one device as read."""
    shown: JsonObject = {
        "vibes_device_id": each.device_id,
        str(os_key): each.os,
        "os_version": each.os_version,
        "sdk_version": "4.2.1",
        "app_version": "7.0.3",
        "push_token": each.push_token,
        "hardware_make": each.hardware_make,
        "hardware_model": each.hardware_model,
        "locale": "en_US",
        "timezone": "America/Chicago",
        "url": f"/mobile_apps/{each.app_id}/devices/{each.device_id}",
    }
    if each.advertising_id is not None:
        shown["advertising_id"] = each.advertising_id
    if each.location is not None:
        shown["location"] = {"latitude": each.location[0], "longitude": each.location[1]}
    return shown
