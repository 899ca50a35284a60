"""Tests of vibes_desktop.vibes.refusals: each status, each kind of call, each body, over a real socket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import (
    NOTHING_CHANGED,
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    OutcomeUnknown,
    Redirected,
    Refused,
    ServerTrouble,
    TooManyRequests,
    Unauthorized,
    Unprocessable,
)
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonObject, obj
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.vibes.answer import Answer
from vibes_desktop.vibes.limits import Limits
from vibes_desktop.vibes.refusals import refusal
from vibes_desktop.vibes.request import Request, Route, make_request

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab

KEY = Identifier(IdentifierKind.PERSON_KEY, "k1")
IDS = {
    "person_key": "k1",
    "external_person_id": "e1",
    "list_id": "l1",
    "campaign_id": "c1",
    "app_id": "a1",
    "device_id": "d1",
    "callback_id": "b1",
}
BODIES = [
    ("", "application/json"),
    ("  \r\n", "application/json"),
    ("<html><title>Gone wrong</title></html>", "text/html"),
    ('{"errors":[{"mess', "application/json"),
    ('{"what":"else"}', "application/json"),
    ("[1,2]", "application/json"),
    ('{"errors":[{"message":"One thing","code":1},{"message":"Another"}]}', "application/json"),
    ("\xff\xfe\xfa", "application/json"),
]
STATUSES: list[tuple[int, type[Refused]]] = [
    (300, Redirected),
    (301, Redirected),
    (302, Redirected),
    (304, Redirected),
    (308, Redirected),
    (400, BadRequest),
    (401, Unauthorized),
    (402, Refused),
    (403, Forbidden),
    (404, NotFound),
    (405, Refused),
    (406, Refused),
    (409, Conflict),
    (410, Refused),
    (413, Refused),
    (415, Refused),
    (418, Refused),
    (422, Unprocessable),
    (429, TooManyRequests),
    (451, Refused),
    (500, ServerTrouble),
    (501, ServerTrouble),
    (502, ServerTrouble),
    (503, ServerTrouble),
    (504, ServerTrouble),
    (599, ServerTrouble),
]


def make(lab: Lab, method: str, route: Route, body: JsonObject | None = None) -> Request:
    account = lab.account("https://platform.test")
    return make_request(account, method, route, ids=IDS, body=body)


def refused(lab: Lab, status: int, method: str, route: Route, body: JsonObject | None = None) -> Refused:
    error = refusal(make(lab, method, route, body), Answer(status, {}), ApiVersion.V2)
    assert isinstance(error, Refused)
    return error


@pytest.mark.parametrize(("status", "kind"), STATUSES)
@pytest.mark.parametrize(("body", "content_type"), BODIES)
async def test_each_status_of_a_read_says_enough_with_any_body(
    lab: Lab, status: int, kind: type[Refused], body: str, content_type: str
) -> None:
    bodiless = status == 304
    answer = lab.reply(status, b"" if bodiless else body.encode("latin-1"), content_type=content_type)
    async with (
        lab.server(answer) as server,
        lab.client(server.url, limits=Limits(attempts=1)) as client,
    ):
        with pytest.raises(Refused) as caught:
            await client.person(KEY)
    error = caught.value
    assert type(error) is kind
    assert error.status == status
    assert error.done == NOTHING_CHANGED
    assert error.title
    assert error.title + error.advice == " ".join((error.title + error.advice).split())
    if not bodiless and "Another" in body:
        assert [(c.message, c.code) for c in error.complaints] == [("One thing", "1"), ("Another", None)]
        assert "One thing; Another" in error.advice
    if not bodiless and "<title>" in body:
        assert error.body_text == "Gone wrong"
        assert "<" not in error.advice


@pytest.mark.parametrize("status", [302, 303, 408, 500, 501, 502, 503, 504, 599])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_write_that_may_have_been_processed_is_unknown(lab: Lab, status: int, method: str) -> None:
    error = refusal(make(lab, method, Route.PERSON), Answer(status, {}), ApiVersion.V2)
    assert type(error) is OutcomeUnknown
    assert "may or may not" in error.done


@pytest.mark.parametrize("status", [301, 307, 308, 400, 401, 403, 404, 405, 409, 413, 422, 429])
def test_a_write_that_was_refused_is_not_unknown(lab: Lab, status: int) -> None:
    assert refused(lab, status, "PUT", Route.PERSON).done == NOTHING_CHANGED


@pytest.mark.parametrize("route", [route for route in Route if route is not Route.ROOT])
def test_every_404_says_that_the_company_key_may_be_wrong(lab: Lab, route: Route) -> None:
    assert "company key may be wrong" in refused(lab, 404, "GET", route).advice


@pytest.mark.parametrize(
    ("method", "route", "body", "words"),
    [
        ("PUT", Route.PERSON, obj(mobile_phone=obj(mdn="+13125550143")), "does not replace a number"),
        ("PUT", Route.PERSON, obj(mobile_phone=None, external_person_id="e2"), "names another person"),
        ("PUT", Route.PERSON, obj(custom_fields=obj(a="1")), "Look at the record again"),
        ("POST", Route.PERSONS, obj(mobile_phone=obj(mdn="+13125550143")), "belong to two different people"),
        ("POST", Route.PARTICIPANTS, obj(person_key="k1"), "on the campaign's list"),
        ("DELETE", Route.CALLBACK, None, "Look at the record again"),
    ],
)
def test_409_says_which_rule(
    lab: Lab, method: str, route: Route, body: JsonObject | None, words: str
) -> None:
    assert words in refused(lab, 409, method, route, body).advice


@pytest.mark.parametrize("version", list(ApiVersion))
@pytest.mark.parametrize("status", [400, 404, 422])
@pytest.mark.parametrize(
    "body",
    [
        '{"errors":[{"message":"x","code":"countrynotsupported"}]}',
        '{"errors":[{"message":"Error: CountryNotSupported"}]}',
    ],
)
def test_countrynotsupported_is_a_matter_of_format_and_version(
    lab: Lab, version: ApiVersion, status: int, body: str
) -> None:
    answer = Answer(status, {"content-type": "application/json"}, body.encode())
    error = refusal(make(lab, "GET", Route.PERSONS_BY_MDN), answer, version)
    assert "format does not fit the API version" in error.title
    assert f"uses API version {int(version)}" in error.advice
    assert "change the version" in error.advice


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("MDNHASCONFIRMATIONBLOCK", "texting the campaign's keyword"),
        ("externalpersonidmismatch", "different people"),
    ],
)
def test_a_named_code_is_explained(lab: Lab, code: str, words: str) -> None:
    answer = Answer(422, {}, f'{{"errors":[{{"message":"m","code":"{code}"}}]}}'.encode())
    assert words in refusal(make(lab, "POST", Route.PARTICIPANTS), answer, ApiVersion.V2).advice


def test_a_complaint_reaches_the_field_it_names(lab: Lab) -> None:
    body = obj(custom_fields=obj(Home_Zip="x", city="y"))
    answer = Answer(
        422, {}, b'{"errors":[{"message":"Home_Zip must be numeric"},{"message":"unknown field: city"}]}'
    )
    error = refusal(make(lab, "PUT", Route.PERSON, body), answer, ApiVersion.V2)
    assert isinstance(error, Unprocessable)
    assert [complaint.field for complaint in error.complaints] == ["Home_Zip", "city"]


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("https://user:pw@elsewhere.test/a?mdn=1", "https://elsewhere.test"),
        ("/other", "another path"),
        ("", "another path"),
        ("http://[bad", "an unreadable address"),
    ],
)
def test_a_redirect_names_its_host_alone(lab: Lab, location: str, words: str) -> None:
    for method in ("GET", "POST"):
        answer = Answer(302, {"location": location})
        error = refusal(make(lab, method, Route.PERSONS), answer, ApiVersion.V2)
        assert error.title.endswith(words)


async def test_a_redirect_is_not_followed(lab: Lab) -> None:
    async with lab.server() as elsewhere:
        moved = lab.reply(301, headers=(("Location", f"{elsewhere.url}/x"),))
        async with lab.server(moved) as server, lab.client(server.url) as client:
            with pytest.raises(Redirected):
                await client.person(KEY)
            assert len(server.requests) == 1
        assert elsewhere.connections == 0


@pytest.mark.parametrize(
    ("status", "body"),
    [(400, "<html><title>400 No required SSL certificate was sent</title></html>"), (495, ""), (496, "")],
)
def test_a_gateways_wish_for_a_certificate_is_understood(lab: Lab, status: int, body: str) -> None:
    answer = Answer(status, {"content-type": "text/html"}, body.encode())
    error = refusal(make(lab, "GET", Route.LISTS), answer, ApiVersion.V2)
    assert "client certificate is required" in error.title


def test_nothing_of_it_is_in_its_text(lab: Lab) -> None:
    answer = Answer(422, {}, b'{"errors":[{"message":"Ana Canary is refused"}]}')
    error = refusal(make(lab, "GET", Route.PERSON), answer, ApiVersion.V2)
    assert str(error) == "Unprocessable"
    assert "Canary" not in repr(error)
