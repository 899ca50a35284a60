"""The hostile matrix over real sockets: exactly the documented answers, exactly the right things stored."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import h11
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vibes_desktop.listener.limits import DEFAULT
from vibes_desktop.listener.refusals import Reason, Refused
from vibes_desktop.listener.wire import Budget, Hangup, Wire

if TYPE_CHECKING:
    from tests.listener.conftest import Run

Compose = Callable[..., bytes]
EVERY_BYTE = bytes(range(256)) * 40
QUICK = replace(
    DEFAULT,
    header_deadline_seconds=0.2,
    idle_seconds=0.2,
    body_deadline_seconds=0.6,
    body_grace_seconds=0.2,
    minimum_body_rate=100_000,
)
CHUNKED = b"Transfer-Encoding: chunked"


def chunked(compose: Compose, raw: bytes, *headers: bytes) -> bytes:
    """Compose a request whose body comes in chunks, spelled out."""
    return compose(b"", CHUNKED, *headers, length=b"") + raw


@pytest.mark.parametrize("method", [b"POST", b"PUT"])
@pytest.mark.parametrize(
    "body", [b"", b"{}", b"not json", b'"\xff\xfe"', EVERY_BYTE, gzip.compress(b"{}"), b"x" * 1_000_000]
)
async def test_any_body_is_stored_exactly(station: Run, compose: Compose, method: bytes, body: bytes) -> None:
    async with station() as running:
        status, headers = await running.ask(compose(body, b"Content-Encoding: gzip", method=method))
        assert (status, headers["content-length"]) == (200, "0")
        (capture,) = running.captures
        assert running.store.capture(capture.id) == capture
        assert running.bodies() == [body]
        assert (capture.delivery.method, capture.delivery.answered) == (method.decode(), 200)


async def test_the_head_is_stored_exactly(station: Run, compose: Compose) -> None:
    async with station() as running:
        await running.ask(compose(b"1", b"X-Odd:   \xe4 two  ", b"x-odd: 3", target=b"/the-path/a?b=%20c"))
        (capture,) = running.captures
        assert capture.delivery.target == "/the-path/a?b=%20c"
        assert (
            capture.delivery.head
            == b"Host: 127.0.0.1\r\nX-Odd:   \xe4 two  \r\nx-odd: 3\r\nContent-Length: 1\r\n"
        )
        assert capture.delivery.peer == "127.0.0.1"
        assert capture.delivery.peer_port > 0


@pytest.mark.parametrize(
    ("raw", "body", "trailers"),
    [
        (b"0\r\n\r\n", b"", b""),
        (b"2\r\n{}\r\n0\r\n\r\n", b"{}", b""),
        (b"1\r\n{\r\n1 \r\n}\r\n000\r\n\r\n", b"{}", b""),
        (b"2;a=b;c\r\n{}\r\n0;last\r\n\r\n", b"{}", b""),
        (b"2\r\n{}\r\n0\r\nX-Sum: 1\r\nx-two:2 \r\n\r\n", b"{}", b"X-Sum: 1\r\nx-two:2 \r\n"),
        (b"A\r\n\r\n\r\n0\r\n\r\n\r\n\r\n0\r\n\r\n", b"\r\n\r\n0\r\n\r\n\r", None),
    ],
)
async def test_chunks_are_put_together(
    station: Run, compose: Compose, raw: bytes, body: bytes, trailers: bytes | None
) -> None:
    async with station() as running:
        status, _ = await running.ask(chunked(compose, raw))
        if trailers is None:  # the tenth byte is no end of a chunk
            assert (status, running.captures) == (400, [])
            return
        assert status == 200
        (capture,) = running.captures
        assert (capture.body, capture.delivery.trailers) == (body, trailers)


@pytest.mark.parametrize(
    "raw",
    [
        b"2\n{}\r\n0\r\n\r\n",
        b"2\r\n{}\n0\r\n\r\n",
        b"2\r\n{}0\r\n\r\n",
        b"2\r\n{}\r\n0\n\n",
        b"2\r\n{}\r\n0\r\n\n",
        b"2\r\n{}\r\n0\r\nX: 1\n\r\n",
        b"2\r\n{}\r\n0\r\n folded\r\n\r\n",
        b"2\r\n{}\r\n0\r\nno colon\r\n\r\n",
        b"2\r\n{}\r\n0\r\nX: \x00\r\n\r\n",
        b"0x2\r\n{}\r\n0\r\n\r\n",
        b"+2\r\n{}\r\n0\r\n\r\n",
        b"-2\r\n{}\r\n0\r\n\r\n",
        b" 2\r\n{}\r\n0\r\n\r\n",
        b"2\xb2\r\n{}\r\n0\r\n\r\n",
        b"\r\n{}\r\n0\r\n\r\n",
        b"123456789\r\n{}\r\n",
        b"2;" + b"x" * 5000 + b"\r\n{}\r\n0\r\n\r\n",
        b"2\r\n{}\r\n0\r\nX: " + b"x" * 40_000 + b"\r\n\r\n",
    ],
)
async def test_chunks_that_could_be_read_in_two_ways_are_refused(
    station: Run, compose: Compose, raw: bytes
) -> None:
    async with station() as running:
        assert (await running.ask(chunked(compose, raw)))[0] == 400
        assert running.bodies() == []


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"POST /the-path HTTP/1.1\r\nHost: 127.0.0.1\nContent-Length: 0\r\n\r\n", 400),
        (b"POST /the-path HTTP/1.1\nHost: 127.0.0.1\n\n", 400),
        (b"\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        (b"POST /the-path HTTP/1.1\r\nContent-Length: 0\r\n\r\n", 400),
        (b"POST /the-path HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 40_000, 431),
        (b"POST /the-path HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 40_000 + b"\r\n\r\n", 431),
        (b"POST /" + b"x" * 40_000, 431),
        (b"\r\n\r\n", 400),
    ],
)
async def test_what_is_no_proper_http_is_told_at_once(station: Run, data: bytes, status: int) -> None:
    async with station() as running:
        assert (await running.ask(data))[0] == status
        assert running.bodies() == []


@pytest.mark.parametrize(
    ("parts", "status", "reason"),
    [
        ({"target": b"/other"}, 404, Reason.UNKNOWN_PATH),
        ({"target": b"/"}, 404, Reason.UNKNOWN_PATH),
        ({"target": b"*", "method": b"OPTIONS"}, 404, Reason.UNKNOWN_PATH),
        ({"method": b"GET"}, 405, Reason.METHOD),
        ({"method": b"HEAD"}, 405, Reason.METHOD),
        ({"method": b"DELETE"}, 405, Reason.METHOD),
        ({"host": b"x.ngrok.app"}, 503, Reason.HOST_NOT_ALLOWED),
        ({"host": b"127.0.0.1.nip.io"}, 503, Reason.HOST_NOT_ALLOWED),
        ({"length": b"10485761"}, 503, Reason.BODY_TOO_LARGE),
        ({"length": b"99999999999999999999"}, 503, Reason.BODY_TOO_LARGE),
    ],
)
async def test_refused_requests_get_their_answer_before_the_body_is_read(
    station: Run, compose: Compose, parts: dict[str, bytes], status: int, reason: Reason
) -> None:
    async with station() as running:
        data = compose(b"", **{"length": b"5000000", **parts})
        answered, headers = await running.ask(data)
        assert answered == status
        assert headers["connection"] == "close"
        assert ("retry-after" in headers) is (status == 503)
        assert ("allow" in headers) is (status == 405)
        assert running.listener.status.refused == {reason: 1}
        assert running.bodies() == []


@pytest.mark.parametrize("header", [b"Origin: null", b"Sec-Fetch-Site: cross-site"])
async def test_browsers_are_refused(station: Run, compose: Compose, header: bytes) -> None:
    async with station() as running:
        assert (await running.ask(compose(b"{}", header)))[0] == 403
        assert running.bodies() == []


async def test_the_answer_arrives_although_a_body_was_sent(station: Run, compose: Compose) -> None:
    async with station() as running:
        for size in (1000, 60_000):
            assert (await running.ask(compose(b"x" * size, target=b"/other")))[0] == 404


async def test_who_goes_on_sending_is_cut_off(station: Run, compose: Compose) -> None:
    async with station() as running:
        line = await running.connect()
        await line.send(compose(b"", target=b"/other", length=b"100000000"))
        assert await line.status() == 404

        async def flood() -> None:
            while True:
                await line.send(b"x" * 65_536)

        with pytest.raises(ConnectionError):
            await flood()
        await line.close()


async def test_a_body_in_chunks_that_grows_too_large_may_come_again(station: Run, compose: Compose) -> None:
    async with station(limits=replace(DEFAULT, body_bytes=1000)) as running:
        assert (await running.ask(compose(b"x" * 1000)))[0] == 200
        raw = b"3e8\r\n" + b"x" * 1000 + b"\r\n1\r\n"
        assert (await running.ask(chunked(compose, raw)))[0] == 503
        assert (await running.ask(chunked(compose, b"fffffff\r\n")))[0] == 503
        assert running.listener.status.refused == {Reason.BODY_TOO_LARGE: 2}
        assert len(running.bodies()) == 1


async def test_requests_in_a_row_are_answered_in_order(station: Run, compose: Compose) -> None:
    async with station() as running:
        line = await running.connect()
        await line.send(b"".join(compose(b"%d" % number) for number in range(20)))
        assert [await line.status() for _ in range(20)] == [200] * 20
        assert running.bodies() == [b"%d" % number for number in range(20)]
        await line.close()


async def test_what_follows_a_refused_request_is_not_looked_at(station: Run, compose: Compose) -> None:
    async with station() as running:
        line = await running.connect()
        await line.send(compose(b"1") + compose(b"2", target=b"/other") + compose(b"3"))
        assert [await line.status() for _ in range(3)] == [200, 404, 0]
        assert running.bodies() == [b"1"]
        await line.close()


async def test_nothing_is_smuggled_in_a_body(station: Run, compose: Compose) -> None:
    async with station() as running:
        inner = compose(b"inner")
        line = await running.connect()
        await line.send(compose(inner) + compose(b"next"))
        assert [await line.status() for _ in range(2)] == [200, 200]
        assert running.bodies() == [inner, b"next"]
        await line.close()


async def test_a_sender_that_asks_first_is_told_to_go_on(station: Run, compose: Compose) -> None:
    async with station() as running:
        line = await running.connect()
        await line.send(compose(b"", b"Expect: 100-continue", length=b"4"))
        assert await line.reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        await line.send(b"body")
        assert await line.status() == 200
        assert running.bodies() == [b"body"]
        await line.close()


async def test_a_sender_that_asks_first_is_refused_without_sending(station: Run, compose: Compose) -> None:
    async with station() as running:
        for parts in ({"target": b"/other"}, {"host": b"evil.example"}, {"length": b"99999999"}):
            data = compose(b"", b"Expect: 100-continue", **{"length": b"4", **parts})
            assert (await running.ask(data))[0] in {404, 503}


async def test_a_sender_that_asks_and_sends_all_the_same_is_not_told(station: Run, compose: Compose) -> None:
    async with station() as running:
        assert (await running.ask(compose(b"body", b"Expect: 100-continue")))[0] == 200


async def test_old_http_is_answered_and_closed(station: Run, compose: Compose) -> None:
    async with station() as running:
        line = await running.connect()
        await line.send(compose(b"1", version=b"1.0", host=b"localhost"))
        status, headers = await line.answer()
        assert (status, headers["connection"]) == (200, "close")
        assert await line.rest() == b""
        await line.close()


async def test_a_request_may_come_byte_by_byte(station: Run, compose: Compose) -> None:
    async with station() as running:
        line = await running.connect()
        for byte in chunked(compose, b"2\r\n{}\r\n0\r\nX: 1\r\n\r\n"):
            await line.send(bytes([byte]))
            await asyncio.sleep(0)
        assert await line.status() == 200
        assert running.bodies() == [b"{}"]
        await line.close()


async def test_a_cut_off_request_is_not_stored(station: Run, compose: Compose) -> None:
    async with station() as running:
        for data in (compose(b"{}")[:-1], compose(b"{}")[:30], chunked(compose, b"2\r\n{}\r\n")):
            line = await running.connect()
            await line.send(data)
            line.writer.write_eof()
            assert await line.rest() == b""
            await line.close()
        assert running.bodies() == []


async def test_slow_headers_end_the_connection_without_an_answer(station: Run) -> None:
    async with station(limits=QUICK) as running:
        line = await running.connect()
        await line.send(b"POST /the-path HTTP/1.1\r\n")
        assert await line.rest() == b""
        assert running.listener.status.refused == {Reason.TOO_SLOW: 1}
        await line.close()


async def test_silence_ends_the_connection(station: Run, compose: Compose) -> None:
    async with station(limits=QUICK) as running:
        line = await running.connect()
        assert await line.rest() == b""
        await line.close()
        line = await running.connect()
        await line.send(compose(b"{}"))
        assert await line.status() == 200
        assert await line.rest() == b""  # an idle connection is no refusal
        assert running.listener.status.refused == {Reason.TOO_SLOW: 1}
        await line.close()


@pytest.mark.parametrize("begun", [b"", b"x" * 10])
async def test_slow_bodies_may_come_again(station: Run, compose: Compose, begun: bytes) -> None:
    async with station(limits=QUICK) as running:
        line = await running.connect()
        await line.send(compose(begun, length=b"100"))
        status, headers = await line.answer()
        assert (status, "retry-after" in headers) == (503, True)
        assert running.listener.status.refused == {Reason.TOO_SLOW: 1}
        assert running.bodies() == []
        await line.close()


async def test_too_many_bytes_at_once_may_come_again(station: Run, compose: Compose) -> None:
    async with station(limits=replace(DEFAULT, bodies_bytes=1500)) as running:
        first = await running.connect()
        await first.send(compose(b"x" * 1000, length=b"1001"))
        await running.until(lambda: running.listener._budget.left == 500)
        assert (await running.ask(compose(b"x" * 501)))[0] == 503
        assert (await running.ask(compose(b"x" * 500)))[0] == 200
        await first.send(b"x")
        assert await first.status() == 200
        await first.close()
        assert (await running.ask(compose(b"x" * 1400)))[0] == 200  # what was taken is given back


class Nowhere:
    """A writer without a connection."""

    def __init__(self) -> None:
        self.transport = self

    def get_extra_info(self, _name: str) -> None:
        """Know nothing."""


async def read_ours(data: bytes) -> tuple[bytes, bytes] | None:
    """Read a request as the listener does: its body, and what is left; None where it is refused."""
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    wire = Wire(reader, Nowhere(), DEFAULT, Budget(1 << 20))  # type: ignore[arg-type]
    try:
        head = await wire.read_head()
        body, _ = await wire.read_body(head)
    except (Refused, Hangup):
        return None
    return body, bytes(wire._buffer) + await reader.read()


def read_theirs(data: bytes) -> tuple[bytes, bytes]:
    """Read it as h11 does; raises where h11 refuses."""
    connection = h11.Connection(h11.SERVER)
    connection.receive_data(data)
    body = b""
    while not isinstance(event := connection.next_event(), h11.EndOfMessage):
        assert isinstance(event, h11.Request | h11.Data)
        body += bytes(event.data) if isinstance(event, h11.Data) else b""
    return body, connection.trailing_data[0]


CHUNKS = [
    *(
        b"2\r\n",
        b"{}",
        b"\r\n",
        b"\n",
        b"\r",
        b"0\r\n\r\n",
        b"0\r\n",
        b"3\r\nabc\r\n",
        b"a\r\n0123456789\r\n",
    ),
    *(b";x=y", b"X: y\r\n", b" ", b"\t", b"00", b"+", b"0x", b"POST /the-path HTTP/1.1\r\n", b"\x00"),
]


@given(st.lists(st.sampled_from(CHUNKS) | st.binary(max_size=2)).map(b"".join))
@example(b"2\r\n{}\r\n0\r\nX: y\r\n\r\nPOST")
@example(b"3\r\nabc\r\n2;x=y\r\n{}\r\n0\r\n\r\n")
def test_chunks_that_are_taken_are_read_as_others_read_them(raw: bytes) -> None:
    data = b"POST /the-path HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + raw
    ours = asyncio.run(read_ours(data))
    assert ours is None or ours == read_theirs(data)


def test_proper_chunks_are_taken() -> None:
    head = b"POST /the-path HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert asyncio.run(read_ours(head + b"2\r\n{}\r\n0\r\n\r\nnext")) == (b"{}", b"next")
