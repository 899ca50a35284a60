"""Strict HTTP, by hand over plain sockets."""

import socket
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.sandbox.wire import BODY_LIMIT

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk


def test_a_connection_is_kept_and_requests_may_wait_in_line(talk: "Talk") -> None:
    one = talk.request_bytes("GET", talk.steve)
    put = talk.request_bytes("PUT", talk.steve, b'{"custom_fields": {"notes": "in line"}}')
    answers = talk.raw(one + put + b"\r\n" + one)
    assert answers.count(b"HTTP/1.1 200 ") == 3
    assert answers.count(b"in line") == 2


@pytest.mark.parametrize(("head", "extra"), [("HTTP/1.1", "Connection: close\r\n"), ("HTTP/1.0", "")])
def test_a_connection_is_closed_when_asked(talk: "Talk", head: str, extra: str) -> None:
    one = talk.request_bytes("GET", talk.steve, extra=extra).replace(b"HTTP/1.1", head.encode())
    with talk.connect() as line:
        line.sendall(one + one)
        received = b""
        while piece := line.recv(65536):
            received += piece
    assert received.count(b"HTTP/1.1 200 ") == 1


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET / HTTP/1.1\nHost: x\n\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\n\r\n", 400),
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
        (
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
        ),
        (b"GET / HTTP/1.1\r\nHost: x\r\nLong: " + b"x" * 70_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"Many: x\r\n" * 8_000 + b"\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (BODY_LIMIT + 1), 413),
    ],
)
def test_what_is_not_proper_http_is_refused(talk: "Talk", request_bytes: bytes, status: int) -> None:
    answer = talk.raw(request_bytes)
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert talk("GET", talk.steve).status == 200


@pytest.mark.parametrize("piece", [1, 7, 50])
def test_a_request_may_arrive_in_pieces(talk: "Talk", piece: int) -> None:
    whole = talk.request_bytes("PUT", talk.steve, b'{"custom_fields": {"notes": "pieces"}}')
    with talk.connect() as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(whole), piece):
            line.sendall(whole[start : start + piece])
        assert line.recv(13) == b"HTTP/1.1 200 "
    assert talk.custom_fields()["notes"] == "pieces"


@pytest.mark.parametrize("missing", [1, 30, 90])
def test_a_request_that_stops_early_does_nothing(talk: "Talk", missing: int) -> None:
    whole = talk.request_bytes("PUT", talk.steve, b'{"custom_fields": {"notes": "never"}}')
    assert talk.raw(whole[:-missing]) == b""
    assert talk.custom_fields()["notes"] is None


def test_a_body_up_to_the_limit_is_taken(talk: "Talk") -> None:
    frame = b'{"custom_fields": {"notes": "%s"}}'
    text = b"x" * (BODY_LIMIT - len(frame) + 2)
    assert talk("PUT", talk.steve, frame % text).status == 200
    assert talk.custom_fields()["notes"] == text.decode()


def test_a_caller_that_sends_too_much_still_reads_why(talk: "Talk") -> None:
    reply = talk("PUT", talk.steve, b"x" * (BODY_LIMIT + 1))
    assert reply.status == 413
    assert str(BODY_LIMIT) in reply.messages[0]


def test_a_caller_may_wait_for_permission_to_send_the_body(talk: "Talk") -> None:
    body = b'{"custom_fields": {"notes": "waited"}}'
    whole = talk.request_bytes("PUT", talk.steve, body, extra="Expect: 100-continue\r\n")
    with talk.connect() as line:
        line.sendall(whole[: -len(body)])
        assert line.recv(65536).startswith(b"HTTP/1.1 100 ")
        line.sendall(body)
        assert line.recv(13) == b"HTTP/1.1 200 "


def test_every_answer_has_a_date_and_a_length(talk: "Talk") -> None:
    reply = talk("GET", talk.steve)
    assert reply.headers["date"].endswith(" GMT")
    assert int(reply.headers["content-length"]) == len(reply.body)
    assert talk("PUT", talk.steve, {}).headers["content-type"] == "application/json"
    assert "content-length" not in talk("DELETE", f"{talk.steve}/subscriptions/SL1001").headers
