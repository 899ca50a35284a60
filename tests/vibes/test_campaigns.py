"""Tests of vibes_desktop.vibes.campaigns: everything an opt-in may be answered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import (
    BadRequest,
    InvalidInput,
    NotFound,
    OutcomeUnknown,
    PlatformComplaint,
    Unprocessable,
)
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonObject, obj
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.model.subscription import OptIn, OptInRefusal
from vibes_desktop.sandbox.account import ORDERS_CAMPAIGN, SPRING_CAMPAIGN, WELCOME_CAMPAIGN
from vibes_desktop.sandbox.people import DEMO_PERSON_KEY
from vibes_desktop.sandbox.platform import LANDLINE
from vibes_desktop.vibes.campaigns import opt_in_refusal

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab

NEW_NUMBER = "+13125550143"
NEWCOMER = obj(external_person_id="CRM-77", mobile_phone=obj(mdn=NEW_NUMBER))


async def test_reads_campaigns(lab: Lab) -> None:
    async with lab.platform() as (sandbox, client):
        campaigns = await client.campaigns.all()
        assert [(each.id, each.is_active) for each in campaigns] == [
            (WELCOME_CAMPAIGN, True),
            (ORDERS_CAMPAIGN, True),
            (SPRING_CAMPAIGN, False),
        ]
        assert (await client.campaigns.one(WELCOME_CAMPAIGN)).keywords == ("DEALS", "WEEKLY")
        with pytest.raises(NotFound) as caught:
            await client.campaigns.one("none")
        assert caught.value.title == "No such campaign"
        sandbox.platform.campaigns.campaigns.clear()
        assert await client.campaigns.all() == ()


@pytest.mark.parametrize("version", list(ApiVersion))
async def test_opts_in_and_sees_it_pending(lab: Lab, version: ApiVersion) -> None:
    async with lab.platform(version) as (_, client):
        request = client.campaigns.opt_in_request(WELCOME_CAMPAIGN, NEWCOMER)
        first = await client.campaigns.opt_in(request)
        assert first.result is OptIn.PENDING
        assert first.participant is not None
        assert first.participant.person is not None
        assert (await client.campaigns.opt_in(request)).result is OptIn.ALREADY_PENDING
        for person in (
            Identifier(IdentifierKind.MDN, NEW_NUMBER),
            Identifier(IdentifierKind.EXTERNAL_ID, "CRM-77"),
        ):
            pending = await client.campaigns.pending(WELCOME_CAMPAIGN, person)
            assert [each.status for each in pending] == ["PENDING"]
        assert await client.campaigns.pending(ORDERS_CAMPAIGN, person) == ()


async def test_pending_takes_no_person_key(lab: Lab) -> None:
    key = Identifier(IdentifierKind.PERSON_KEY, DEMO_PERSON_KEY)
    async with lab.platform() as (_, client):
        with pytest.raises(InvalidInput):
            await client.campaigns.pending(WELCOME_CAMPAIGN, key)
        with pytest.raises(BadRequest):
            await client.campaigns.pending(WELCOME_CAMPAIGN, Identifier(IdentifierKind.MDN, "nonsense"))


async def test_subscribes_at_once_and_says_so_the_second_time(lab: Lab) -> None:
    async with lab.platform() as (_, client):
        request = client.campaigns.opt_in_request(ORDERS_CAMPAIGN, NEWCOMER)
        assert (await client.campaigns.opt_in(request)).result is OptIn.SUBSCRIBED
        assert (await client.campaigns.opt_in(request)).result is OptIn.ALREADY_SUBSCRIBED


@pytest.mark.parametrize("body", ["", "{}", '{"status":"NEW_WORD"}', "[]"])
async def test_a_success_without_words_is_accepted(lab: Lab, body: str) -> None:
    async with lab.server(lab.reply(201, body)) as server, lab.client(server.url) as client:
        answer = await client.campaigns.opt_in(client.campaigns.opt_in_request("c", NEWCOMER))
    assert answer.result is OptIn.ACCEPTED


async def test_an_opt_in_that_may_have_been_processed_is_not_repeated(lab: Lab) -> None:
    async with lab.server(lab.reply(502)) as server, lab.client(server.url) as client:
        with pytest.raises(OutcomeUnknown):
            await client.campaigns.opt_in(client.campaigns.opt_in_request("c", NEWCOMER))
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("campaign", "body", "reason"),
    [
        (WELCOME_CAMPAIGN, obj(mobile_phone=obj(mdn=LANDLINE)), OptInRefusal.NO_MOBILE_CARRIER),
        (SPRING_CAMPAIGN, NEWCOMER, OptInRefusal.OTHER),
        (
            WELCOME_CAMPAIGN,
            obj(person_key=DEMO_PERSON_KEY, mobile_phone=obj(mdn=NEW_NUMBER)),
            OptInRefusal.ID_MISMATCH,
        ),
    ],
)
async def test_tells_why_the_sandbox_refused(
    lab: Lab, campaign: str, body: JsonObject, reason: OptInRefusal
) -> None:
    async with lab.platform() as (_, client):
        with pytest.raises(Unprocessable) as caught:
            await client.campaigns.opt_in(client.campaigns.opt_in_request(campaign, body))
    assert opt_in_refusal(caught.value) is reason


async def test_tells_a_confirmation_block(lab: Lab) -> None:
    async with lab.platform() as (sandbox, client):
        sandbox.platform.campaigns.block(WELCOME_CAMPAIGN, NEW_NUMBER)
        with pytest.raises(Unprocessable) as caught:
            await client.campaigns.opt_in(client.campaigns.opt_in_request(WELCOME_CAMPAIGN, NEWCOMER))
    assert opt_in_refusal(caught.value) is OptInRefusal.CONFIRMATION_BLOCK
    assert "texting the campaign's keyword" in caught.value.advice


@pytest.mark.parametrize(
    ("complaints", "body_text", "reason"),
    [
        ([PlatformComplaint("x", "mdnhasconfirmationblock")], "", OptInRefusal.CONFIRMATION_BLOCK),
        ([PlatformComplaint("EXTERNALPERSONIDMISMATCH: no")], "", OptInRefusal.ID_MISMATCH),
        ([PlatformComplaint("No provisioned carrier")], "", OptInRefusal.NO_MOBILE_CARRIER),
        ([PlatformComplaint("Unknown custom fields: a, b")], "", OptInRefusal.UNKNOWN_FIELDS),
        ([], "MDNHASCONFIRMATIONBLOCK", OptInRefusal.CONFIRMATION_BLOCK),
        ([], "", OptInRefusal.OTHER),
    ],
)
def test_tells_the_reason_from_any_spelling(
    complaints: list[PlatformComplaint], body_text: str, reason: OptInRefusal
) -> None:
    error = Unprocessable("t", "d", "a", status=422, complaints=complaints, body_text=body_text)
    assert opt_in_refusal(error) is reason
