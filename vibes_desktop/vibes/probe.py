"""The steps of "test connection", from the network up; each raises the error that explains its failure."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from vibes_desktop.model.errors import NOTHING_CHANGED, NotFound
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.answer import Answer
from vibes_desktop.vibes.caller import readable_json
from vibes_desktop.vibes.certificate import CertificateFacts, read_certificate
from vibes_desktop.vibes.failures import Broken, Stage, explain
from vibes_desktop.vibes.persons import spelled_number
from vibes_desktop.vibes.refusals import refusal
from vibes_desktop.vibes.request import Request, Route, make_request
from vibes_desktop.vibes.transport import Transport

if TYPE_CHECKING:
    from vibes_desktop.vibes.wire import Progress

FICTIONAL_NUMBER: Final = "+13125550100"  # the numbering plan keeps 555-0100 to 555-0199 for fiction
DEFAULT_PORTS: Final = {"https": 443, "http": 80}
REFUSES_FORMAT: Final = frozenset({400, 422})


@dataclass(frozen=True, slots=True)
class AddressStep:
    """Where the platform is; behind a proxy only the proxy knows its addresses."""

    host: str
    port: int
    addresses: tuple[str, ...]
    by_proxy: bool


@dataclass(frozen=True, slots=True)
class ProxyStep:
    """The proxy in use, `host:port`."""

    address: str


@dataclass(frozen=True, slots=True)
class TlsStep:
    """The handshake that succeeded."""

    protocol: str
    certificate: CertificateFacts


class Probe:
    """Looks at a connection step by step, in the order of the methods. Nothing is retried or written.

    The transport is its own: closing the probe closes it.
    """

    def __init__(self, account: Account, transport: Transport) -> None:
        self._account = account
        self._transport = transport
        self._first: tuple[Answer | Broken, Progress] | None = None
        self._lists: Answer | None = None

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def address(self) -> AddressStep:
        """Find the host and reach its port; behind a proxy, leave both to the proxy."""
        parts = urlsplit(self._account.base_url)
        host, port = parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]
        if self._transport.place.proxy is not None:
            return AddressStep(host, port, (), by_proxy=True)
        try:
            async with asyncio.timeout(self._transport.limits.connect_seconds):
                found = await asyncio.get_running_loop().getaddrinfo(host, port)
                _, writer = await asyncio.open_connection(host, port)
                writer.close()
                with contextlib.suppress(OSError):  # it was reached, whatever it does now
                    await writer.wait_closed()
        except (OSError, UnicodeError) as error:
            raise self._told(explain(error, Stage.CONNECT, self._transport.place)) from None
        return AddressStep(
            host, port, tuple(dict.fromkeys(str(entry[4][0]) for entry in found)), by_proxy=False
        )

    async def proxy(self) -> ProxyStep | None:
        """Come through the proxy; None when none is used. A 407 ends here."""
        if self._transport.place.proxy is None:
            return None
        outcome, _ = await self._first_exchange()
        if isinstance(outcome, Broken) and outcome.stage is Stage.PROXY:
            raise self._told(outcome)
        return ProxyStep(self._transport.place.proxy)

    async def tls(self) -> TlsStep | None:
        """Make the handshake and one request without credentials; None for http on this computer."""
        outcome, progress = await self._first_exchange()
        if isinstance(outcome, Broken):
            raise self._told(outcome)
        if progress.certificate is None:
            return None
        return TlsStep(progress.protocol or "TLS", read_certificate(progress.certificate))

    async def sign_in(self) -> None:
        """Ask for the subscription lists; raises Unauthorized, Forbidden or what else is in the way."""
        request = make_request(self._account, "GET", Route.LISTS)
        self._lists = await self._ask(request)
        if not self._lists.is_success and self._lists.status != 404:
            raise refusal(request, self._lists, self._account.api_version)

    async def company(self) -> None:
        """Judge the company key by that answer; raises NotFound, or BadAnswer when it is no list."""
        if self._lists is None:
            await self.sign_in()
        assert self._lists is not None  # noqa: S101 - sign_in sets it
        if self._lists.status == 404:
            raise NotFound(
                "The company key is not known here",
                NOTHING_CHANGED,
                "Check the company key, and whether the profile's region is the one your account is in.",
                status=404,
            )
        readable_json(self._lists)

    async def api_version(self) -> None:
        """Look up a fictional number in the version's spelling; raises BadRequest or Unprocessable."""
        number = spelled_number(FICTIONAL_NUMBER, self._account.api_version)
        request = make_request(self._account, "GET", Route.PERSONS_BY_MDN, query=[("mdn", number)])
        answer = await self._ask(request)
        if not answer.is_success and answer.status != 404:
            raise refusal(request, answer, self._account.api_version)

    async def _first_exchange(self) -> tuple[Answer | Broken, Progress]:
        """Reach the platform without credentials, once; any answer will do."""
        if self._first is None:
            from vibes_desktop.vibes.wire import Progress

            progress = Progress(self._transport.place.proxy is not None)
            outcome: Answer | Broken
            try:
                outcome = await self._exchange(make_request(self._account, "GET", Route.ROOT), None, progress)
            except Broken as broken:
                outcome = broken
            self._first = (outcome, progress)
        return self._first

    async def _ask(self, request: Request) -> Answer:
        try:
            return await self._exchange(request, self._account)
        except Broken as broken:
            raise self._told(broken) from None

    async def _exchange(
        self, request: Request, account: Account | None, progress: Progress | None = None
    ) -> Answer:
        async with self._transport.pace.turn(self._account.company) as turn:
            return await self._transport.exchange(request, account, progress=progress, on_sent=turn.sent)

    def _told(self, broken: Broken) -> Exception:
        return broken.as_error(is_write=False)
