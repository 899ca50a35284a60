"""What each fault does to a caller, over HTTP, and which requests it meets."""

import gzip
import http.client
import json
import socket
from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.sandbox.answers import http_date
from vibes_desktop.sandbox.faults import Change, Fault, FaultKind, Faults, Trouble

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk

GONE = (http.client.RemoteDisconnected, ConnectionResetError)
RENAME = {"custom_fields": {"last_name": " New Name "}}


def last_name(talk: "Talk") -> str:
    """Read Steve's last name with all faults off."""
    talk.sandbox.faults.clear()
    return str(talk.custom_fields()["last_name"])


def test_latencies_add_up_and_then_the_answer_comes(talk: "Talk") -> None:
    for seconds in (0.02, 0.03):
        talk.sandbox.faults.add(Fault(FaultKind.LATENCY, seconds=seconds))
    assert talk.sandbox.faults.take("GET", "/") == Trouble(0.05)
    assert talk("PUT", talk.steve, RENAME).status == 200


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


def test_a_status_can_hide_that_the_change_was_applied(talk: "Talk") -> None:
    talk.sandbox.faults.add(Fault(FaultKind.STATUS, status=502, applied=True))
    assert talk("PUT", talk.steve, RENAME).status == 502
    assert last_name(talk) == " New Name "


def test_a_redirect_is_answered_and_nothing_applied(talk: "Talk") -> None:
    talk.sandbox.faults.add(Fault(FaultKind.REDIRECT, location="https://elsewhere.example/"))
    reply = talk("PUT", talk.steve, RENAME)
    assert (reply.status, reply.headers["location"]) == (302, "https://elsewhere.example/")
    assert last_name(talk) == "Millar"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (FaultKind.DROP_AT_HEAD, "Millar"),
        (FaultKind.DROP_BEFORE, "Millar"),
        (FaultKind.DROP_AFTER, " New Name "),
    ],
)
def test_a_dropped_connection_before_or_after_the_change(
    talk: "Talk", kind: FaultKind, expected: str
) -> None:
    talk.sandbox.faults.add(Fault(kind))
    with pytest.raises(GONE):
        talk("PUT", talk.steve, RENAME)
    assert [(each.method, each.target) for each in talk.sandbox.requests] == [("PUT", talk.steve)]
    assert last_name(talk) == expected


def test_an_answer_can_be_cut_at_each_byte(talk: "Talk") -> None:
    request = talk.request_bytes("PUT", talk.steve, b'{"custom_fields": {"notes": "x"}}')
    whole = talk.raw(request)
    assert whole.startswith(b"HTTP/1.1 200 ")
    stable = whole.index(b"\r\nDate: ")
    for at_byte in range(len(whole)):
        talk.sandbox.faults.add(Fault(FaultKind.CUT, at_byte=at_byte, times=1))
        cut = talk.raw(request)
        assert len(cut) == at_byte
        assert cut[:stable] == whole[:at_byte][:stable]
    talk.sandbox.faults.add(Fault(FaultKind.CUT, at_byte=len(whole), times=1))
    assert len(talk.raw(request)) == len(whole)


def test_a_cut_answer_was_applied(talk: "Talk") -> None:
    talk.sandbox.faults.add(Fault(FaultKind.CUT))
    with pytest.raises(GONE):
        talk("PUT", talk.steve, RENAME)
    assert last_name(talk) == " New Name "


@pytest.mark.parametrize("applied", [False, True])
def test_never_answering_waits_for_the_caller_to_leave(talk: "Talk", applied: bool) -> None:
    talk.sandbox.faults.add(Fault(FaultKind.NEVER_ANSWERS, applied=applied))
    with talk.connect() as line:
        line.sendall(talk.request_bytes("PUT", talk.steve, json.dumps(RENAME).encode()))
        line.settimeout(0.2)
        with pytest.raises(TimeoutError):
            line.recv(1)
        line.settimeout(20)
        line.shutdown(socket.SHUT_WR)
        assert line.recv(1) == b""
    assert last_name(talk) == (" New Name " if applied else "Millar")


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


def test_who_leaves_an_oversized_body_harms_nobody(talk: "Talk") -> None:
    talk.sandbox.faults.add(Fault(FaultKind.OVERSIZED, size=200_000_000, times=1))
    with talk.connect() as line:
        line.sendall(talk.request_bytes("GET", talk.steve))
        assert line.recv(15) == b"HTTP/1.1 200 \r\n"[:15]
    assert last_name(talk) == "Millar"


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


@pytest.mark.parametrize(
    ("kind", "status", "found"),
    [(FaultKind.EXTERNAL_CREATES, 201, 200), (FaultKind.EXTERNAL_NOT_FOUND, 404, 404)],
)
def test_updating_an_unknown_external_id_either_way(
    talk: "Talk", kind: FaultKind, status: int, found: int
) -> None:
    talk.sandbox.faults.add(Fault(kind))
    assert talk("PUT", f"{talk.persons}/external/typo", {}).status == status
    assert talk("PUT", talk.steve, {}).status == 200
    assert talk("GET", f"{talk.persons}/external/typo").status == found


# Which requests are met


@pytest.mark.parametrize(
    ("given", "method", "target", "met"),
    [
        ({}, "GET", "/a", True),
        ({"method": "put"}, "PUT", "/a", True),
        ({"method": "PUT"}, "GET", "/a", False),
        ({"path": "/a/b"}, "GET", "/a/b/c?d", True),
        ({"path": "/b"}, "GET", "/a/b", False),
        ({"pattern": "/b$"}, "GET", "/a/b", True),
        ({"pattern": "^/b"}, "GET", "/a/b", False),
        ({"method": "GET", "path": "/a", "pattern": "mdn="}, "GET", "/a?mdn=1", True),
        ({"method": "GET", "path": "/a", "pattern": "mdn="}, "GET", "/a", False),
    ],
)
def test_a_fault_meets_by_method_and_target(
    given: dict[str, Any], method: str, target: str, met: bool
) -> None:
    assert Fault(FaultKind.DROP_AFTER, **given).matches(method, target) is met


def test_skip_and_times_count_matching_requests_only() -> None:
    faults = Faults()
    fault = Fault(FaultKind.DROP_AFTER, method="PUT", skip=1, times=2)
    faults.add(fault)
    targets = ["PUT", "GET", "PUT", "PUT", "PUT"]
    taken = [faults.take(method, "/").fault for method in targets]
    assert taken == [None, None, fault, fault, None]
    assert faults.active() == []


def test_the_first_that_meets_acts_and_later_ones_are_not_used_up() -> None:
    faults = Faults()
    first = Fault(FaultKind.DROP_AFTER, times=1)
    second = Fault(FaultKind.STATUS, times=1)
    for fault in (first, second):
        faults.add(fault)
    assert [faults.take("GET", "/").fault for _ in range(3)] == [first, second, None]
