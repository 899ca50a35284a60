"""Tests of vibes_desktop.vibes.registrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import NotFound, OutcomeUnknown, Unprocessable
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.sandbox.account import WEEKLY_DEALS
from vibes_desktop.sandbox.registrations import RegistrationStyle

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab

URL = "https://hooks.example.com/vibes"
BODY = obj(
    callback_type="subscription_added",
    subscription_added=obj(list_id=WEEKLY_DEALS),
    destination=obj(url=URL, method="PUT"),
)


@pytest.mark.parametrize("style", list(RegistrationStyle))
async def test_registers_reads_changes_and_cancels_in_every_style(lab: Lab, style: RegistrationStyle) -> None:
    async with lab.platform() as (sandbox, client):
        sandbox.platform.registration_style = style
        callbacks = client.callbacks
        made = await callbacks.send(callbacks.register_request(BODY))
        assert made is not None
        assert made.id is not None
        assert (made.callback_type, made.destination_url) == ("subscription_added", URL)
        assert (made.destination_method, made.content_type) == ("PUT", "application/json")
        assert made.created_at is not None
        assert made.updated_at is not None
        assert await callbacks.all() == (made,)
        assert await callbacks.one(made.id) == made
        moved = await callbacks.send(
            callbacks.update_request(made.id, obj(destination=obj(url="https://new.example.com/")))
        )
        assert moved is not None
        assert moved.destination_url == "https://new.example.com/"
        ended = await callbacks.send(callbacks.cancel_request(made.id))
        assert ended is not None
        assert ended.end_date is not None
        assert await callbacks.all() == ()


async def test_queues_a_test_event(lab: Lab) -> None:
    event = obj(callback_type="person_updated", person=obj())
    async with lab.platform() as (_, client):
        callbacks = client.callbacks
        with pytest.raises(NotFound) as caught:
            await callbacks.send_test(callbacks.test_request(event))
        assert caught.value.title == "No such callback registration"
        await callbacks.send(
            callbacks.register_request(obj(callback_type="person_updated", destination=obj(url=URL)))
        )
        queued = await callbacks.send_test(callbacks.test_request(event))
        assert queued is not None
        assert queued.event_id
        assert "person_updated" in (queued.message or "")


async def test_a_refused_registration_says_why(lab: Lab) -> None:
    async with lab.platform() as (_, client):
        with pytest.raises(Unprocessable) as caught:
            await client.callbacks.send(client.callbacks.register_request(obj(callback_type="no_such")))
    assert caught.value.complaints
    assert "The platform says" in caught.value.advice


@pytest.mark.parametrize("body", ["", "[]", "null"])
async def test_a_success_without_entity_is_a_success(lab: Lab, body: str) -> None:
    async with lab.server(lab.reply(201, body)) as server, lab.client(server.url) as client:
        assert await client.callbacks.send(client.callbacks.register_request(BODY)) is None
        assert await client.callbacks.send_test(client.callbacks.test_request(BODY)) is None


async def test_no_write_is_repeated_blindly(lab: Lab) -> None:
    async with lab.server(lab.reply(500)) as server, lab.client(server.url) as client:
        callbacks = client.callbacks
        for request in (
            callbacks.register_request(BODY),
            callbacks.update_request("1", BODY),
            callbacks.cancel_request("1"),
            callbacks.test_request(BODY),
        ):
            with pytest.raises(OutcomeUnknown):
                await callbacks.send(request)
        assert [request.method for request in server.requests] == ["POST", "PUT", "DELETE", "POST"]
        assert all(request.headers["content-type"] == "application/json" for request in server.requests)
