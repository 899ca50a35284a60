"""Taking a port, for this program alone."""

from __future__ import annotations

import errno
import socket
import sys
from contextlib import suppress
from ipaddress import ip_address

from vibes_desktop.model.endpoint import LOOPBACK, Endpoint
from vibes_desktop.model.errors import VibesDesktopError

LOOPBACK_6 = "::1"
BACKLOG = 1024  # connections that may wait to be accepted
TRIES_FOR_ANY_PORT = 20
NO_SUCH_ADDRESS = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT})


class CannotListen(VibesDesktopError):
    """There is no port to listen on; `reason` is the operating system's."""

    def __init__(self, endpoint: Endpoint, reason: str) -> None:
        ports = f"port {endpoint.first_port}"
        if endpoint.last_port != endpoint.first_port:
            ports = f"any port from {endpoint.first_port} to {endpoint.last_port}"
        self.reason = reason
        super().__init__(
            f"Can't listen on {ports} of {endpoint.host}: {reason}",
            "Nothing is received.",
            "Choose another port, or end the program that uses this one.",
        )


def take_port(endpoint: Endpoint) -> list[socket.socket]:
    """Bind and listen on the first free port; raises CannotListen. On this computer, `::1` comes along."""
    reason = ""
    for port in _candidates(endpoint):
        try:
            return _take(endpoint.host, port)
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            if error.errno in NO_SUCH_ADDRESS:
                break
    raise CannotListen(endpoint, reason)


def url_of(host: str, port: int, token: str) -> str:
    """Spell an address."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/{token}"


def _candidates(endpoint: Endpoint) -> list[int]:
    if endpoint.first_port == 0:
        return [0] * TRIES_FOR_ANY_PORT
    return list(range(endpoint.first_port, endpoint.last_port + 1))


def _take(host: str, port: int) -> list[socket.socket]:
    """Listen on one port, on both families' loopback addresses where there are both; raises OSError."""
    first = _bound(host, port)
    if host != LOOPBACK:
        return [first]
    try:
        return [first, _bound(LOOPBACK_6, first.getsockname()[1])]
    except OSError as error:
        if error.errno in NO_SUCH_ADDRESS:
            return [first]  # a computer without IPv6
        first.close()
        raise


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ip_address(host).version == 6 else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":  # SO_REUSEADDR would let another program share the port there
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            taken.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        taken.setblocking(False)
        taken.bind((host, port))
        taken.listen(BACKLOG)
    except BaseException:
        with suppress(OSError):
            taken.close()
        raise
    return taken
