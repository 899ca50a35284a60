"""Subscriptions, unsubscribing and lists, over HTTP."""

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from vibes_desktop.sandbox.people import DEMO_MDN, DEMO_PERSON_ID, DEMO_PERSON_KEY
from vibes_desktop.sandbox.platform import SubscriptionShape

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk

WEEKLY, ORDERS, SPRING = "SL1001", "SL1002", "SL1003"


def lists_of(talk: "Talk", query: str = "", target: str = "") -> list[str]:
    """Read which lists a person is on, Steve by default."""
    reply = talk("GET", f"{target or talk.steve}/subscriptions{query}")
    assert reply.status == 200
    return [each["subscription_list"]["id"] for each in reply.json]


@pytest.mark.parametrize("last", [DEMO_PERSON_KEY, DEMO_PERSON_ID, "external/EXT542342"])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [WEEKLY, ORDERS]),
        ("?active_only=true", [WEEKLY, ORDERS]),
        ("?active_only=false", [WEEKLY, ORDERS, SPRING]),
    ],
)
def test_subscriptions_are_the_confirmed_ones_unless_asked_otherwise(
    talk: "Talk", last: str, query: str, expected: list[str]
) -> None:
    assert lists_of(talk, query, f"{talk.persons}/{last}") == expected


def test_a_subscription_reads_as_documented(talk: "Talk") -> None:
    url = f"{talk.persons}/{DEMO_PERSON_KEY}"
    weekly, _, spring = talk("GET", f"{talk.steve}/subscriptions?active_only=false").json
    assert weekly == {
        "person": {"id": DEMO_PERSON_ID, "url": url},
        "subscription_list": {"id": WEEKLY, "url": f"{talk.company}/mobiledb/subscription_lists/{WEEKLY}"},
        "opt_in_date": "2017-01-15T15:34:52Z",
        "url": f"{url}/subscriptions/{WEEKLY}",
    }
    assert (spring["opt_out_date"], spring["opt_out_reason"]) == ("2017-02-18T15:34:52+0000", "user_opt_out")


def test_a_bad_active_only_is_refused(talk: "Talk") -> None:
    assert talk("GET", f"{talk.steve}/subscriptions?active_only=maybe").status == 422


def test_an_unknown_person_has_no_subscriptions_resource(talk: "Talk") -> None:
    assert talk("GET", f"{talk.persons}/nobody/subscriptions").status == 404
    assert talk("GET", f"{talk.persons}/nobody/subscriptions/{WEEKLY}").status == 404
    assert talk("DELETE", f"{talk.persons}/nobody/subscriptions/{WEEKLY}").status == 404


def test_one_list_answers_an_array_or_an_object(talk: "Talk") -> None:
    target = f"{talk.steve}/subscriptions/{WEEKLY}"
    as_array = talk("GET", target).json
    talk.sandbox.platform.subscription_shape = SubscriptionShape.OBJECT
    assert as_array == [talk("GET", target).json]
    assert talk("GET", f"{talk.steve}/subscriptions/{SPRING}").status == 404


@pytest.mark.parametrize("person", ["external/EXT542342", DEMO_PERSON_KEY])
@pytest.mark.parametrize(("status", "content_type"), [(204, None), (200, "application/json")])
def test_unsubscribing(talk: "Talk", person: str, status: int, content_type: str | None) -> None:
    talk.sandbox.platform.unsubscribe_status = status
    target = f"{talk.persons}/{person}/subscriptions/{WEEKLY}"
    reply = talk("DELETE", target)
    assert (reply.status, reply.body, reply.headers.get("content-type")) == (status, b"", content_type)
    assert lists_of(talk) == [ORDERS]
    ended = talk("GET", f"{talk.steve}/subscriptions?active_only=false").json[0]
    assert ended["opt_out_reason"] == "api_opt_out"
    assert ended["opt_out_date"].endswith("Z")
    assert talk("DELETE", target).status == 404


def test_who_rejoins_has_two_subscriptions(talk: "Talk") -> None:
    talk("DELETE", f"{talk.steve}/subscriptions/{ORDERS}")
    joined = talk(
        "POST",
        f"{talk.company}/campaigns/acquisition/ACQ1002/participants",
        {"external_person_id": "EXT542342"},
    )
    assert joined.status == 201
    assert lists_of(talk) == [WEEKLY, ORDERS]
    assert lists_of(talk, "?active_only=false") == [WEEKLY, ORDERS, SPRING, ORDERS]


@pytest.mark.parametrize("slash", ["", "/"])
def test_lists_read_as_documented(talk: "Talk", slash: str) -> None:
    lists = talk("GET", f"{talk.company}/mobiledb/subscription_lists{slash}").json
    assert [each["name"] for each in lists] == ["Weekly deals", "Order updates", "Spring sale"]
    url = f"{talk.company}/mobiledb/subscription_lists/{WEEKLY}"
    assert (
        talk("GET", url).json
        == lists[0]
        == {
            "id": WEEKLY,
            "name": "Weekly deals",
            "url": url,
            "subscribers_url": f"{url}/subscribers",
            "acquisition_campaigns_url": f"{url}/acquisition_campaigns",
        }
    )
    assert talk("GET", f"{url}/acquisition_campaigns{slash}").status == 200


@pytest.mark.parametrize("last", ["", "/subscribers?mdn=%2B12065550143", "/acquisition_campaigns/"])
def test_an_unknown_list_is_404(talk: "Talk", last: str) -> None:
    assert talk("GET", f"{talk.company}/mobiledb/subscription_lists/SL9{last}").status == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (f"mdn={quote(DEMO_MDN)}", 200),
        (f"person_key={DEMO_PERSON_KEY}", 200),
        (f"person_id={DEMO_PERSON_ID}", 200),
        ("external_person_id=EXT542342", 200),
        ("external_person_id=nobody", 404),
        (f"mdn={DEMO_MDN}", 404),
        ("mdn=%2B12065559999", 404),
        ("", 404),
    ],
)
def test_asking_a_list_for_a_subscriber(talk: "Talk", query: str, status: int) -> None:
    reply = talk("GET", f"{talk.company}/mobiledb/subscription_lists/{WEEKLY}/subscribers?{query}")
    assert reply.status == status
    if status == 200:
        assert reply.json == talk.read()


def test_who_left_is_no_subscriber(talk: "Talk") -> None:
    target = f"{talk.company}/mobiledb/subscription_lists/{SPRING}/subscribers"
    assert talk("GET", f"{target}?person_key={DEMO_PERSON_KEY}").status == 404


def test_only_active_campaigns_lead_to_a_list(talk: "Talk") -> None:
    lists = f"{talk.company}/mobiledb/subscription_lists"
    weekly = talk("GET", f"{lists}/{WEEKLY}/acquisition_campaigns/").json
    assert [each["acquisition_id"] for each in weekly] == ["ACQ1001"]
    assert talk("GET", f"{lists}/{SPRING}/acquisition_campaigns/").json == []
