"""One exchange on the wire: the only file that knows httpx.

httpx's transports are used without its client: no cookies, no redirects, no environment variables and no
URL in a log, only the headers of the request that was shown.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.vibes.answer import Answer, BodyBuffer, BodyTooLarge, BodyTrouble, BodyUnreadable
from vibes_desktop.vibes.certificate import UNNAMED, read_certificate
from vibes_desktop.vibes.failures import Place, Stage, explain
from vibes_desktop.vibes.limits import Limits
from vibes_desktop.vibes.request import Request

if TYPE_CHECKING:
    from httpcore import AsyncNetworkStream

# UnicodeError: a host name that IDNA has no spelling for.
FAILURES = (httpx.TransportError, ssl.SSLError, OSError, TimeoutError, UnicodeError)


@dataclass(slots=True)
class Progress:
    """How far one exchange came, told by httpcore's trace events."""

    through_proxy: bool
    stage: Stage = Stage.CONNECT
    certificate: bytes | None = None
    protocol: str | None = None
    on_sent: Callable[[], None] | None = None
    schemes: tuple[str, ...] = ()  # the sign-ins a proxy offers that wants one
    _socket: AsyncNetworkStream | None = None

    async def trace(self, event: str, info: dict[str, Any]) -> None:
        """Follow one exchange; the events' names are `connection.connect_tcp.started` and so on."""
        match event:
            case "connection.connect_tcp.started":
                self.stage = Stage.PROXY if self.through_proxy else Stage.CONNECT
            case "connection.connect_tcp.complete":
                self._socket = info["return_value"]
            case "connection.start_tls.started" if not self.through_proxy:
                self.stage = Stage.TLS
            case "proxy.start_tls.started":
                self.stage = Stage.TLS
            case "connection.start_tls.complete" | "proxy.start_tls.complete":
                self._note_certificate(info["return_value"])
            case "http11.receive_response_headers.complete" if self.stage is Stage.PROXY:
                self.schemes = _schemes(info["return_value"][3])
            case "http11.send_request_headers.started":
                self._note_request(is_for_proxy=info["request"].method == b"CONNECT")

    async def abandon(self) -> None:
        """Close a socket whose exchange never came to its request.

        httpcore leaves it open when a TLS handshake is cancelled, until the garbage collector comes by.
        """
        if self._socket is not None and self.stage is not Stage.SENT:
            await self._socket.aclose()

    def _note_request(self, *, is_for_proxy: bool) -> None:
        self.stage = Stage.PROXY if is_for_proxy else Stage.SENT
        if self.on_sent is not None and not is_for_proxy:
            self.on_sent()

    def _note_certificate(self, stream: AsyncNetworkStream) -> None:
        secured = stream.get_extra_info("ssl_object")
        if secured is not None:
            self.certificate = secured.getpeercert(binary_form=True)
            self.protocol = secured.version()


class Seen(Exception):
    """The certificate was read, and nothing may be sent."""


class Onlooker:
    """Reads the certificate of one handshake, and ends the exchange before its request leaves."""

    def __init__(self, *, through_proxy: bool) -> None:
        self.certificate: bytes | None = None
        self._event = f"{'proxy' if through_proxy else 'connection'}.start_tls.complete"

    async def trace(self, event: str, info: dict[str, Any]) -> None:
        """Follow the exchange as far as its handshake."""
        if event == self._event:
            stream = info["return_value"]
            secured = stream.get_extra_info("ssl_object")
            self.certificate = secured.getpeercert(binary_form=True) if secured is not None else None
            await stream.aclose()  # httpcore leaves it open
            raise Seen


