"""Tests of vibes_desktop.vibes.devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import BadAnswer, InvalidInput, NotFound
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.sandbox.account import APP_ID
from vibes_desktop.sandbox.devices import DeviceShape, OsKey
from vibes_desktop.sandbox.people import DEMO_EXTERNAL_ID, DEMO_PERSON_KEY

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab

KEY = Identifier(IdentifierKind.PERSON_KEY, DEMO_PERSON_KEY)
EXTERNAL = Identifier(IdentifierKind.EXTERNAL_ID, DEMO_EXTERNAL_ID)
DEVICE = "device-00000-0"


@pytest.mark.parametrize("shape", list(DeviceShape))
@pytest.mark.parametrize("os_key", list(OsKey))
@pytest.mark.parametrize("person", [KEY, EXTERNAL])
async def test_reads_every_shape(lab: Lab, shape: DeviceShape, os_key: OsKey, person: Identifier) -> None:
    async with lab.platform() as (sandbox, client):
        sandbox.platform.device_shape, sandbox.platform.os_key = shape, os_key
        devices = await client.devices.of(person)
        one = await client.devices.one(APP_ID, DEVICE)
    assert len(devices) == (2 if shape is DeviceShape.LIST else 1)
    assert devices[0] == one
    assert (one.id, one.operating_system) == (DEVICE, "iOS")
    assert one.hardware == "Example Model 0"
    assert one.push_token is not None
    assert one.push_token not in repr(one)


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("[]", 0),
        ("{}", 0),
        ('{"device":[]}', 0),
        ('{"devices":[{"os":"a"},{"os":"b"}]}', 2),
        ('[{"device":{"os":"a"}},{"device":{"os":"b"}}]', 2),
        ('{"device":"not an object","os":"a"}', 1),
    ],
)
async def test_reads_mixed_wrappers(lab: Lab, body: str, count: int) -> None:
    async with lab.server(lab.reply(200, body)) as server, lab.client(server.url) as client:
        assert len(await client.devices.of(KEY)) == count


async def test_nobody_has_no_device_and_an_unknown_device_is_not_found(lab: Lab) -> None:
    async with lab.platform() as (_, client):
        assert await client.devices.of(Identifier(IdentifierKind.EXTERNAL_ID, "nobody")) == ()
        with pytest.raises(NotFound) as caught:
            await client.devices.one(APP_ID, "none")
        assert caught.value.title == "No such device"
    async with lab.server(lab.reply(200, "[]")) as server, lab.client(server.url) as other:
        with pytest.raises(BadAnswer):
            await other.devices.one("a", "d")


async def test_attaches_a_device(lab: Lab) -> None:
    async with lab.platform() as (sandbox, client):
        someone = sandbox.platform.people.by_external_id("two words")
        assert someone is not None
        target = Identifier(IdentifierKind.PERSON_KEY, someone.person_key)
        answer = await client.write(client.devices.assign_request(APP_ID, DEVICE, target))
        assert answer.person == await client.person(target)
        request = client.devices.assign_request(APP_ID, DEVICE, EXTERNAL)
        assert request.body == f'{{"external_person_id":"{DEMO_EXTERNAL_ID}"}}'
        for kind in (IdentifierKind.MDN, IdentifierKind.PERSON_ID):
            with pytest.raises(InvalidInput):
                client.devices.assign_request(APP_ID, DEVICE, Identifier(kind, "1"))
