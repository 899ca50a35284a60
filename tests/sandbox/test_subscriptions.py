"""Stays on lists: how they begin, end, and begin again."""

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.sandbox.account import LISTS, ORDER_UPDATES, WEEKLY_DEALS
from vibes_desktop.sandbox.persons import PersonRecord
from vibes_desktop.sandbox.subscriptions import Subscription, Subscriptions, show_list, show_subscription

if TYPE_CHECKING:
    from tests.sandbox.conftest import SetClock

ANA = PersonRecord("key-ana", "id-ana")
BEA = PersonRecord("key-bea", "id-bea")


@pytest.fixture
def subscriptions(clock: "SetClock") -> Subscriptions:
    return Subscriptions(LISTS, clock)


def test_a_stay_begins_now_to_the_second(subscriptions: Subscriptions) -> None:
    subscriptions.subscribe(ANA, WEEKLY_DEALS)
    [stay] = subscriptions.of_person(ANA, active_only=True)
    assert stay == Subscription(ANA, WEEKLY_DEALS, "2026-03-01T12:00:30Z")
    assert stay.active
    assert subscriptions.of_person(BEA, active_only=False) == []


def test_a_stay_ends_now_to_the_millisecond(subscriptions: Subscriptions, clock: "SetClock") -> None:
    for list_id in (WEEKLY_DEALS, ORDER_UPDATES):
        subscriptions.subscribe(ANA, list_id)
    subscriptions.subscribe(BEA, WEEKLY_DEALS)
    clock.forward(hours=1)
    assert subscriptions.unsubscribe(ANA, WEEKLY_DEALS)
    [stay] = subscriptions.on_list(ANA, WEEKLY_DEALS, active_only=False)
    assert (stay.opt_out_date, stay.opt_out_reason) == ("2026-03-01T13:00:30.250Z", "api_opt_out")
    assert [each.list_id for each in subscriptions.of_person(ANA, active_only=True)] == [ORDER_UPDATES]
    assert subscriptions.on_list(BEA, WEEKLY_DEALS)


def test_leaving_twice_does_not_move_the_end(subscriptions: Subscriptions, clock: "SetClock") -> None:
    subscriptions.subscribe(ANA, WEEKLY_DEALS)
    subscriptions.unsubscribe(ANA, WEEKLY_DEALS)
    clock.forward(days=1)
    assert not subscriptions.unsubscribe(ANA, WEEKLY_DEALS)
    assert not subscriptions.unsubscribe(BEA, WEEKLY_DEALS)
    [stay] = subscriptions.of_person(ANA, active_only=False)
    assert stay.opt_out_date == "2026-03-01T12:00:30.250Z"


def test_who_comes_back_has_two_stays_in_order(subscriptions: Subscriptions, clock: "SetClock") -> None:
    subscriptions.subscribe(ANA, WEEKLY_DEALS)
    subscriptions.unsubscribe(ANA, WEEKLY_DEALS)
    clock.forward(days=1)
    subscriptions.subscribe(ANA, WEEKLY_DEALS)
    stays = subscriptions.on_list(ANA, WEEKLY_DEALS, active_only=False)
    assert [each.active for each in stays] == [False, True]
    assert subscriptions.on_list(ANA, WEEKLY_DEALS) == stays[1:]


def test_a_stored_end_is_kept_as_it_is_spelt(subscriptions: Subscriptions) -> None:
    ended = Subscription(
        ANA, WEEKLY_DEALS, "2017-01-15T15:34:52Z", "2017-02-18T15:34:52+0000", "BULK_OPT_OUT"
    )
    subscriptions.add(ended)
    assert subscriptions.of_person(ANA, active_only=True) == []
    shown = show_subscription(ended, "acme")
    assert (shown["opt_out_date"], shown["opt_out_reason"]) == ("2017-02-18T15:34:52+0000", "BULK_OPT_OUT")


def test_a_stay_that_lasts_names_no_end() -> None:
    assert show_subscription(Subscription(ANA, "SL1", "2026-03-01T12:00:30Z"), "acme") == {
        "person": {"id": "id-ana", "url": "/companies/acme/mobiledb/persons/key-ana"},
        "subscription_list": {"id": "SL1", "url": "/companies/acme/mobiledb/subscription_lists/SL1"},
        "opt_in_date": "2026-03-01T12:00:30Z",
        "url": "/companies/acme/mobiledb/persons/key-ana/subscriptions/SL1",
    }


def test_a_list_names_its_addresses() -> None:
    url = f"/companies/acme/mobiledb/subscription_lists/{WEEKLY_DEALS}"
    assert show_list(LISTS[0], "acme") == {
        "id": WEEKLY_DEALS,
        "name": "Weekly deals",
        "url": url,
        "subscribers_url": f"{url}/subscribers",
        "acquisition_campaigns_url": f"{url}/acquisition_campaigns",
    }


def test_a_stay_does_not_show_whose_it_is() -> None:
    assert "ana" not in repr(Subscription(ANA, WEEKLY_DEALS, "2026-03-01T12:00:30Z"))
