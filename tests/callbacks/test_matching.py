"""What each condition of a query means."""

from collections.abc import Callable
from typing import Any

import pytest

from vibes_desktop.callbacks.matching import digits_of, matcher
from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.callbacks.query import parse

YES = (
    "type:subscription_removed", "type:subscription_*",
    "type:SUBSCRIPTION_REMOVED", "reason:user_opt_out", "list:1234",
    "list:12*", "campaign:C55001", "event:SMPL0002", "person:CUST-0042", "person:8800123", "person:CUST*",
    "person:+13125550143", "mdn:+1312*", "mdn:3125550143",
    'mdn:"+1 312 555 0143"', "mdn:*0143", "date:2026-03-03",
    "date:2026-03-01..2026-03-31", "optout:2026-03-02", "kind:callback",
    "source:test", "attempt:1..", "has:mdn", "has:person",
    "is:callback", "path:subscription.subscription_list.id=1234",
    "path:subscription.person", "USER_OPT_OUT", '"list"',
    "attempt:2", "has:attempt", "", "-list:99", "list:99 OR list:1234", "finding:unknown_*", "has:findings",
)  # fmt: skip
NO = (
    "type:subscription", "reason:disconnect", "list:123", "list:*5",
    'list:"12*"', "event:smpl0002", "person:cust-0042", "mdn:+44*",
    "date:2026-03-02", "received:2026", "optout:2025", "kind:person",
    "attempt:>2", "answered:404", "is:repaired", "has:repairs",
    "is:unreadable", "is:redelivered", "is:conflicting",
    "is:cut_off", "is:unwrapped", "has:received", "path:subscription.id",
    "path:subscription.subscription_list.id=12", "nowhere", "-list:1234",
    "list:1234 list:99", "finding:conflict", 'mdn:""', "path:a.0=1",
)  # fmt: skip


@pytest.fixture
def payload(removed: dict[str, Any], assembled: Callable[[Any], Payload]) -> Payload:
    """Give one with an attempt and a finding."""
    return assembled(
        {
            **removed,
            "delivery_attempt": "2",
            "subscription": {**removed["subscription"], "opt_out_reason": "user_opt_out", "url": "/:id"},
            "colour": {"x": [1]},
        }
    )


@pytest.mark.parametrize("text", YES)
def test_it_matches(text: str, payload: Payload) -> None:
    assert matcher(parse(text))(payload)


@pytest.mark.parametrize("text", NO)
def test_it_does_not_match(text: str, payload: Payload) -> None:
    assert not matcher(parse(text))(payload)


def test_paths_go_through_arrays(assembled: Callable[[Any], Payload]) -> None:
    value = {"a": [{"b": 1}, {"b": True}, {"b": None}, {"b": {"option_key": "gold"}}]}
    for text in ("path:a.b=1", "path:a.1.b=true", "path:a.b=null", "path:a.b=gold", "path:a.0.b=1"):
        assert matcher(parse(text))(assembled(value))
    assert not matcher(parse("path:a.9.b"))(assembled(value))


def test_numbers_of_both_api_versions_are_one() -> None:
    assert digits_of("+13125550143") == digits_of("3125550143") == digits_of("1 (312) 555-0143")
    assert digits_of("+4930123456") == "4930123456"
