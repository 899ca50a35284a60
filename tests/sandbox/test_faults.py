"""What faults do to a connection and to the platform, over HTTP, and which requests they meet."""

import http.client
import json
import socket
from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.sandbox.faults import Fault, FaultKind, Faults, Trouble

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


def test_a_status_can_hide_that_the_change_was_applied(talk: "Talk") -> None:
    talk.sandbox.faults.add(Fault(FaultKind.STATUS, status=502, applied=True))
    assert talk("PUT", talk.steve, RENAME).status == 502
    assert last_name(talk) == " New Name "


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


def test_who_leaves_an_oversized_body_harms_nobody(talk: "Talk") -> None:
    talk.sandbox.faults.add(Fault(FaultKind.OVERSIZED, size=200_000_000, times=1))
    with talk.connect() as line:
        line.sendall(talk.request_bytes("GET", talk.steve))
        assert line.recv(15) == b"HTTP/1.1 200 \r\n"[:15]
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
