"""Sending a callback: exact bytes, to the checked address, without following anything."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.vibes.delivery import KEPT_ANSWER_BYTES, DeliveryWire, Destination, Reply
from vibes_desktop.vibes.failures import Broken, Stage
from vibes_desktop.vibes.tls import tls_context

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab

Speak = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
BODY = bytes(range(256))


async def converse(speak: Speak, path: str = "/p?x=%20", seconds: float = 5) -> Reply:
    """Deliver to a server that does what it is told."""
    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    wire = DeliveryWire(Destination("http", "callbacks.example", "127.0.0.1", port, path))
    try:
        return await wire.send("PUT", [(b"X-Odd", b"\xff"), (b"x-odd", b"2")], BODY, seconds)
    finally:
        await wire.aclose()
        server.close()


def answering(answer: bytes, heard: list[bytes]) -> Speak:
    """Hear one request with its body of 256 bytes, and answer."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        heard.append(await reader.readexactly(len(BODY)))
        writer.write(answer)
        await writer.drain()
        writer.close()

    return speak


async def test_method_path_headers_and_bytes_arrive_as_given() -> None:
    heard: list[bytes] = []
    reply = await converse(answering(b"HTTP/1.1 201 X\r\nContent-Length: 2\r\n\r\nok", heard))
    assert reply == Reply(201, b"ok")
    head, body = heard
    first, host, *others = head.split(b"\r\n")
    assert first == b"PUT /p?x=%20 HTTP/1.1"
    assert host.startswith(b"Host: callbacks.example:")
    assert others == [b"X-Odd: \xff", b"x-odd: 2", b"Content-Length: 256", b"", b""]
    assert body == BODY


async def test_a_redirect_is_an_answer() -> None:
    heard: list[bytes] = []
    moved = b"HTTP/1.1 302 X\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"
    assert (await converse(answering(moved, heard))).status == 302
    assert len(heard) == 2


async def test_only_the_beginning_of_a_long_answer_is_kept() -> None:
    long = b"HTTP/1.1 200 X\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1_000_000
    reply = await converse(answering(long, []))
    assert reply.beginning == b"x" * KEPT_ANSWER_BYTES


async def test_an_answer_that_breaks_off_keeps_its_status() -> None:
    reply = await converse(answering(b"HTTP/1.1 500 X\r\nContent-Length: 9\r\n\r\nab", []))
    assert reply.status == 500


async def test_silence_is_told() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    with pytest.raises(Broken) as broken:
        await converse(silent, seconds=0.05)
    assert broken.value.stage is Stage.SENT
    assert "did not answer in time" in broken.value.title


async def test_a_closed_port_is_told() -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    wire = DeliveryWire(Destination("http", "h.example", "127.0.0.1", port, "/"))
    with pytest.raises(Broken) as broken:
        await wire.send("POST", [], b"", 5)
    await wire.aclose()
    assert f"h.example:{port} refuses the connection" in broken.value.title


async def test_the_certificate_must_be_of_the_named_host_not_of_the_address(lab: Lab) -> None:
    trusting = lab.authority.trusting(tls_context())
    async with lab.server(lab.reply(200), tls=lab.authority.server_context()) as server:
        named = DeliveryWire(Destination("https", "platform.test", "127.0.0.1", server.port, "/"), trusting)
        assert (await named.send("POST", [], b"x", 5)).status == 200
        assert server.requests[0].headers["host"] == f"platform.test:{server.port}"
        other = DeliveryWire(Destination("https", "other.test", "127.0.0.1", server.port, "/"), trusting)
        with pytest.raises(Broken) as broken:
            await other.send("POST", [], b"x", 5)
        assert "not trusted" in broken.value.title
        assert len(server.requests) == 1
        await named.aclose()
        await other.aclose()


@pytest.mark.parametrize(
    ("scheme", "host", "port", "netloc"),
    [
        ("http", "a.example", 80, "a.example"),
        ("https", "a.example", 443, "a.example"),
        ("https", "a.example", 80, "a.example:80"),
        ("http", "::1", 8080, "[::1]:8080"),
    ],
)
def test_the_host_header(scheme: str, host: str, port: int, netloc: str) -> None:
    assert Destination(scheme, host, "127.0.0.1", port, "/").netloc == netloc


def test_the_path_is_kept_out_of_the_repr() -> None:
    assert "secret" not in repr(Destination("http", "a", "127.0.0.1", 80, "/secret"))
