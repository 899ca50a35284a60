"""Where callbacks may be delivered again: looked up once, judged by address, and connected to as judged."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.vibes.delivery import Destination

DEFAULT_PORTS = {"http": 80, "https": 443}
SAFE_IN_PATHS = "/%:@!$&'()*+,;=~?-._"
# Those of cloud providers that are not link-local anyway: they hand out credentials to whoever asks.
METADATA = frozenset(
    map(ip_address, ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"))
)
CARRIERS_OF_IPV4 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))

Address = IPv4Address | IPv6Address


class ForbiddenTarget(InvalidInput):
    """An address that nothing is ever delivered to."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing is delivered to this address",
            "It is a link-local, metadata or reserved address: requests there can harm this computer "
            "or its network.",
            field="address",
        )


@dataclass(frozen=True, slots=True)
class Target:
    """An address that was looked up and may be delivered to; `is_loopback`: this computer, without asking."""

    destination: Destination
    is_loopback: bool


async def checked_target(text: str) -> Target:
    """Read a typed address and look its host up; raises InvalidInput with field address."""
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:  # UnicodeError is one
        raise _bad("This is not an address.") from None
    if parts.scheme not in DEFAULT_PORTS or not host or port == 0:
        raise _bad("An address starts with http:// or https:// and a host name.")
    if parts.username is not None or parts.password is not None:
        raise _bad("User name and password can't be sent along.")
    port = port or DEFAULT_PORTS[parts.scheme]
    addresses = await _looked_up(host, port)
    if any(map(is_forbidden, addresses)):
        raise ForbiddenTarget
    path = quote(parts.path or "/", safe=SAFE_IN_PATHS)
    if parts.query:
        path += f"?{quote(parts.query, safe=SAFE_IN_PATHS)}"
    first = addresses[0]
    return Target(
        Destination(parts.scheme, host, str(first), port, path),
        all(_plain(one).is_loopback for one in addresses),
    )


def is_forbidden(address: Address) -> bool:
    """Tell whether nothing is ever delivered to an address."""
    plain = _plain(address)
    return (
        plain in METADATA
        or plain.is_link_local
        or plain.is_multicast
        or plain.is_unspecified
        or (plain.is_reserved and not plain.is_loopback)
        or (isinstance(plain, IPv4Address) and plain.packed[0] == 0)
    )


async def _looked_up(host: str, port: int) -> list[Address]:
    """Ask the system for a host's addresses; raises InvalidInput."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    except (OSError, UnicodeError, ValueError):
        addresses = []
    if not addresses:
        raise _bad(f"{host} was not found. Check its spelling, and whether this computer is online.")
    return addresses


def _plain(address: Address) -> Address:
    """Take the IPv4 address out of an IPv6 one that only carries it."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if any(address in network for network in CARRIERS_OF_IPV4):
        return IPv4Address(address.packed[-4:])
    return address


def _bad(advice: str) -> InvalidInput:
    return InvalidInput("This address can't be used", advice, field="address")
