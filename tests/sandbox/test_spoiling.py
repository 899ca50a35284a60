"""What the faults do to bodies and answers."""

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.sandbox.answers import Answer, Json, JsonObject, http_date
from vibes_desktop.sandbox.faults import Change, Fault, FaultKind, fault_from_json
from vibes_desktop.sandbox.spoiling import altered, fault_list, instead, oversized, spoil

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk

RENAME: JsonObject = {"custom_fields": {"last_name": " New Name "}}


def last_name(talk: "Talk") -> str:
    """Read Steve's last name with all faults off."""
    talk.sandbox.faults.clear()
    return str(talk.custom_fields()["last_name"])


@pytest.mark.parametrize(
    ("status", "words"), [(502, b"502 Bad Gateway"), (520, b"520 Error"), (499, b'{"errors": [')]
)
def test_the_page_of_a_gateway_names_the_status(status: int, words: bytes) -> None:
    answer = instead(Fault(FaultKind.STATUS, status=status))
    assert answer.status == status
    assert words in answer.body


def test_an_empty_answer_can_be_truncated_too() -> None:
    spoilt = spoil(Answer(204, headers=(("X-Kept", "1"),)), Fault(FaultKind.TRUNCATED_JSON))
    assert spoilt.headers == (("X-Kept", "1"),)
    assert spoilt.body
    with pytest.raises(json.JSONDecodeError):
        json.loads(spoilt.body)


def test_a_charset_that_lacks_a_letter_has_a_mark_in_its_place() -> None:
    fault = Fault(FaultKind.WRONG_CHARSET, charset="latin-1")
    assert spoil(Answer(200, '"Zoë 😀"'.encode()), fault).body == b'"Zo\xeb ?"'


def test_what_was_sent_stays_as_it_was() -> None:
    fault = Fault(FaultKind.CHANGED_VALUE, field="last_name", change=Change.DROP)
    sent: Json = {"timezone": "US/Central", "custom_fields": {"last_name": "x", "notes": "y"}}
    assert altered(sent, fault) == {"timezone": "US/Central", "custom_fields": {"notes": "y"}}
    assert sent == {"timezone": "US/Central", "custom_fields": {"last_name": "x", "notes": "y"}}


@pytest.mark.parametrize("size", [0, 15, 16, 65_536, 65_537 + 15])
@pytest.mark.parametrize("packed", [False, True])
def test_an_oversized_body_has_exactly_the_size_asked_for(size: int, packed: bool) -> None:
    pieces = list(oversized(Fault(FaultKind.OVERSIZED, size=size, gzip=packed)))
    assert all(0 < len(piece) <= 65_536 for piece in pieces)
    whole = gzip.decompress(b"".join(pieces)) if packed else b"".join(pieces)
    assert len(whole) == max(size, len(b'{"padding": ""}'))
    assert json.loads(whole)["padding"].strip("x") == ""


def test_faults_are_listed_as_they_would_be_sent() -> None:
    faults = [Fault(FaultKind.STATUS, status=429, retry_after=3), Fault(FaultKind.CUT, at_byte=7)]
    assert [fault_from_json(each) for each in json.loads(fault_list(faults))] == faults


