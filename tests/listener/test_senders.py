"""Who sent it, as far as addresses tell."""

import pytest

from vibes_desktop.listener.senders import PUBLISHED_EU, PUBLISHED_US, Origin, origin_of, sender_of
from vibes_desktop.model.capture import Delivery


def came(peer: str, head: bytes = b"") -> Delivery:
    """Make a delivery."""
    return Delivery(1, peer, 1, "POST", "/", head, b"")


def test_there_are_six_published_addresses_of_each_region() -> None:
    assert len(PUBLISHED_US) == len(PUBLISHED_EU) == 6


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("35.155.139.143", Origin.PLATFORM_US),
        ("54.217.181.160", Origin.PLATFORM_EU),
        ("::ffff:18.232.9.131", Origin.PLATFORM_US),
        ("127.0.0.1", Origin.LOOPBACK),
        ("127.8.8.8", Origin.LOOPBACK),
        ("::1", Origin.LOOPBACK),
        ("::ffff:127.0.0.1", Origin.LOOPBACK),
        ("192.168.0.1", Origin.PRIVATE),
        ("fe80::1", Origin.PRIVATE),
        ("35.155.139.144", Origin.UNKNOWN),
        ("8.8.8.8", Origin.UNKNOWN),
        ("", Origin.UNKNOWN),
        ("nobody", Origin.UNKNOWN),
    ],
)
def test_addresses_are_known_or_not(address: str, origin: Origin) -> None:
    assert origin_of(address) is origin


@pytest.mark.parametrize(
    ("head", "hearsay"),
    [
        (b"X-Forwarded-For: 35.155.139.143, 10.0.0.1\r\n", ("35.155.139.143", "10.0.0.1")),
        (b"X-Forwarded-For: 1.2.3.4\r\nx-forwarded-for: 5.6.7.8\r\n", ("1.2.3.4", "5.6.7.8")),
        (b"X-Forwarded-For: nonsense, 1.2.3.4:80\r\n", ("1.2.3.4",)),
        (b'Forwarded: for="[2001:db8::1]:80";proto=https, for=1.2.3.4\r\n', ("2001:db8::1", "1.2.3.4")),
        (b"Forwarded: proto=https\r\nX-Real-IP: 1.2.3.4\r\n", ("1.2.3.4",)),
        (b"Forwarded: for=unknown\r\n", ()),
        (b"", ()),
    ],
)
def test_forwarding_headers_are_read_as_hearsay(head: bytes, hearsay: tuple[str, ...]) -> None:
    assert sender_of(came("127.0.0.1", head)).forwarded_for == hearsay


def test_words_tell_what_is_known_and_what_is_said() -> None:
    assert sender_of(came("127.0.0.1")).words == "this computer"
    said = sender_of(came("127.0.0.1", b"X-Forwarded-For: 52.32.61.199\r\n")).words
    assert said == "this computer; said to be for 52.32.61.199, published address of the platform, US"


def test_a_claim_never_becomes_the_origin() -> None:
    sender = sender_of(came("8.8.8.8", b"X-Forwarded-For: 52.32.61.199\r\n"))
    assert (sender.origin, sender.claimed) == (Origin.UNKNOWN, Origin.PLATFORM_US)
