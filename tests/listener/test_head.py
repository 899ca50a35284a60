"""Heads of requests: proper ones are read, ambiguous ones refused."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.listener.head import check_lines, parse_head
from vibes_desktop.listener.refusals import Reason, Refused

HEAD = (
    b"POST /t?x=%20 HTTP/1.1\r\nHost: A.example:80\r\nX-Odd:  \xff \r\n"
    b"Expect: 100-Continue\r\nContent-Length: 5\r\n\r\n"
)


def head_with(*lines: bytes, first: bytes = b"POST /t HTTP/1.1", host: bytes = b"Host: a") -> bytes:
    """Compose a head."""
    return b"\r\n".join([first, *([host] if host else []), *lines, b"", b""])


def test_a_head_is_read() -> None:
    head = parse_head(HEAD)
    assert (head.method, head.target, head.length, head.keeps_open) == ("POST", "/t?x=%20", 5, True)
    assert head.values[b"host"] == b"A.example:80"
    assert head.expects_continue
    assert head.lines == HEAD[HEAD.index(b"Host") : -2]


def test_old_http_knows_no_going_on() -> None:
    assert not parse_head(head_with(b"Expect: 100-continue", first=b"POST /t HTTP/1.0")).expects_continue
    assert not parse_head(head_with(b"Expect: something else")).expects_continue


def test_its_repr_keeps_path_and_headers_to_itself() -> None:
    assert "/t" not in repr(parse_head(HEAD))
    assert "example" not in repr(parse_head(HEAD))


def test_the_first_of_repeated_headers_counts_and_all_are_kept() -> None:
    head = parse_head(head_with(b"X: 1", b"x: 2"))
    assert head.values[b"x"] == b"1"
    assert head.lines.count(b"\r\n") == 3


@pytest.mark.parametrize(
    ("data", "length"),
    [
        (head_with(), 0),
        (head_with(b"Content-Length: 0"), 0),
        (head_with(b"Content-Length: 5", b"Content-Length: 5"), 5),  # RFC 9112 §6.3 lets equal ones pass
        (head_with(b"Content-Length: 99999999999999999999"), 99999999999999999999),
        (head_with(b"Transfer-Encoding: chunked"), None),
        (head_with(b"Transfer-Encoding: Chunked"), None),
    ],
)
def test_the_length_of_the_body(data: bytes, length: int | None) -> None:
    assert parse_head(data).length == length


@pytest.mark.parametrize(
    ("data", "stays"),
    [
        (head_with(), True),
        (head_with(b"Connection: close"), False),
        (head_with(b"Connection: x, Close"), False),
        (head_with(b"Connection: keep-alive"), True),
        (head_with(first=b"POST /t HTTP/1.0"), False),
        (head_with(b"Connection: keep-alive", first=b"POST /t HTTP/1.0"), False),
        (head_with(first=b"POST /t HTTP/1.0", host=b""), False),
    ],
)
def test_whether_the_connection_stays(data: bytes, stays: bool) -> None:
    assert parse_head(data).keeps_open is stays


SMUGGLING = [
    head_with(b"Content-Length: 5", b"Transfer-Encoding: chunked"),
    head_with(b"Transfer-Encoding: chunked", b"Content-Length: 5"),
    head_with(b"Content-Length: 5", b"Content-Length: 6"),
    head_with(b"Content-Length: 5, 6"),
    head_with(b"Content-Length: +5"),
    head_with(b"Content-Length: -5"),
    head_with(b"Content-Length: 0x5"),
    head_with(b"Content-Length: 5 5"),
    head_with(b"Content-Length:"),
    head_with(b"Content-Length: " + b"9" * 30),
    head_with(b"Content-Length : 5"),
    head_with(b" Content-Length: 5"),
    head_with(b"X: 1", b" folded"),
    head_with(b"X: 1", b"\tfolded"),
    head_with(b"Transfer-Encoding: xchunked"),
    head_with(b"Transfer-Encoding: gzip, chunked"),
    head_with(b"Transfer-Encoding: chunked, identity"),
    head_with(b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked"),
    head_with(b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"),
    head_with(b"Transfer-Encoding: \x0bchunked"),
    head_with(b"Transfer-Encoding: chunked", first=b"POST /t HTTP/1.0"),
    head_with(b"Transfer-Encoding : chunked"),
    head_with(b"X\x00: 1"),
    head_with(b"X: \x00"),
    head_with(b"X: a\rb"),
    head_with(b": nameless"),
    head_with(b"no colon"),
    head_with(b"n\xc3\xa4me: 1"),
    b"POST /t HTTP/1.1\r\nHost: a\nContent-Length: 5\r\n\r\n",
    b"POST /t HTTP/1.1\nHost: a\r\n\r\n",
    b"POST /t HTTP/1.1\r\nHost: a\r\nX: 1\n\r\n",
]


@pytest.mark.parametrize("data", SMUGGLING)
def test_what_two_programs_could_read_in_two_ways_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        parse_head(data)
    assert refused.value.reason is Reason.MALFORMED


@pytest.mark.parametrize(
    "data",
    [
        head_with(host=b""),
        head_with(b"Host: b"),
        head_with(first=b"POST /t HTTP/2.0"),
        head_with(first=b"POST /t HTTP/0.9"),
        head_with(first=b"POST /t HTTP/1.2"),
        head_with(first=b"PRI * HTTP/2.0", host=b""),
        head_with(first=b"POST /t"),
        head_with(first=b"POST  /t HTTP/1.1"),
        head_with(first=b"POST /t  HTTP/1.1"),
        head_with(first=b"POST /t\t HTTP/1.1"),
        head_with(first=b"POST /\xc3\xa4 HTTP/1.1"),
        head_with(first=b"PO(ST /t HTTP/1.1"),
        head_with(first=b""),
        b"\r\n",
        b"\x16\x03\x01\x02\x00\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        parse_head(data)
    assert refused.value.reason is Reason.MALFORMED


def test_a_line_on_its_way_is_not_refused_yet() -> None:
    check_lines(b"POST / HTTP/1.1\r\nHos")
    check_lines(b"POST / HTTP/1.1\r")
    check_lines(b"")


@pytest.mark.parametrize("data", [b"\n", b"a\n", b"a\r\nb\n", b"a\n\r\n"])
def test_a_bare_line_feed_is_refused_as_soon_as_it_is_there(data: bytes) -> None:
    with pytest.raises(Refused):
        check_lines(data)


PIECES = [
    *(b"POST /t HTTP/1.1", b"\r\n", b"\n", b"\r", b"Host: a", b"Content-Length: 5", b"5", b", ", b":", b" "),
    *(b"Transfer-Encoding: chunked", b"\t", b"\x00", b"\xff", b"HTTP/1.0", b"X", b"Connection: close", b"%"),
]


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=3)).map(b"".join))
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Refused):
        head = parse_head(data + b"\r\n\r\n")
        assert head.lines in data + b"\r\n\r\n"
        assert b"host" in head.values or b"HTTP/1.0" in data


def test_only_what_is_new_is_looked_at() -> None:
    check_lines(b"a\nb\r\n", 2)
    with pytest.raises(Refused):
        check_lines(b"a\r\nb\n", 3)
    check_lines(b"a\r\n", 2)  # the CR came with the last piece
