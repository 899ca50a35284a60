"""Opting in: who may, what waits for an answer, and what the answer does."""

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.sandbox.account import (
    CAMPAIGNS,
    LISTS,
    ORDER_UPDATES,
    ORDERS_CAMPAIGN,
    SPRING_CAMPAIGN,
    SPRING_SALE,
    WEEKLY_DEALS,
    WELCOME_CAMPAIGN,
)
from vibes_desktop.sandbox.answers import Refusal
from vibes_desktop.sandbox.campaigns import (
    CONFIRMATION_BLOCK,
    UNPROCESSABLE,
    Campaigns,
    ParticipationStatus,
    show_campaign,
    show_participation,
)
from vibes_desktop.sandbox.persons import PersonRecord
from vibes_desktop.sandbox.subscriptions import Subscriptions

if TYPE_CHECKING:
    from tests.sandbox.conftest import SetClock

MDN = "+12065550143"
ANA = PersonRecord("key-ana", "id-ana", mdn=MDN, carrier_code="104")
BEA = PersonRecord("key-bea", "id-bea", mdn="+12065550144", carrier_code="104")


@pytest.fixture
def subscriptions(clock: "SetClock") -> Subscriptions:
    return Subscriptions(LISTS, clock)


@pytest.fixture
def campaigns(subscriptions: Subscriptions, clock: "SetClock") -> Campaigns:
    return Campaigns(CAMPAIGNS, subscriptions, clock)


def refusal(
    campaigns: Campaigns, campaign_id: str, mdn: str, person: PersonRecord | None
) -> tuple[int, object]:
    """Give status and code of the refusal of an opt-in."""
    with pytest.raises(Refusal) as caught:
        campaigns.check(campaigns.campaigns[campaign_id], mdn, person)
    [problem] = caught.value.problems
    return caught.value.status, problem.code


def test_an_opt_in_waits_for_the_answer_for_30_days(
    campaigns: Campaigns, subscriptions: Subscriptions
) -> None:
    joined = campaigns.join(campaigns.campaigns[WELCOME_CAMPAIGN], ANA)
    assert joined.status is ParticipationStatus.PENDING
    assert (joined.participation_date, joined.expire_date) == ("2026-03-01T12:00Z", "2026-03-31T12:00Z")
    assert campaigns.pending(ANA, WELCOME_CAMPAIGN) is joined
    assert subscriptions.of_person(ANA, active_only=False) == []


def test_what_waits_is_of_one_person_and_one_campaign(campaigns: Campaigns) -> None:
    campaigns.join(campaigns.campaigns[WELCOME_CAMPAIGN], ANA)
    assert campaigns.pending(BEA, WELCOME_CAMPAIGN) is None
    assert campaigns.pending(ANA, SPRING_CAMPAIGN) is None


def test_a_campaign_that_asks_nothing_leaves_nothing_waiting(
    campaigns: Campaigns, subscriptions: Subscriptions
) -> None:
    joined = campaigns.join(campaigns.campaigns[ORDERS_CAMPAIGN], ANA)
    assert joined.status is ParticipationStatus.SUBSCRIBED
    assert campaigns.pending(ANA, ORDERS_CAMPAIGN) is None
    [stay] = subscriptions.of_person(ANA, active_only=True)
    assert (stay.list_id, stay.opt_in_date) == (ORDER_UPDATES, "2026-03-01T12:00:30Z")


def test_yes_subscribes_at_the_moment_of_the_answer(
    campaigns: Campaigns, subscriptions: Subscriptions, clock: "SetClock"
) -> None:
    campaigns.join(campaigns.campaigns[WELCOME_CAMPAIGN], ANA)
    clock.forward(days=2)
    campaigns.reply(ANA, WELCOME_CAMPAIGN, yes=True)
    [stay] = subscriptions.on_list(ANA, WEEKLY_DEALS)
    assert stay.opt_in_date == "2026-03-03T12:00:30Z"
    assert campaigns.pending(ANA, WELCOME_CAMPAIGN) is None
    assert refusal(campaigns, WELCOME_CAMPAIGN, MDN, ANA) == (409, None)


def test_no_blocks_the_number_for_that_campaign_alone(
    campaigns: Campaigns, subscriptions: Subscriptions
) -> None:
    campaigns.join(campaigns.campaigns[WELCOME_CAMPAIGN], ANA)
    campaigns.reply(ANA, WELCOME_CAMPAIGN, yes=False)
    assert subscriptions.of_person(ANA, active_only=False) == []
    assert refusal(campaigns, WELCOME_CAMPAIGN, MDN, ANA) == (422, CONFIRMATION_BLOCK)
    assert refusal(campaigns, WELCOME_CAMPAIGN, MDN, None) == (422, CONFIRMATION_BLOCK)
    campaigns.check(campaigns.campaigns[ORDERS_CAMPAIGN], MDN, ANA)
    campaigns.check(campaigns.campaigns[WELCOME_CAMPAIGN], BEA.mdn or "", BEA)


def test_an_answer_needs_a_question(campaigns: Campaigns) -> None:
    with pytest.raises(KeyError):
        campaigns.reply(ANA, WELCOME_CAMPAIGN, yes=True)


@pytest.mark.parametrize("campaign_id", [WELCOME_CAMPAIGN, ORDERS_CAMPAIGN])
def test_a_landline_gets_no_text_message(campaigns: Campaigns, campaign_id: str) -> None:
    campaigns.check(campaigns.campaigns[campaign_id], MDN, None)
    campaigns.landlines.add(MDN)
    assert refusal(campaigns, campaign_id, MDN, None) == (422, UNPROCESSABLE)


def test_a_carrier_is_needed_for_the_number_a_person_has_only(campaigns: Campaigns) -> None:
    welcome = campaigns.campaigns[WELCOME_CAMPAIGN]
    without_carrier = PersonRecord("key-1", "id-1", mdn=MDN)
    assert refusal(campaigns, WELCOME_CAMPAIGN, MDN, without_carrier) == (422, UNPROCESSABLE)
    campaigns.check(welcome, MDN, PersonRecord("key-2", "id-2"))


def test_a_campaign_that_is_over_takes_nobody(campaigns: Campaigns) -> None:
    assert refusal(campaigns, SPRING_CAMPAIGN, MDN, ANA) == (422, UNPROCESSABLE)
    assert campaigns.active_of_list(SPRING_SALE) == []
    assert [each.campaign_id for each in campaigns.active_of_list(WEEKLY_DEALS)] == [WELCOME_CAMPAIGN]


def test_entities_point_at_their_own_addresses(campaigns: Campaigns) -> None:
    spring = campaigns.campaigns[SPRING_CAMPAIGN]
    shown = show_campaign(spring, "acme")
    assert shown["url"] == f"/companies/acme/campaigns/acquisition/{SPRING_CAMPAIGN}"
    assert (shown["status"], shown["end_date"]) == ("past", "2017-05-31T23:59Z")
    participation = show_participation(campaigns.join(spring, ANA), "acme")
    assert participation["status"] == "PENDING"
    assert participation["person"] == {
        "person_id": "id-ana",
        "person_key": "key-ana",
        "url": "/companies/acme/mobiledb/persons/key-ana",
    }


def test_an_opt_in_does_not_show_who_it_is_of(campaigns: Campaigns) -> None:
    assert "ana" not in repr(campaigns.join(campaigns.campaigns[WELCOME_CAMPAIGN], ANA))
