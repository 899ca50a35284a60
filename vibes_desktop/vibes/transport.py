"""All outgoing HTTP: one door to one origin, with its pace and its limits."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import ClientCertificate, checked_base_url, is_loopback, origin_of
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.answer import Answer
from vibes_desktop.vibes.failures import Place
from vibes_desktop.vibes.limits import DEFAULT, Limits
from vibes_desktop.vibes.pace import Pace
from vibes_desktop.vibes.request import Request

if TYPE_CHECKING:
    from vibes_desktop.vibes.wire import Progress


class Transport:
    """The connections to one platform, used on the background loop's thread alone.

    `pace` is shared by all transports of the program. A proxy is not used for this computer itself.
    Raises InvalidInput with field base_url, proxy_url, certificate_file, key_file or key_passphrase.
    """

    def __init__(
        self,
        *,
        base_url: str,
        proxy: str | None = None,
        certificate: ClientCertificate | None = None,
        key_passphrase: str | None = None,
        ca_file: str | None = None,
        pace: Pace | None = None,
        limits: Limits = DEFAULT,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        from vibes_desktop.vibes.tls import tls_context  # network libraries wait for the first paint
        from vibes_desktop.vibes.wire import Wire, checked_proxy

        self._base_url = checked_base_url(base_url)
        self.origin = origin_of(self._base_url)
        self.limits = limits
        self.pace = pace or Pace(limits.requests_per_second)
        self._wire = Wire(
            base_url=self._base_url,
            proxy=None if proxy is None or self._is_local else checked_proxy(proxy),
            tls=tls or tls_context(certificate, key_passphrase, ca_file),
            limits=limits,
        )

    @property
    def place(self) -> Place:
        """Where the connections go, in words."""
        return self._wire.place

    @property
    def _is_local(self) -> bool:
        return is_loopback(urlsplit(self._base_url).hostname or "")

    async def aclose(self) -> None:
        """Close all connections."""
        await self._wire.aclose()

    async def exchange(
        self,
        request: Request,
        account: Account | None,
        *,
        seconds: float | None = None,
        progress: Progress | None = None,
        on_sent: Callable[[], None] | None = None,
    ) -> Answer:
        """Send a request once, signed by `account` when there is one, and return any answer.

        `on_sent` is called when the first byte of the request is about to leave.

        Raises Broken, and InvalidInput for another origin than this transport's.
        """
        if origin_of(request.url) != self.origin or (account is not None and account.origin != self.origin):
            raise InvalidInput(
                "The password belongs to another address",
                "Sign in again with this profile's address.",
                field="base_url",
            )
        return await self._wire.exchange(
            request,
            None if account is None else account.authorization,
            self.limits.call_seconds if seconds is None else seconds,
            progress,
            on_sent,
        )
