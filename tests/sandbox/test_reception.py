"""Sign-in, addresses and the way to the faults, over HTTP."""

import base64
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.sandbox.answers import RefusalBody

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk


def basic(text: str) -> str:
    """Write a Basic header."""
    return "Basic " + base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "Basic",
        "Basic !!!",
        basic("demo@sandbox.example:wrong"),
        basic("somebody:not-a-secret"),
        basic("demo@sandbox.example"),
        basic("demo@sandbox.example:not-a-secret").replace("Basic", "Bearer"),
        basic("demo@sandbox.example:not-a-secret").replace("Basic ", "Basic"),
        basic("demo@sandbox.example:not-a-secret") + "=",
        basic("demo@sandbox.example:not-a-secret").swapcase().replace("bASIC", "Basic"),
    ],
)
@pytest.mark.parametrize("target", ["/_sandbox/faults", "/nowhere", "persons"])
def test_without_the_right_credentials_everything_is_401(
    talk: "Talk", value: str | None, target: str
) -> None:
    where = talk.steve if target == "persons" else target
    reply = talk("GET", where, headers={"Authorization": value})
    assert (reply.status, reply.body) == (401, b"")
    assert reply.headers["www-authenticate"].startswith("Basic ")


def test_the_scheme_is_matched_in_any_case(talk: "Talk") -> None:
    value = talk.authorization().replace("Basic", "bASIC")
    assert talk("GET", talk.steve, headers={"Authorization": value}).status == 200


@pytest.mark.parametrize("bodies", list(RefusalBody))
def test_a_wrong_company_key_is_404_with_or_without_the_envelope(talk: "Talk", bodies: RefusalBody) -> None:
    talk.sandbox.platform.refusal_body = bodies
    reply = talk("GET", talk.steve.replace(talk.sandbox.company_key, "other"))
    assert reply.status == 404
    assert bool(reply.body) is (bodies is RefusalBody.ENVELOPE)


@pytest.mark.parametrize(
    ("method", "last", "allowed"),
    [
        ("DELETE", "/mobiledb/persons/x", "GET, PUT"),
        ("PUT", "/mobiledb/persons/", "GET, POST"),
        ("POST", "/mobiledb/subscription_lists/", "GET"),
        ("HEAD", "/mobiledb/persons/x", "GET, PUT"),
        ("PATCH", "/config/callbacks/1", "GET, PUT, DELETE"),
    ],
)
def test_a_method_that_is_not_there_is_405(talk: "Talk", method: str, last: str, allowed: str) -> None:
    reply = talk(method, talk.company + last)
    assert (reply.status, reply.headers["allow"]) == (405, allowed)


@pytest.mark.parametrize(
    "last", ["", "/", "/mobiledb", "/mobiledb/persons/x/", "/mobiledb/persons/x/y", "/mobiledb/persons//"]
)
def test_a_path_that_is_not_there_is_404(talk: "Talk", last: str) -> None:
    assert talk("GET", talk.company + last).status == 404


@pytest.mark.parametrize("name", ["X-API-VERSION", "x-api-version"])
def test_the_version_header_is_matched_in_any_case(talk: "Talk", name: str) -> None:
    talk.version = None
    phone = talk("GET", talk.steve, headers={name: "2", "X-API-Version": None}).json["mobile_phone"]
    assert phone["mdn"] == "+12065550143"


# Faults over HTTP


def test_faults_are_read_added_and_cleared(talk: "Talk") -> None:
    control = "/_sandbox/faults"
    assert talk("GET", control).json == []
    fault = {"kind": "status", "method": "GET", "pattern": "/external/", "status": 429, "retry_after": 3}
    added = talk("POST", control, fault)
    assert (added.status, added.json) == (201, fault)
    assert talk("GET", control).json == [fault]
    refused = talk("GET", talk.steve)
    assert (refused.status, refused.headers["retry-after"]) == (429, "3")
    assert talk("DELETE", control).status == 204
    assert talk("GET", control).json == []
    assert talk("GET", talk.steve).status == 200
    assert talk("PUT", control, {}).status == 405


@pytest.mark.parametrize(
    "fault",
    [
        [],
        {},
        {"kind": "nonsense"},
        {"kind": 1},
        {"kind": "latency", "seconds": "1"},
        {"kind": "latency", "seconds": -1},
        {"kind": "latency", "unheard": 1},
        {"kind": "cut", "at_byte": True},
        {"kind": "status", "status": 99},
        {"kind": "status", "pattern": "("},
        {"kind": "status", "times": 0},
        {"kind": "changed_value"},
        {"kind": "changed_value", "field": "a", "change": "nonsense"},
        {"kind": "wrong_charset", "charset": "nonsense"},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(talk: "Talk", fault: object) -> None:
    reply = talk("POST", "/_sandbox/faults", fault)
    assert reply.status == 422
    assert len(reply.messages) == 1
    assert talk("GET", "/_sandbox/faults").json == []


def test_the_way_to_the_faults_is_never_faulty_nor_recorded(talk: "Talk") -> None:
    talk("POST", "/_sandbox/faults", {"kind": "drop_before"})
    assert talk("DELETE", "/_sandbox/faults").status == 204
    assert list(talk.sandbox.requests) == []
