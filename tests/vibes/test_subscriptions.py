"""Tests of vibes_desktop.vibes.subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import NotFound
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.sandbox.account import ORDER_UPDATES, SPRING_SALE, WEEKLY_DEALS
from vibes_desktop.sandbox.people import DEMO_EXTERNAL_ID, DEMO_MDN, DEMO_PERSON_ID, DEMO_PERSON_KEY
from vibes_desktop.sandbox.platform import SubscriptionShape

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab

KEY = Identifier(IdentifierKind.PERSON_KEY, DEMO_PERSON_KEY)
EXTERNAL = Identifier(IdentifierKind.EXTERNAL_ID, DEMO_EXTERNAL_ID)
NOBODY = Identifier(IdentifierKind.EXTERNAL_ID, "nobody")


@pytest.mark.parametrize("person", [KEY, EXTERNAL])
async def test_reads_active_subscriptions_and_on_request_ended_ones(lab: Lab, person: Identifier) -> None:
    async with lab.platform() as (_, client):
        active = await client.subscriptions(person)
        everything = await client.subscriptions(person, active_only=False)
    assert {each.list_id for each in active} == {WEEKLY_DEALS, ORDER_UPDATES}
    assert all(each.is_active for each in active)
    ended = [each for each in everything if not each.is_active]
    assert [(each.list_id, each.opt_out_reason) for each in ended] == [(SPRING_SALE, "user_opt_out")]
    assert ended[0].opt_out_date == "2017-02-18T15:34:52+0000"


async def test_nobody_has_no_subscriptions(lab: Lab) -> None:
    async with lab.platform() as (_, client):
        assert await client.subscriptions(NOBODY) == ()
        assert await client.memberships.on_list(KEY, "no-list") == ()


@pytest.mark.parametrize("shape", list(SubscriptionShape))
@pytest.mark.parametrize("person", [KEY, EXTERNAL])
async def test_reads_one_list_in_both_shapes(lab: Lab, shape: SubscriptionShape, person: Identifier) -> None:
    async with lab.platform() as (sandbox, client):
        sandbox.platform.subscription_shape = shape
        found = await client.memberships.on_list(person, WEEKLY_DEALS)
    assert [each.list_id for each in found] == [WEEKLY_DEALS]


@pytest.mark.parametrize("status", [200, 204])
@pytest.mark.parametrize("person", [KEY, EXTERNAL])
async def test_unsubscribes_once(lab: Lab, status: int, person: Identifier) -> None:
    async with lab.platform() as (sandbox, client):
        sandbox.platform.unsubscribe_status = status
        request = client.memberships.unsubscribe_request(person, WEEKLY_DEALS)
        assert request.method == "DELETE"
        assert (await client.write(request)).status == status
        assert {each.list_id for each in await client.subscriptions(KEY)} == {ORDER_UPDATES}
        with pytest.raises(NotFound) as caught:
            await client.write(request)
    assert caught.value.title == "Not subscribed"


async def test_reads_lists_and_one_list(lab: Lab) -> None:
    async with lab.platform() as (_, client):
        lists = await client.subscription_lists()
        assert [each.name for each in lists] == ["Weekly deals", "Order updates", "Spring sale"]
        assert (await client.lists.one(SPRING_SALE)).name == "Spring sale"
        with pytest.raises(NotFound) as caught:
            await client.lists.one("no-list")
    assert caught.value.title == "No such subscription list"


@pytest.mark.parametrize("version", list(ApiVersion))
@pytest.mark.parametrize(
    "person",
    [
        KEY,
        EXTERNAL,
        Identifier(IdentifierKind.MDN, DEMO_MDN),
        Identifier(IdentifierKind.PERSON_ID, DEMO_PERSON_ID),
    ],
)
async def test_tells_whether_somebody_is_on_a_list(lab: Lab, version: ApiVersion, person: Identifier) -> None:
    async with lab.platform(version) as (_, client):
        found = await client.lists.subscriber(WEEKLY_DEALS, person)
        assert found is not None
        assert found.person_key == DEMO_PERSON_KEY
        assert await client.lists.subscriber(SPRING_SALE, person) is None


async def test_reads_the_campaigns_of_a_list(lab: Lab) -> None:
    async with lab.platform() as (_, client):
        campaigns = await client.lists.campaigns(WEEKLY_DEALS)
        assert [each.description for each in campaigns] == ["Weekly deals: welcome"]
        with pytest.raises(NotFound):
            await client.lists.campaigns("no-list")
