"""Who is let in: decided by the head of a request alone, before its body is read."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from vibes_desktop.listener.head import Head
from vibes_desktop.listener.refusals import Reason, Refused
from vibes_desktop.model.endpoint import Endpoint

METHODS = frozenset({"POST", "PUT"})
OF_A_BROWSER = (b"origin", b"sec-fetch-site", b"sec-fetch-mode", b"sec-fetch-dest")
MAX_HOST_CHARACTERS = 255  # whatever is longer is no name, and only shown
OF_THIS_COMPUTER = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Gate:
    """The rules of one endpoint."""

    endpoint: Endpoint

    def check(self, head: Head, own_address: str, now: datetime) -> None:
        """Raise Refused for a request that is not to be stored.

        `own_address` is where the connection arrived. A right path is never refused for good because of
        its host name: that may be a tunnel which nobody has allowed yet.
        """
        host, token = _place(head)
        is_right = _same(token, self.endpoint.token)
        if not is_right and not self._is_old(token, now):
            raise Refused(Reason.UNKNOWN_PATH)
        if any(name in head.values for name in OF_A_BROWSER):
            raise Refused(Reason.BROWSER)
        if head.method not in METHODS:
            raise Refused(Reason.METHOD)
        if not is_right:
            raise Refused(Reason.TOKEN_RENEWED, host)
        if host not in OF_THIS_COMPUTER and host != own_address and host not in self.endpoint.allowed_hosts:
            raise Refused(Reason.HOST_NOT_ALLOWED, host)

    def _is_old(self, token: str, now: datetime) -> bool:
        return any(_same(token, old.token) for old in self.endpoint.old_tokens if old.is_remembered(now))


def _place(head: Head) -> tuple[str, str]:
    """Name the host that a request means, without its port, and the first step of its path."""
    host = head.values.get(b"host", b"").decode("latin-1")
    path = head.target
    if not path.startswith("/"):
        try:
            parts = urlsplit(path)
        except ValueError:
            return "", ""
        if parts.scheme.lower() not in {"http", "https"}:
            return "", ""
        host, path = parts.netloc, parts.path
    return _without_port(host), path.split("?", 1)[0][1:].split("/", 1)[0]


def _without_port(host: str) -> str:
    name, colon, port = host.lower().rpartition(":")
    if not colon or (port and not port.isdigit()) or (":" in name and not name.startswith("[")):
        name = host.lower()
    return name.strip("[]").removesuffix(".")[:MAX_HOST_CHARACTERS]


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("latin-1", "replace"), other.encode())
