"""Tests of vibes_desktop.vibes.request: what is shown is what is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json, JsonNumber, JsonObject, obj
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.request import SLASH_NOTE, Route, make_request, path_segment

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab

ACCOUNT = Account("AcMe1", "https://platform.test/base/path", "ana", ApiVersion.V2, "s3cret")
UNUSUAL = [
    "a/b",
    "100%",
    "a?b",
    "a#b",
    "a b",
    "a+b",
    "ä€",
    "🙂",
    "\u202eabc",
    "%2F",
    "...",
    "a\\b",
    "~",
    "a\nb",
]


def external(value: str) -> dict[str, str]:
    return {"external_person_id": value}


@pytest.mark.parametrize("value", [*UNUSUAL, "x" * 129])
async def test_every_external_id_arrives_as_it_is(lab: Lab, value: str) -> None:
    body = '{"person_key": "k1"}'
    async with lab.server(lab.reply(200, body)) as server, lab.client(f"{server.url}/base/") as client:
        await client.person(Identifier(IdentifierKind.EXTERNAL_ID, value))
        target = server.requests[0].target
        segment = target.removeprefix("/base/companies/AcMe1/mobiledb/persons/external/")
        assert unquote(segment) == value
        assert "/" not in segment
        assert set(segment) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda t: t not in {".", ".."}))
def test_any_id_is_one_segment_of_the_path(value: str) -> None:
    request = make_request(ACCOUNT, "GET", Route.PERSON_BY_EXTERNAL_ID, ids=external(value))
    head, _, segment = request.path.rpartition("/")
    assert head == "/base/path/companies/AcMe1/mobiledb/persons/external"
    assert unquote(segment) == value
    assert request.path.isascii()
    assert request.url == f"https://platform.test{request.path}"


@pytest.mark.parametrize("value", ["", ".", "..", "\ud800"])
def test_refuses_an_id_that_would_get_lost(value: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        make_request(ACCOUNT, "GET", Route.PERSON_BY_EXTERNAL_ID, ids=external(value))
    assert caught.value.field == "external_person_id"


def test_refuses_an_empty_company_key_and_an_empty_query() -> None:
    nobody = Account("", ACCOUNT.base_url, "ana", ApiVersion.V2, "s3cret")
    with pytest.raises(InvalidInput) as caught:
        make_request(nobody, "GET", Route.LISTS)
    assert caught.value.field == "company_key"
    for value in ("", "\udc00"):
        with pytest.raises(InvalidInput) as caught:
            make_request(ACCOUNT, "GET", Route.PERSONS_BY_MDN, query=[("mdn", value)])
        assert caught.value.field == "mdn"


def test_notes_an_id_with_a_slash() -> None:
    with_slash = make_request(ACCOUNT, "GET", Route.PERSON_BY_EXTERNAL_ID, ids=external("a/b"))
    without = make_request(ACCOUNT, "GET", Route.PERSON_BY_EXTERNAL_ID, ids=external("ab"))
    assert with_slash.notes == (SLASH_NOTE,)
    assert without.notes == ()


def test_encodes_the_plus_of_a_number() -> None:
    request = make_request(ACCOUNT, "GET", Route.PERSONS_BY_MDN, query=[("mdn", "+13125550143")])
    assert request.path.endswith("/mobiledb/persons?mdn=%2B13125550143")


@pytest.mark.parametrize("version", list(ApiVersion))
def test_names_the_version_and_nobody(version: ApiVersion) -> None:
    account = Account("AcMe1", "https://platform.test", "ana", version, "s3cret")
    headers = dict(make_request(account, "GET", Route.LISTS).headers)
    assert headers["X-API-Version"] == str(int(version))
    assert headers["Content-Type"] == headers["Accept"] == "application/json"
    assert headers["User-Agent"].startswith("vibes-desktop/")
    assert "Authorization" not in headers


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (JsonNumber("NaN"), "Odd/field"),
        ("half \ud83d", "Odd/field"),
        (obj([("a", "1"), ("a", "2")]), "Odd/field"),
    ],
)
def test_refuses_a_value_that_can_not_be_sent_and_names_its_field(value: Json, field: str) -> None:
    body = obj(custom_fields=JsonObject((("fine", "x"), (field, value))))
    with pytest.raises(InvalidInput) as caught:
        make_request(ACCOUNT, "PUT", Route.PERSON, ids={"person_key": "k"}, body=body)
    assert caught.value.field == field


def test_body_is_sent_to_the_byte_as_shown() -> None:
    body = obj(
        custom_fields=JsonObject((("n", JsonNumber("1.10")), ("text", "a\u00a0b\u2028c 🙂"), ("gone", None)))
    )
    request = make_request(ACCOUNT, "POST", Route.PERSONS, body=body)
    assert request.body == '{"custom_fields":{"n":1.10,"text":"a\u00a0b\u2028c 🙂","gone":null}}'


def test_tells_nothing_in_a_log() -> None:
    request = make_request(
        ACCOUNT,
        "PUT",
        Route.PERSON_BY_EXTERNAL_ID,
        ids=external("CRM-77"),
        body=obj(custom_fields=obj(a="Ana")),
    )
    text = repr(request)
    assert text == "Request(PUT /companies/{company_key}/mobiledb/persons/external/{external_person_id})"
    assert request.is_write


def test_every_route_says_what_it_is_about() -> None:
    assert {route.subject.value for route in Route} >= {"person", "subscription list", "campaign", "device"}
    assert Route.SUBSCRIPTIONS_BY_EXTERNAL_ID.subject is Route.SUBSCRIPTIONS.subject


def test_a_segment_keeps_nothing_unencoded_but_the_unreserved() -> None:
    assert path_segment("a/b?c#d&e=f+g~h", "id") == "a%2Fb%3Fc%23d%26e%3Df%2Bg~h"