# Over HTTP


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520])
def test_a_gateway_error_carries_html(talk: "Talk", status: int) -> None:
    talk.sandbox.faults.add(Fault(FaultKind.STATUS, status=status, times=1))
    reply = talk("PUT", talk.steve, RENAME)
    assert (reply.status, reply.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert b"<html>" in reply.body
    assert last_name(talk) == "Millar"


@pytest.mark.parametrize("retry_after", [None, 7, "7", http_date(seconds_from_now=90)])
def test_429_comes_with_and_without_retry_after(talk: "Talk", retry_after: str | int | None) -> None:
    talk.sandbox.faults.add(Fault(FaultKind.STATUS, status=429, retry_after=retry_after))
    reply = talk("GET", talk.steve)
    assert reply.status == 429
    assert reply.headers.get("retry-after") == (None if retry_after is None else str(retry_after))
    assert len(reply.messages) == 1


def test_a_redirect_is_answered_and_nothing_applied(talk: "Talk") -> None:
    talk.sandbox.faults.add(Fault(FaultKind.REDIRECT, location="https://elsewhere.example/"))
    reply = talk("PUT", talk.steve, RENAME)
    assert (reply.status, reply.headers["location"]) == (302, "https://elsewhere.example/")
    assert last_name(talk) == "Millar"


@pytest.mark.parametrize("at_byte", [None, 0, 1, 20])
def test_truncated_json_in_a_complete_answer(talk: "Talk", at_byte: int | None) -> None:
    whole = talk("GET", talk.steve).body
    talk.sandbox.faults.add(Fault(FaultKind.TRUNCATED_JSON, at_byte=at_byte))
    reply = talk("GET", talk.steve)
    assert reply.status == 200
    assert reply.body == whole[: len(whole) // 2 if at_byte is None else at_byte]
    assert int(reply.headers["content-length"]) == len(reply.body)


@pytest.mark.parametrize("charset", ["utf-16", "latin-1"])
def test_a_wrong_charset_says_utf_8(talk: "Talk", charset: str) -> None:
    talk("PUT", talk.steve, {"custom_fields": {"notes": "Zoë"}})
    talk.sandbox.faults.add(Fault(FaultKind.WRONG_CHARSET, charset=charset))
    reply = talk("GET", talk.steve)
    assert reply.headers["content-type"] == "application/json; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        reply.body.decode()
    assert json.loads(reply.body.decode(charset))["custom_fields"]["notes"] == "Zoë"


@pytest.mark.parametrize("packed", [False, True])
def test_an_oversized_body_is_proper_json(talk: "Talk", packed: bool) -> None:
    talk.sandbox.faults.add(Fault(FaultKind.OVERSIZED, gzip=packed))
    reply = talk("GET", talk.steve)
    body = gzip.decompress(reply.body) if packed else reply.body
    assert reply.headers.get("content-encoding") == ("gzip" if packed else None)
    assert len(body) == 11_000_000
    assert list(json.loads(body)) == ["padding"]
    assert len(reply.body) < 100_000 or not packed


@pytest.mark.parametrize(
    ("change", "value", "expected"),
    [
        (Change.TRIM, None, "New Name"),
        (Change.LOWER, None, " new name "),
        (Change.UPPER, None, " NEW NAME "),
        (Change.DROP, None, "Millar"),
        (Change.REPLACE, "Other", "Other"),
    ],
)
def test_a_success_can_have_changed_a_value(
    talk: "Talk", change: Change, value: str | None, expected: str
) -> None:
    fault = Fault(FaultKind.CHANGED_VALUE, method="PUT", field="last_name", change=change, value=value)
    talk.sandbox.faults.add(fault)
    assert talk("PUT", talk.steve, RENAME).status == 200
    assert last_name(talk) == expected


def test_a_changed_value_is_not_seen_in_an_echo(talk: "Talk") -> None:
    from vibes_desktop.sandbox.platform import SuccessBody

    talk.sandbox.platform.success_body = SuccessBody.ECHO
    talk.sandbox.faults.add(Fault(FaultKind.CHANGED_VALUE, field="last_name"))
    assert talk("PUT", talk.steve, RENAME).json == RENAME
    assert last_name(talk) == "New Name"


@pytest.mark.parametrize("body", [{}, [], {"custom_fields": None}, {"custom_fields": {"visits": 3}}])
def test_a_changed_value_that_is_not_there_is_left_alone(talk: "Talk", body: Any) -> None:
    plain = talk("PUT", talk.steve, body).status
    talk.sandbox.faults.add(Fault(FaultKind.CHANGED_VALUE, field="last_name"))
    assert talk("PUT", talk.steve, body).status == plain
    assert last_name(talk) == "Millar"
