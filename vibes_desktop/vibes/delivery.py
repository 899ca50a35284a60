"""Sending a callback to an address that somebody typed: raw bytes, to the very address that was checked."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

from vibes_desktop.vibes.failures import Place, explain
from vibes_desktop.vibes.wire import FAILURES, Progress

KEPT_ANSWER_BYTES = 4096
IDLE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to send: `address` is a number, so that no name is looked up after it was checked.

    `host` goes into the Host header and the TLS handshake; `path` has its query, percent-encoded.
    """

    scheme: str
    host: str
    address: str
    port: int
    path: str = field(repr=False)

    @property
    def netloc(self) -> str:
        """Host and port as the Host header spells them."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == {"http": 80, "https": 443}[self.scheme] else f"{name}:{self.port}"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its status, and the beginning of its body as it came."""

    status: int
    beginning: bytes = field(default=b"", repr=False)


class DeliveryWire:
    """The connections to one destination: no proxy, no redirects, no cookies. For the loop's thread."""

    def __init__(self, destination: Destination, tls: ssl.SSLContext | None = None) -> None:
        from vibes_desktop.vibes.tls import tls_context

        self._destination = destination
        self._transport = httpx.AsyncHTTPTransport(
            verify=tls or tls_context(),
            http1=True,
            http2=False,
            trust_env=False,
            retries=0,
            limits=httpx.Limits(max_connections=None, keepalive_expiry=IDLE_SECONDS),
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def send(
        self, method: str, headers: Sequence[tuple[bytes, bytes]], body: bytes, seconds: float
    ) -> Reply:
        """Send once and read the answer within so many seconds. Raises Broken."""
        progress = Progress(through_proxy=False)
        message = self._message(method, headers, body, progress, seconds)
        try:
            async with asyncio.timeout(seconds):
                return await self._reply(message)
        except FAILURES as error:
            broken = explain(error, progress.stage, Place(self._destination.netloc))
            await progress.abandon()
        except BaseException:
            await progress.abandon()
            raise
        raise broken  # out here it drags no httpx exception along, which would carry the URL

    def _message(
        self,
        method: str,
        headers: Sequence[tuple[bytes, bytes]],
        body: bytes,
        progress: Progress,
        seconds: float,
    ) -> httpx.Request:
        to = self._destination
        return httpx.Request(
            method,
            httpx.URL(scheme=to.scheme, host=to.address, port=to.port, raw_path=to.path.encode()),
            headers=[(b"Host", to.netloc.encode()), *headers],
            content=body,
            extensions={
                "timeout": dict.fromkeys(("connect", "read", "write", "pool"), seconds),
                "trace": progress.trace,
                "sni_hostname": to.host,
            },
        )

    async def _reply(self, message: httpx.Request) -> Reply:
        response = await self._transport.handle_async_request(message)
        beginning = bytearray()
        try:
            async for piece in response.aiter_raw():
                beginning += piece
                if len(beginning) >= KEPT_ANSWER_BYTES:
                    break
        except FAILURES:  # the status alone tells what the receiver made of it
            pass
        finally:
            await response.aclose()
        return Reply(response.status_code, bytes(beginning[:KEPT_ANSWER_BYTES]))
