"""Where callbacks may be delivered: never to link-local and metadata addresses, whatever their name."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address

import pytest

from vibes_desktop.listener.targets import ForbiddenTarget, checked_target, is_forbidden
from vibes_desktop.model.errors import InvalidInput

FORBIDDEN = [
    "169.254.169.254",
    "169.254.170.2",
    "169.254.0.1",
    "fe80::1",
    "100.100.100.200",
    "168.63.129.16",
    "fd00:ec2::254",
    "::ffff:169.254.169.254",
    "::ffff:100.100.100.200",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "0.0.0.0",  # noqa: S104
    "0.1.2.3",
    "::",
    "224.0.0.1",
    "ff02::1",
    "255.255.255.255",
    "240.0.0.1",
]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_these_are_never_delivered_to(address: str) -> None:
    assert is_forbidden(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "::1", "10.0.0.1", "192.168.1.1", "8.8.8.8", "fd12::1", "2606:4700::1", "1.1.1.1"],
)
def test_these_may_be(address: str) -> None:
    assert not is_forbidden(ip_address(address))


@pytest.mark.parametrize("address", [one for one in FORBIDDEN if one != "::ffff:169.254.169.254"])
async def test_they_are_refused_as_typed(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(ForbiddenTarget):
        await checked_target(f"http://{host}/x")


@pytest.mark.parametrize(
    "host", ["2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "[::ffff:a9fe:a9fe]"]
)
async def test_other_spellings_of_them_are_refused(host: str) -> None:
    with pytest.raises(ForbiddenTarget):
        await checked_target(f"http://{host}/latest/meta-data")


@pytest.mark.parametrize(
    ("found", "is_refused"),
    [
        (["169.254.169.254"], True),
        (["93.184.216.34", "169.254.169.254"], True),
        (["fe80::1%eth0"], True),
        (["93.184.216.34"], False),
    ],
)
async def test_names_are_judged_by_what_they_lead_to(
    monkeypatch: pytest.MonkeyPatch, found: list[str], is_refused: bool
) -> None:
    async def look_up(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in found]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", look_up)
    if is_refused:
        with pytest.raises(ForbiddenTarget):
            await checked_target("http://inner.example/")
    else:
        target = await checked_target("http://inner.example/")
        assert (target.destination.address, target.is_loopback) == (found[0], False)


async def test_this_computer_needs_no_confirmation() -> None:
    for host in ("127.0.0.1", "[::1]", "localhost", "127.1"):
        assert (await checked_target(f"http://{host}:80/")).is_loopback
    assert not (await checked_target("http://192.168.0.1/")).is_loopback


async def test_a_typed_address_is_read() -> None:
    target = await checked_target("  https://127.0.0.1:8443/a b/%20?x=ä&y=1#part ")
    assert target.destination.scheme == "https"
    assert target.destination.port == 8443
    assert target.destination.path == "/a%20b/%20?x=%C3%A4&y=1"
    assert (await checked_target("http://127.0.0.1")).destination.path == "/"
    assert (await checked_target("https://127.0.0.1")).destination.port == 443


@pytest.mark.parametrize(
    "text",
    [
        "",
        "127.0.0.1",
        "ftp://127.0.0.1/",
        "http://",
        "http://user:word@127.0.0.1/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:99999/",
        "http://[::1/",
        "http://no-such-host.invalid/",
        "http://a..b/",
        "http://" + "ä" * 300 + "/",
    ],
)
async def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await checked_target(text)
    assert refused.value.field == "address"
    assert not isinstance(refused.value, ForbiddenTarget)
