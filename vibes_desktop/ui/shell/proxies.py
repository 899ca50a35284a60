"""The proxy the operating system wants for an address."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class SystemProxy:
    """A proxy to go through. `url` holds the password when the system gave one: never log or show it."""

    scheme: str  # "http" or "socks5"
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def label(self) -> str:
        """What may be shown."""
        return f"{self.scheme}://{_bracketed(self.host)}:{self.port}"

    @property
    def url(self) -> str:
        """What the client is given."""
        if not self.user:
            return self.label
        sign_in = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        return f"{self.scheme}://{sign_in}@{_bracketed(self.host)}:{self.port}"


def system_proxy(url: str) -> SystemProxy | None:
    """Ask the system which proxy an address needs; None for none.

    This may run a proxy script of the company's network, which can take seconds on Windows and macOS.
    """
    from PySide6.QtCore import QUrl
    from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

    schemes = {
        QNetworkProxy.ProxyType.HttpProxy: "http",
        QNetworkProxy.ProxyType.Socks5Proxy: "socks5",
    }
    for proxy in QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(QUrl(url))):
        if proxy.type() is QNetworkProxy.ProxyType.NoProxy:
            return None
        scheme = schemes.get(proxy.type())
        if scheme is not None:
            return SystemProxy(scheme, proxy.hostName(), proxy.port(), proxy.user(), proxy.password())
    return None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
