"""Who sent a callback, as far as addresses can tell: nothing is signed, so no sender is proven."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv6Address, ip_address

from vibes_desktop.model.capture import Delivery

# Published for receivers' firewalls; a snapshot (docs/platform.md, callbacks).
PUBLISHED_US = frozenset(
    {"35.155.139.143", "52.32.61.199", "35.161.244.84", "18.205.120.48", "52.22.43.57", "18.232.9.131"}
)
PUBLISHED_EU = frozenset(
    {"34.243.232.57", "52.48.241.82", "34.249.188.130", "54.247.36.51", "34.253.250.65", "54.217.181.160"}
)
NOT_PROVEN = "Sender not proven"
FORWARDING_HEADERS = ("forwarded", "x-forwarded-for", "x-real-ip")


class Origin(Enum):
    """What an address is known as."""

    PLATFORM_US = "published address of the platform, US"
    PLATFORM_EU = "published address of the platform, EU"
    LOOPBACK = "this computer"
    PRIVATE = "the local network"
    UNKNOWN = "unknown address"


@dataclass(frozen=True, slots=True)
class Sender:
    """Where a delivery came from.

    `peer` is the connection's other end, which a tunnel replaces by its own. `forwarded_for` is hearsay:
    whoever sends can write any address there; the first is said to be the sender's.
    """

    peer: str
    origin: Origin
    forwarded_for: tuple[str, ...] = ()
    claimed: Origin | None = None

    @property
    def words(self) -> str:
        """Say it in a few words."""
        if not self.forwarded_for:
            return self.origin.value
        claim = self.claimed or Origin.UNKNOWN
        return f"{self.origin.value}; said to be for {self.forwarded_for[0]}, {claim.value}"


def sender_of(delivery: Delivery) -> Sender:
    """Tell where a delivery came from."""
    hearsay = _forwarded(delivery)
    claimed = origin_of(hearsay[0]) if hearsay else None
    return Sender(delivery.peer, origin_of(delivery.peer), hearsay, claimed)


def origin_of(address: str) -> Origin:
    """Look an address up."""
    found = _address(address)
    if found is None:
        return Origin.UNKNOWN
    text = str(found)
    if text in PUBLISHED_US:
        return Origin.PLATFORM_US
    if text in PUBLISHED_EU:
        return Origin.PLATFORM_EU
    if found.is_loopback:
        return Origin.LOOPBACK
    return Origin.PRIVATE if found.is_private or found.is_link_local else Origin.UNKNOWN


def _forwarded(delivery: Delivery) -> tuple[str, ...]:
    """Read the addresses of the first forwarding header that has any; what is no address is left out."""
    headers = [(name.lower(), value) for name, value in delivery.headers]
    for wanted in FORWARDING_HEADERS:
        values = ",".join(value for name, value in headers if name == wanted)
        texts = _for_parts(values) if wanted == "forwarded" else values.split(",")
        found = [str(address) for text in texts if (address := _address(text)) is not None]
        if found:
            return tuple(found)
    return ()


def _for_parts(value: str) -> list[str]:
    """Read the `for=` of RFC 7239."""
    pairs = [pair.strip().partition("=") for pair in value.replace(",", ";").split(";")]
    return [content.strip('"') for name, _, content in pairs if name.lower() == "for"]


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address, with or without a port and brackets; an IPv4 one that IPv6 carries becomes IPv4."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
