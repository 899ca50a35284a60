"""Push devices, over HTTP."""

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.sandbox.account import APP_ID
from vibes_desktop.sandbox.devices import DeviceShape, OsKey
from vibes_desktop.sandbox.people import DEMO_PERSON_KEY

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk

FIRST = f"/mobile_apps/{APP_ID}/devices/device-00000-0"


@pytest.mark.parametrize("person", ["external/EXT542342", DEMO_PERSON_KEY])
def test_a_device_is_read_by_person_and_by_itself(talk: "Talk", person: str) -> None:
    device = talk("GET", f"{talk.persons}/{person}/push_devices").json
    assert device == talk("GET", FIRST).json
    assert (device["vibes_device_id"], device["OS"], device["url"]) == ("device-00000-0", "iOS", FIRST)
    assert len(device["push_token"]) == 64


def test_devices_come_in_every_documented_shape(talk: "Talk") -> None:
    platform = talk.sandbox.platform
    target = f"{talk.steve}/push_devices"
    bare = talk("GET", target).json
    platform.device_shape = DeviceShape.WRAPPED
    assert talk("GET", target).json == {"device": bare}
    platform.device_shape = DeviceShape.LIST
    several = talk("GET", target).json
    assert several[0] == bare
    assert len(several) == 2
    assert several[1]["location"] == {"latitude": 41.88, "longitude": -87.63}
    platform.os_key = OsKey.LOWER
    assert [device["os"] for device in talk("GET", target).json] == ["iOS", "Android"]


def test_what_is_unknown_is_404(talk: "Talk") -> None:
    without = f"{talk.persons}/external/CRM-000001"
    for target in (f"{without}/push_devices", f"{talk.persons}/nobody/push_devices", FIRST[:-1] + "9"):
        assert talk("GET", target).status == 404
    assert talk("POST", FIRST[:-1] + "9/assign", {"person_key": DEMO_PERSON_KEY}).status == 404
    assert talk("POST", f"{FIRST}/assign", {"person_key": "nobody"}).status == 404


@pytest.mark.parametrize("body", [{}, [], {"external_person_id": ""}, {"external_person_id": "x" * 129}])
def test_assigning_to_nobody_is_refused(talk: "Talk", body: object) -> None:
    assert talk("POST", f"{FIRST}/assign", body).status == 422


def test_assigning_moves_a_device_and_the_key_wins(talk: "Talk") -> None:
    other = talk.read(f"{talk.persons}/external/CRM-000001")
    body = {"person_key": other["person_key"], "external_person_id": "EXT542342"}
    reply = talk("POST", f"{FIRST}/assign", body)
    assert (reply.status, reply.json) == (200, other)
    moved = talk("GET", f"{talk.persons}/external/CRM-000001/push_devices").json
    assert moved["vibes_device_id"] == "device-00000-0"
    back = talk("POST", f"{FIRST}/assign", {"external_person_id": "EXT542342"})
    assert back.json["person_key"] == DEMO_PERSON_KEY


def test_an_unknown_external_id_is_written_onto_the_holder(talk: "Talk") -> None:
    before = talk.read()
    reply = talk("POST", f"{FIRST}/assign", {"external_person_id": "brand-new"})
    assert (reply.status, reply.json["person_key"]) == (200, DEMO_PERSON_KEY)
    assert talk("GET", talk.steve).status == 404
    after = talk.read(f"{talk.persons}/external/brand-new")
    assert after["updated_at"] > before["updated_at"]