class Wire:
    """The connections to one place. Reads share kept connections; every write gets a new one.

    A server may close a kept connection at the very moment a request leaves on it; whether it was processed
    cannot be told. A read is simply repeated. For a write the doubt would cost a look-up, so a new
    connection is worth its handshake.
    """

    def __init__(self, *, base_url: str, proxy: str | None, tls: ssl.SSLContext, limits: Limits) -> None:
        self.place = Place(urlsplit(base_url).netloc, None if proxy is None else _proxy_words(proxy))
        self._limits = limits
        self._proxy = None if proxy is None else _proxy(proxy, tls)
        self._reads = self._transport(tls, limits.idle_seconds, None)
        self._writes = self._transport(tls, 0.0, 0)

    def _transport(
        self, tls: ssl.SSLContext, idle_seconds: float, idle_connections: int | None
    ) -> httpx.AsyncHTTPTransport:
        return httpx.AsyncHTTPTransport(
            verify=tls,
            http1=True,
            http2=False,
            trust_env=False,
            retries=0,
            proxy=self._proxy,  # which is trusted by its own context
            # No limit on connections: httpcore loses a place for each tunnel whose handshake fails.
            limits=httpx.Limits(
                max_connections=None,
                max_keepalive_connections=idle_connections,
                keepalive_expiry=idle_seconds,
            ),
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._reads.aclose()
        await self._writes.aclose()

    async def exchange(
        self,
        request: Request,
        authorization: str | None,
        seconds: float,
        progress: Progress | None = None,
        on_sent: Callable[[], None] | None = None,
    ) -> Answer:
        """Send a request and read its answer within so many seconds. Raises Broken, or InvalidInput."""
        progress = progress or Progress(self.place.proxy is not None)
        progress.on_sent = on_sent
        message = self._message(request, authorization, progress)
        try:
            async with asyncio.timeout(seconds):
                return await self._answer(request, message)
        except FAILURES as error:
            broken = explain(error, progress.stage, self.place, progress.schemes)
            await progress.abandon()
            if broken.is_untrusted:
                broken = broken.issued_by(await self._issuer(message, seconds))
        except BaseException:
            await progress.abandon()
            raise
        raise broken  # out here it drags no httpx exception along, which would carry the URL

    async def _issuer(self, message: httpx.Request, seconds: float) -> str:
        """Shake hands once more, trusting nobody and sending nothing, to read who issued the certificate."""
        onlooker = Onlooker(through_proxy=self._proxy is not None)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        transport = self._transport(context, 0.0, 0)
        look = httpx.Request("GET", message.url, extensions={**message.extensions, "trace": onlooker.trace})
        try:
            async with asyncio.timeout(seconds):
                await transport.handle_async_request(look)
        except (Seen, *FAILURES):
            pass
        finally:
            await transport.aclose()
        return UNNAMED if onlooker.certificate is None else read_certificate(onlooker.certificate).issuer

    def _message(self, request: Request, authorization: str | None, progress: Progress) -> httpx.Request:
        try:
            url = httpx.URL(request.url)
        except (httpx.InvalidURL, UnicodeError):
            raise InvalidInput(
                "This address can't be used", "Check its host name.", field="base_url"
            ) from None
        if url.raw_path != request.path.encode():
            # What was shown is what is sent, to the byte.
            raise InvalidInput("This address can't be used", "Check its path.", field="base_url")
        headers = list(request.headers)
        if authorization is not None:
            headers.append(("Authorization", authorization))
        return httpx.Request(
            request.method,
            url,
            headers=headers,
            content=None if request.body is None else request.body.encode(),
            extensions={"timeout": self._timeouts(), "trace": progress.trace},
        )

    def _timeouts(self) -> dict[str, float]:
        limits = self._limits
        return {
            "connect": limits.connect_seconds,
            "read": limits.read_seconds,
            "write": limits.read_seconds,
            "pool": limits.connect_seconds,
        }

    async def _answer(self, request: Request, message: httpx.Request) -> Answer:
        pool = self._writes if request.is_write else self._reads
        response = await pool.handle_async_request(message)
        headers = {name.lower(): value for name, value in reversed(response.headers.multi_items())}
        try:
            body = await self._body(response, headers.get("content-encoding", ""))
        except BodyTooLarge:
            return Answer(response.status_code, headers, trouble=BodyTrouble.TOO_LARGE)
        except BodyUnreadable:
            return Answer(response.status_code, headers, trouble=BodyTrouble.UNREADABLE)
        except FAILURES:
            if response.is_success:
                raise
            # The status alone says that it was refused; the words are lost.
            return Answer(response.status_code, headers, trouble=BodyTrouble.CUT_OFF)
        finally:
            await response.aclose()
        return Answer(response.status_code, headers, body)

    async def _body(self, response: httpx.Response, encoding: str) -> bytes:
        buffer = BodyBuffer(encoding, self._limits.answer_bytes)
        async for piece in response.aiter_raw():
            buffer.feed(piece)
        return buffer.finish()


def checked_proxy(text: str) -> str:
    """Return a proxy's address; raises InvalidInput unless it is http or https with a host."""
    try:
        parts = urlsplit(text.strip())
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_usable = False
    if not is_usable:
        raise InvalidInput(
            "This proxy can't be used",
            "A proxy's address looks like http://host:port. SOCKS proxies are not supported.",
            field="proxy_url",
        )
    return text.strip()


def _proxy(url: str, tls: ssl.SSLContext) -> httpx.Proxy:
    try:
        return httpx.Proxy(url, ssl_context=tls if url.lower().startswith("https") else None)
    except (httpx.InvalidURL, UnicodeError):
        raise InvalidInput("This proxy can't be used", "Check its host name.", field="proxy_url") from None


def _proxy_words(url: str) -> str:
    """Name a proxy without its user and password."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _schemes(headers: list[tuple[bytes, bytes]]) -> tuple[str, ...]:
    """Name the sign-ins of `Proxy-Authenticate`, one to a header: `Basic realm="x"` is Basic."""
    offered = [value.split() for name, value in headers if name.lower() == b"proxy-authenticate"]
    return tuple(dict.fromkeys(words[0].decode("ascii", "replace").rstrip(",") for words in offered if words))
